// The audits of GraphQL over HTTP, of which every one must pass: those that say
// MAY and SHOULD too. Prints what is not as it should be.
import { serverAudits } from "graphql-http";

const every = 61;
const url = `${process.env.RUNG_URL ?? "http://127.0.0.1:8080"}/graphql`;

const audits = serverAudits({ url });
let passed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status === "ok") {
    passed++;
    continue;
  }
  console.log(`${result.status} ${result.id} ${result.name}\n  ${result.reason}`);
  console.log(`  answered ${result.response.status} ${result.response.headers.get("content-type")}`);
}
console.log(`${passed} of ${audits.length} audits passed`);
if (audits.length !== every) {
  console.log(`graphql-http has ${audits.length} audits now, not ${every}: read what changed, then write the new number here.`);
}
process.exitCode = passed === every && audits.length === every ? 0 : 1;
