// A headless Chromium that stays at home: what a page must not do is recorded.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

export async function launch() {
  const executablePath = process.env.CHROMIUM || programs.find((path) => existsSync(path));
  if (!executablePath) throw new Error("There is no Chromium. Install it (on Debian: apt-get install chromium), or name it in CHROMIUM.");
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
}

// visit opens a path in a browser of its own and records in `wrong` every error
// on the console, every breach of the policy and every request elsewhere.
export async function visit(browser, base, path, wrong, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], reducedMotion: "reduce", ...options });
  await context.route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (url.origin === base || url.protocol === "data:" || url.protocol === "blob:") return route.fallback();
    wrong.push(`${path} asks ${url.origin}`);
    return route.abort();
  });
  await context.exposeBinding("breach", (_, what) => wrong.push(`${path} breaks its policy: ${what}`));
  await context.addInitScript(() => document.addEventListener("securitypolicyviolation", (e) => window.breach(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`)));
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(`${path} logs: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`${path} throws: ${error.message}`));
  await page.goto(base + path, { waitUntil: "networkidle" });
  return page;
}

// accessible records what axe finds, once everything stands still: halfway from
// one colour to another neither has its contrast.
export async function accessible(page, where, wrong) {
  await until(page, () => document.getAnimations().every((one) => one.playState !== "running"));
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), rules);
  if (passes.length < 20) wrong.push(`${where}: axe looked at too little (${passes.length} rules passed)`);
  for (const { id, help, nodes } of violations) {
    wrong.push(`${where}: ${help} (${id})` + nodes.slice(0, 5).map((node) => `\n      ${node.target.join(" ")}  ${node.html.slice(0, 120)}`).join(""));
  }
}

// narrow records a page that is wider than the window.
export async function narrow(page, where, wrong) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) wrong.push(`${where} is ${wide} px wider than the window`);
}

// kept is all that the browser would keep of a page.
export const kept = (page) =>
  page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.cookie + location.href);

// until waits for something to be so. Playwright's own way needs eval, which
// the pages' policy forbids.
export async function until(page, isSo, argument) {
  for (const end = Date.now() + 15_000; Date.now() < end; await page.waitForTimeout(25)) {
    if (await page.evaluate(isSo, argument)) return;
  }
  throw new Error(`this never became so: ${isSo}`);
}
