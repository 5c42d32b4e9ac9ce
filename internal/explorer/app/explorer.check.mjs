// GraphiQL on our page.
import { accessible, kept, narrow, until, visit } from "./browser.mjs";

const answer = (page) => page.evaluate(() => document.querySelector(".graphiql-response .CodeMirror")?.CodeMirror.getValue() ?? "");

// run runs the document and waits for the answer to it.
async function run(page, press = () => page.click(".graphiql-execute-button")) {
  const came = page.waitForResponse((response) => response.url().endsWith("/graphql") && !response.request().postData().includes("IntrospectionQuery"));
  await press();
  const id = JSON.parse(await (await came).text()).extensions?.requestId;
  await until(page, (wanted) => document.querySelector(".graphiql-response .CodeMirror")?.CodeMirror.getValue().includes(wanted), id);
  return JSON.parse(await answer(page));
}

async function open({ browser, base, wrong }, options, path = "/explorer") {
  const page = await visit(browser, base, path, wrong, options);
  await page.waitForSelector(".graphiql-query-editor .CodeMirror-code");
  return page;
}

export async function looks(all) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(all, { colorScheme });
    const seen = (what) => accessible(page, `/explorer in ${colorScheme}, ${what}`, all.wrong);
    await seen("before");
    const first = await run(page);
    if (!first.data || first.errors) all.wrong.push(`the first document answers ${JSON.stringify(first).slice(0, 200)}`);
    await page.click('button[aria-label="Show Documentation Explorer"]');
    await page.getByText("Ability", { exact: true }).click();
    await page.getByLabel("Example").selectOption("talent_dashboard"); // longer than the window
    await run(page);
    await page.click('.graphiql-editor-tools button:has-text("Headers")');
    await seen("with the documentation");
    await page.click('button[aria-label="Show History"]');
    await seen("with the history");
    for (const dialog of ["Open settings dialog", "Open short keys dialog"]) {
      await page.click(`button[aria-label="${dialog}"]`);
      await page.waitForSelector('[role="dialog"]');
      await seen(dialog);
      await page.keyboard.press("Escape");
      await page.waitForSelector('[role="dialog"]', { state: "detached" });
    }
    await page.click('button[aria-label="New tab"]');
    await seen("with two tabs");
    await page.context().close();
  }
}

export async function examples(all) {
  const page = await open(all);
  const operations = await page.evaluate(() => JSON.parse(document.getElementById("page").textContent).operations);
  for (const operation of operations) {
    await page.getByLabel("Example").selectOption(operation.name);
    const as = await page.getByLabel("Ask as").inputValue();
    if (as !== operation.as) all.wrong.push(`in the explorer ${operation.name} is asked as ${as}`);
    const { data, errors } = await run(page);
    if (!data || errors) all.wrong.push(`in the explorer ${operation.name} answers ${JSON.stringify(errors).slice(0, 300)}`);
  }
  await page.context().close();
}

// Without a mouse: choose an example, somebody to ask as, run, and leave the
// editor again.
export async function keyboard(all) {
  const page = await open(all);
  const { keyboard } = page;
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") || document.activeElement.closest("label")?.firstChild.textContent.trim());
  const reach = async (wanted) => {
    for (let i = 0; i < 60; i++) {
      if ((await focused())?.startsWith(wanted)) return;
      await keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement.getBoundingClientRect().right < -500)) all.wrong.push("the tab key goes where nobody sees it");
    }
    throw new Error(`the tab key does not reach ${wanted}`);
  };
  await reach("Example");
  await keyboard.type("Who you");
  await reach("Ask as");
  await keyboard.type("Grace");
  await reach("Document");
  const { data } = await run(page, () => keyboard.press("Control+Enter"));
  if (data.viewer.person.email !== "grace@nau.example") all.wrong.push("by keyboard, Grace is not who asks");
  await keyboard.press("Tab");
  if ((await focused()) === "Document") all.wrong.push("the tab key does not leave the editor");
  await reach("Answer");
  await page.context().close();
}

export async function links(all) {
  const page = await open(all, {}, "/explorer#operation=who_you_are&as=bea");
  const { data } = await run(page);
  if (data.viewer.person.email !== "bea@basalt.example") all.wrong.push("the first page's link does not carry over");
  await page.context().close();
}

export async function tokens(all) {
  const page = await open(all);
  const { roles } = await (await page.request.get(all.base + "/roles.json")).json();
  await page.getByLabel("Example").selectOption("who_you_are");
  await run(page);
  await page.getByLabel("Ask as").selectOption("own");
  await page.getByLabel("Your token").fill(roles.find((role) => role.subject === "olga").token);
  const { data } = await run(page);
  if (data.viewer.person.email !== "olga@rung.example") all.wrong.push("in the explorer a pasted token is not sent");
  if ((await kept(page)).includes("eyJ")) all.wrong.push("the explorer keeps a token");
  await page.context().close();
}

export async function small(all) {
  const page = await open(all, { viewport: { width: 320, height: 700 } });
  await narrow(page, "/explorer", all.wrong);
  await run(page);
  const { width } = await page.locator(".graphiql-response").boundingBox();
  if (width < 200) all.wrong.push(`in a narrow window the answer is ${width} px wide`);
  await page.click('button[aria-label="Show Documentation Explorer"]');
  await narrow(page, "/explorer with the documentation", all.wrong);
  await accessible(page, "/explorer in a narrow window", all.wrong);
  await page.context().close();
}

export async function screenshot(all) {
  const page = await open(all, { viewport: { width: 1280, height: 720 } }, "/explorer#operation=talent_dashboard&as=ada");
  await run(page);
  await page.click('button[aria-label="Show Documentation Explorer"]');
  await page.getByRole("link", { name: "Query", exact: true }).click();
  await page.waitForTimeout(300); // the documentation slides in
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${all.folder}/explorer.png` });
  await page.context().close();
}
