// Looks at both pages of a running `rung serve --demo` in a headless Chromium:
//   node check.mjs http://127.0.0.1:8080 [--screenshots FOLDER]
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";
import * as explorer from "./explorer.check.mjs";
import * as welcome from "./welcome.check.mjs";

const { values, positionals } = parseArgs({ options: { screenshots: { type: "string" } }, allowPositionals: true });
if (positionals.length !== 1) {
  console.error("Say where Rung answers: node check.mjs http://127.0.0.1:8080 [--screenshots FOLDER]");
  process.exit(2);
}
const base = new URL(positionals[0]).origin;
const mostBytes = 200 * 1024;

const browser = await launch();
let failed = 0;

async function check(name, look) {
  const wrong = [];
  try {
    await look({ browser, base, wrong, folder: values.screenshots });
  } catch (error) {
    wrong.push(error.message);
  }
  console.log(`${wrong.length === 0 ? "ok  " : "FAIL"}  ${name}`);
  for (const one of wrong) console.log(`      ${one}`);
  failed += wrong.length;
}

for (const [page, looks] of Object.entries({ welcome, explorer })) {
  for (const [name, look] of Object.entries(looks)) {
    if (name === "screenshot" && !values.screenshots) continue;
    await check(`${page}: ${name}`, look);
  }
  const file = `${values.screenshots}/${page}.png`;
  if (values.screenshots && statSync(file).size > mostBytes) {
    console.log(`FAIL  ${file} has more than 200 KB`);
    failed++;
  }
}
await browser.close();
if (failed > 0) {
  console.error(`${failed} things are wrong.`);
  process.exit(1);
}
