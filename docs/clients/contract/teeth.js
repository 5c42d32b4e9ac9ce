// Shows that changes.js bites: each copy of the schema has one thing changed, and
// only a change that clients can live with may pass.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, print, visit } from "graphql";

const changes = fileURLToPath(new URL("changes.js", import.meta.url));
const document = parse(readFileSync(new URL("../../../schema.graphqls", import.meta.url), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "rung-teeth-"));

// without is the schema without one field or value, as text.
function without(type, member) {
  let removed = 0;
  const remove = (node, key, parent, path, ancestors) => {
    if (ancestors.at(-1)?.name?.value !== type || node.name.value !== member) return undefined;
    removed++;
    return null;
  };
  const left = visit(document, { FieldDefinition: remove, EnumValueDefinition: remove });
  if (removed !== 1) throw new Error(`the schema has no ${type}.${member}`);
  return print(left);
}

// and adds a line to one definition of a schema.
function and(text, type, line) {
  const added = text.replace(new RegExp(`^((?:type|enum|input) ${type}\\b[^}]*)}`, "m"), (_, head) => `${head}  ${line}\n}`);
  if (added === text) throw new Error(`the schema has no ${type}`);
  return added;
}

// releases is a folder with schemas of releases, and what may break since.
function releases(name, files, breaks = "") {
  mkdirSync(join(folder, name));
  for (const [base, text] of Object.entries({ ...files, "breaks.txt": breaks })) writeFileSync(join(folder, name, base), text);
  return join(folder, name);
}

function cases() {
  const whole = print(document);
  const untitled = without("Listing", "title");
  const keyed = whole.replace(/(?<=\): ApplyToMicroProjectPayload )/, "@requiresIdempotency ");
  const added = and(whole, "Mutation", "beNew(name: String): String @requiresIdempotency");
  const old = releases("old", { "0.1.graphqls": whole });
  const deprecated = and(untitled, "Listing", 'title: String! @deprecated(reason: "Read heading.")');
  return [
    ["it refuses a field removed", untitled, old, 1, "BREAKING  Listing.title:"],
    ["it refuses a field that may be null now", and(untitled, "Listing", "title: String"), old, 1, "BREAKING  Listing.title:"],
    ["it refuses a value removed", without("ListingStatus", "CLOSED"), old, 1, "BREAKING  ListingStatus.CLOSED:"],
    ["it refuses an input field that is required", and(whole, "WithdrawApplicationInput", "reason: String!"), old, 1, "BREAKING  WithdrawApplicationInput.reason:"],
    ["it refuses a key that is required", keyed, old, 1, "BREAKING  Mutation.applyToMicroProject"],
    ["it compares with the newest", untitled, releases("newer", { "0.9.graphqls": untitled, "0.10.graphqls": whole }), 1, "Since 0.10.graphqls"],
    ["it refuses a note that fits nothing", whole, releases("stale", { "0.1.graphqls": whole }, "Listing.title nobody could read it\n"), 1, "remove its line"],
    ["it takes a break that is noted", untitled, releases("noted", { "0.1.graphqls": whole }, "Listing.title nobody could read it\n"), 0, "noted     Listing.title:"],
    ["it takes the end of what was deprecated", untitled, releases("deprecated", { "0.1.graphqls": deprecated }), 0, "warning   Listing.title:"],
    ["it warns of a value added", and(whole, "ListingStatus", "PAUSED"), old, 0, "warning   ListingStatus.PAUSED:"],
    ["it takes a new field that requires a key", added, old, 0, "0 breaking"],
    ["it takes a field added", and(whole, "Listing", "subtitle: String"), old, 0, "0 breaking"],
  ];
}

let right = 0;
let all = 0;
try {
  for (const [name, text, since, status, says] of cases()) {
    all++;
    const copy = join(folder, "schema.graphqls");
    writeFileSync(copy, text);
    const run = spawnSync(process.execPath, [changes, copy, since], { encoding: "utf8" });
    if (run.status === status && run.stdout.includes(says)) right++;
    else console.log(`${name}: answered ${run.status}, not ${status} with "${says}":\n${run.stdout}${run.stderr}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${right} of ${all} changes judged as they should be`);
process.exitCode = right === all ? 0 : 1;
