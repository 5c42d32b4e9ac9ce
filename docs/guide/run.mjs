// Runs a page of the guide as it is written, top to bottom, in one shell:
//
//	node run.mjs PAGE FOLDER
//
// A block marked sh is run. A block marked json or text right after one is what
// it printed; `…` stands for what varies within a line, and for any lines when it
// stands alone. A block after `<!-- save: NAME -->` is written to a file of the
// folder that the shell is in. Other blocks are only to be read.
//
// The pages say http://127.0.0.1:8080; RUNG_URL says where Rung answers here.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const [page, folder] = process.argv.slice(2).map((path) => resolve(path));
const here = process.env.RUNG_URL ?? "http://127.0.0.1:8080";

// blocks takes a page apart.
function blocks(text) {
  const fenced = /(?:<!-- save: (\S+) -->\n)?^```(\w+)\n([\s\S]*?)^```$/gm;
  return [...text.matchAll(fenced)].map((m) => ({
    line: text.slice(0, m.index).split("\n").length,
    save: m[1],
    kind: m[2],
    text: m[3],
    gap: /^\n*(?=```(?:json|text)\n)/.test(text.slice(m.index + m[0].length)),
  }));
}

// quoted writes text as a word of the shell.
const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

// script is the page as a shell script: what block n prints goes to file n.
function script(all, out) {
  const lines = ["set -euo pipefail"];
  all.forEach((block, n) => {
    const text = block.text.replaceAll("http://127.0.0.1:8080", here);
    if (block.save) lines.push(`printf %s ${quoted(text)} > ${quoted(block.save)}`);
    else if (block.kind === "sh") lines.push(`echo ${n} > ${quoted(join(out, "at"))}`, `{ :\n${text}} > ${quoted(join(out, String(n)))}`);
  });
  return lines.join("\n");
}

// pattern is what a shown answer allows.
function pattern(shown) {
  const escaped = (line) => line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  const lines = shown.trimEnd().split("\n").map((line) => (line.trim() === "…" ? "(?:.*\\n)*?" : `${escaped(line)}\n`));
  return new RegExp(`^${lines.join("")}$`);
}

const all = blocks(readFileSync(page, "utf8"));
const out = join(folder, "printed");
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "script.sh"), script(all, out));
const run = spawnSync("bash", [join(out, "script.sh")], { cwd: folder, encoding: "utf8", maxBuffer: 64 << 20 });
const read = (name) => { try { return readFileSync(join(out, String(name)), "utf8"); } catch { return ""; } };

let wrong = 0;
const complain = (block, says) => {
  wrong++;
  console.log(`${basename(page)}:${block.line}: ${says}`);
};
const last = Number(read("at"));
if (run.status !== 0) complain(all[last], `the block failed:\n${all[last].text}${read(last)}${run.stderr}`);

let ran = 0;
let compared = 0;
all.forEach((block, n) => {
  const shown = all[n + 1];
  if (block.kind !== "sh" || block.save || (run.status !== 0 && n >= last)) return;
  ran++;
  if (!block.gap) return;
  compared++;
  const printed = `${read(n).trimEnd()}\n`;
  if (!pattern(shown.text).test(printed)) complain(shown, `the page shows\n${shown.text}but it printed\n${printed}`);
});
if (ran === 0 || compared === 0) complain({ line: 1 }, "nothing on this page is run and compared");
console.log(`${basename(page)}: ran ${ran} blocks, compared ${compared} answers`);
process.exitCode = wrong > 0 ? 1 : 0;
