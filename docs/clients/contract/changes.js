// What changed in the API since the newest release, and whether its clients can
// go on as they are. A breaking change fails, unless docs/releases/breaks.txt
// says that it is meant and why.
//
//	node contract/changes.js [SCHEMA [RELEASES]]
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ChangeType, CriticalityLevel, DiffRule, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const present = process.argv[2] ?? join(root, "schema.graphqls");
const releases = process.argv[3] ?? join(root, "docs/releases");

const advice = `Clients that work today would not any more. Do one of these:
  add       leave what is there as it is and add the new beside it, optional where it is an input
  deprecate mark the old one @deprecated(reason: "…") and release that; it can go in the release after
  note it   when nobody can depend on it: add a line with its path and the reason to docs/releases/breaks.txt`;

function newest() {
  const parts = (name) => name.match(/\d+/g).map(Number);
  const found = readdirSync(releases).filter((name) => /^\d+\.\d+\.graphqls$/.test(name));
  found.sort((a, b) => parts(a)[0] - parts(b)[0] || parts(a)[1] - parts(b)[1]);
  if (found.length === 0) throw new Error("docs/releases holds no schema named as in 0.1.graphqls");
  return join(releases, found.at(-1));
}

// noted are the breaking changes that are meant: a path and a reason a line.
function noted() {
  const lines = readFileSync(join(releases, "breaks.txt"), "utf8").split("\n");
  const entries = lines.filter((line) => line.trim() && !line.startsWith("#"));
  return new Map(entries.map((line) => {
    const [path, ...reason] = line.trim().split(/\s+/);
    if (reason.length < 3) throw new Error(`docs/releases/breaks.txt: say why ${path} may break`);
    return [path, reason.join(" ")];
  }));
}

// breaks: graphql-inspector cannot know that this directive turns away those who
// send no key. Nobody sends a field yet that the release does not have.
const breaks = (change) =>
  change.criticality.level === CriticalityLevel.Breaking ||
  (change.type === ChangeType.DirectiveUsageFieldDefinitionAdded &&
    change.meta.addedDirectiveName === "requiresIdempotency" && released(change.path));

const released = (path) => {
  const [type, field] = path.split(".");
  return field in (before.getType(type)?.getFields() ?? {});
};

const schemaIn = (file) => buildSchema(readFileSync(file, "utf8"));
const release = newest();
const before = schemaIn(release);
const changes = await diff(before, schemaIn(present), [DiffRule.suppressRemovalOfDeprecatedField]);
const meant = noted();
const used = new Set();
const counts = { breaking: 0, dangerous: 0, harmless: 0 };

for (const change of changes) {
  const path = change.path ?? change.type;
  const line = `${path}: ${change.message}`;
  if (breaks(change)) {
    if (meant.has(path)) {
      used.add(path);
      console.log(`noted     ${line} (${meant.get(path)})`);
      continue;
    }
    counts.breaking++;
    console.log(`BREAKING  ${line}`);
  } else if (change.criticality.level === CriticalityLevel.Dangerous) {
    counts.dangerous++;
    console.log(`warning   ${line}`);
  } else {
    counts.harmless++;
  }
}

const stale = [...meant.keys()].filter((path) => !used.has(path));
for (const path of stale) console.log(`docs/releases/breaks.txt: ${path} does not break since ${basename(release)}; remove its line`);
console.log(`Since ${basename(release)}: ${counts.breaking} breaking, ${counts.dangerous} to watch, ${counts.harmless} harmless.`);
if (counts.breaking > 0) console.log(advice);
process.exitCode = counts.breaking > 0 || stale.length > 0 ? 1 : 0;
