// The first page, as somebody meets it.
import { accessible, kept, narrow, until, visit } from "./browser.mjs";

// answered waits for the answer to what was just run.
async function answered(page) {
  await until(page, () => document.querySelector("#facts span") && !document.getElementById("run").disabled);
  return { facts: await page.innerText("#facts"), answer: await page.textContent("#answer") };
}

const run = async (page) => {
  await page.click("#run");
  return answered(page);
};

export async function looks({ browser, base, wrong }) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await visit(browser, base, "/", wrong, { colorScheme });
    await accessible(page, `/ in ${colorScheme}, before`, wrong);
    const { facts } = await run(page);
    if (!/^200\s.* ms\s.*cost \d+ of \d+ estimated/s.test(facts)) wrong.push(`the first query answers ${facts}`);
    await page.click("summary");
    await page.check('#roles [value="own"]');
    await accessible(page, `/ in ${colorScheme}, after`, wrong);
    await page.context().close();
  }
}

// Each example is asked as the one it is for, and answers without errors.
export async function examples({ browser, base, wrong }) {
  const page = await visit(browser, base, "/", wrong);
  const operations = await page.evaluate(() => JSON.parse(document.getElementById("page").textContent).operations);
  if (operations.length < 9) wrong.push(`there are ${operations.length} examples only`);
  for (const operation of operations) {
    await page.click(`#examples [data-name="${operation.name}"]`);
    const as = await page.inputValue("#roles input:checked");
    const sent = page.waitForRequest((request) => request.url().endsWith("/graphql"));
    const { facts, answer } = await run(page);
    const { data, errors } = JSON.parse(answer);
    const headers = await (await sent).allHeaders();
    if (as !== operation.as) wrong.push(`${operation.name} is asked as ${as}, not as ${operation.as}`);
    if (!!headers.authorization !== (as !== "anonymous")) wrong.push(`${operation.name} as ${as} is sent with the wrong token`);
    if (!data || errors || !facts.startsWith("200")) wrong.push(`${operation.name} answers ${facts}: ${answer.slice(0, 300)}`);
  }
  await page.context().close();
}

// Without a mouse: choose an example, somebody to ask as, and run.
export async function keyboard({ browser, base, wrong }) {
  const page = await visit(browser, base, "/", wrong);
  const { keyboard } = page;
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.name || document.activeElement.value);
  const reach = async (wanted) => {
    for (let i = 0; i < 60; i++) {
      if ((await focused()) === wanted) return;
      await keyboard.press("Tab");
    }
    throw new Error(`the tab key does not reach ${wanted}`);
  };
  await keyboard.press("Tab"); // the link that skips
  await keyboard.press("Enter");
  await reach("who_you_are");
  await keyboard.press("Enter");
  await reach("ada");
  await keyboard.press("ArrowRight");
  if ((await page.inputValue("#roles input:checked")) !== "bea") wrong.push("the arrow keys do not choose whom to ask as");
  await reach("document");
  await keyboard.press("Control+Enter");
  if (!(await answered(page)).answer.includes("bea@basalt.example")) wrong.push("by keyboard, Bea is not who asks");
  await reach("run");
  await keyboard.press("Enter");
  if (!(await answered(page)).facts.startsWith("200")) wrong.push("by keyboard, the button does not run");
  await reach("answer");
  await page.context().close();
}

// What goes wrong is said, where it belongs.
export async function mistakes({ browser, base, wrong }) {
  const page = await visit(browser, base, "/", wrong);
  const says = async (what, text) => {
    if (!(await page.innerText("main")).includes(text)) wrong.push(`${what}: the page does not say “${text}”`);
  };
  await page.click("summary");
  await page.fill("#variables", "{first: 3}");
  await page.click("#run");
  await says("variables that are no JSON", "This is no JSON");
  if ((await page.evaluate(() => document.activeElement.id)) !== "variables") wrong.push("the field that is wrong is not focused");
  await accessible(page, "/ with a mistake", wrong);
  await page.fill("#variables", "[3]");
  await page.click("#run");
  await says("variables that are a list", "Write one JSON object");
  await page.fill("#variables", '{"n": 1}');
  await page.fill("#document", "query ($n: Int) { listings(first: $n) { nodes { id } } }");
  const { answer } = await run(page);
  if (JSON.parse(answer).data.listings.nodes.length !== 1) wrong.push("the variables are not sent");
  const known = wrong.length;
  await page.fill("#document", "{ shoeSize }");
  await run(page);
  await says("an unknown field", "1 error");
  await page.route("**/graphql", (route) => route.abort());
  await run(page);
  await says("a server that is gone", "Is it still running?");
  // The browser itself logs both as failed requests.
  wrong.splice(known, wrong.length, ...wrong.slice(known).filter((one) => !one.includes("Failed to load resource")));
  await page.context().close();
}

// A token of one's own is sent, and kept nowhere. One that ended is renewed.
export async function tokens({ browser, base, wrong }) {
  const page = await visit(browser, base, "/", wrong);
  const { roles } = await (await page.request.get(base + "/roles.json")).json();
  const { token } = roles.find((role) => role.subject === "olga");
  await page.click('#examples [data-name="who_you_are"]');
  await page.check('#roles [value="own"]');
  await page.fill("#token", token);
  if (!(await run(page)).answer.includes("olga@rung.example")) wrong.push("a pasted token is not sent");
  await page.click("#copy-curl");
  const command = await page.evaluate(() => navigator.clipboard.readText());
  if (!command.startsWith("curl -s " + base) || !command.includes(token)) wrong.push(`the command for curl is ${command}`);
  if ((await kept(page)).includes("eyJ")) wrong.push("the first page keeps a token");
  await page.check('#roles [value="grace"]');
  const known = wrong.length;
  await page.route("**/graphql", (route) => route.fulfill({ status: 401, json: { errors: [{ message: "ended" }] } }), { times: 1 });
  if (!(await run(page)).answer.includes("grace@nau.example")) wrong.push("a token that ended is not renewed");
  wrong.splice(known, wrong.length, ...wrong.slice(known).filter((one) => !one.includes("401")));
  await page.context().close();
}

// A mutation carries a key of its own each time; a query carries none.
export async function mutations({ browser, base, wrong }) {
  const page = await visit(browser, base, "/", wrong);
  const keys = [];
  await page.route("**/graphql", (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    return route.fulfill({ json: { data: null } });
  });
  for (const document of ["# mutation\n{ viewer { kind } }", "mutation { a }", "fragment F on A { a }mutation M { a }"]) {
    await page.fill("#document", document);
    await run(page);
  }
  if (keys[0] || !/^[0-9a-f]{32}$/.test(keys[1]) || !keys[2] || keys[1] === keys[2]) wrong.push(`the keys of a query and two mutations are ${keys}`);
  await page.context().close();
}

export async function small({ browser, base, wrong }) {
  const page = await visit(browser, base, "/", wrong, { viewport: { width: 320, height: 700 } });
  await narrow(page, "/", wrong);
  await page.click('#examples [data-name="talent_dashboard"]');
  await run(page);
  await page.check('#roles [value="own"]');
  await page.click("summary");
  await narrow(page, "/ with an answer", wrong);
  await page.context().close();
}

export async function screenshot({ browser, base, wrong, folder }) {
  const page = await visit(browser, base, "/", wrong);
  await run(page);
  await page.evaluate(() => { document.getElementById("endpoint").textContent = "http://127.0.0.1:8080/graphql"; }); // as after make run
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${folder}/welcome.png` });
  await page.context().close();
}
