// What a career office's portal does on its server: it reads its students'
// applications page by page, and decides on what waits for it.
import { graphql } from "./generated/gql.js";
import type { ApplicationsQuery } from "./generated/graphql.js";
import { RungError, rung } from "./rung.js";

const Applications = graphql(`
  query Applications($first: Int!, $after: String) {
    applications(first: $first, after: $after) {
      nodes { id status submittedAt talent { displayName } microProject { title } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const Queue = graphql(`
  query Queue {
    microProjectApprovalQueue(first: 10) {
      nodes { id revision ruleId microProject { title impliedHourlyPay { amount currency } } viewerCan { approve { allowed } } }
    }
  }
`);

const Approve = graphql(`
  mutation Approve($request: ID!, $revision: Int!, $key: String!) {
    approveMicroProject(input: { postingRequestId: $request, expectedRevision: $revision }) @idempotent(key: $key) {
      postingRequest { status revision }
      userErrors { code message path ... on StaleRevision { currentRevision } }
    }
  }
`);

const Me = graphql(`query Me { viewer { kind } }`);

type Application = NonNullable<ApplicationsQuery["applications"]>["nodes"][number];

// applications gives all of them, a page at a time.
async function* applications(token: string): AsyncGenerator<Application[]> {
  for (let after: string | null = null; ; ) {
    const { applications: page }: ApplicationsQuery = await rung(token, Applications, { first: 3, after });
    if (!page) return;
    yield page.nodes;
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor ?? null;
  }
}

// approve says yes at the revision that was looked at, and reads again when
// somebody was faster.
async function approve(token: string, request: string, revision: number): Promise<string> {
  const key = `approve ${request} at ${revision}`;
  const { approveMicroProject } = await rung(token, Approve, { request, revision, key });
  if (approveMicroProject?.postingRequest) return approveMicroProject.postingRequest.status;
  return (approveMicroProject?.userErrors ?? [])
    .map((e) => ("currentRevision" in e ? `${e.code}, now at ${e.currentRevision}` : `${e.code} ${e.message}`))
    .join("; ");
}

async function main(token: string): Promise<void> {
  let number = 0;
  for await (const page of applications(token)) {
    console.log(`page ${++number}`);
    for (const a of page) console.log(`  ${a.talent?.displayName}: ${a.microProject?.title ?? "a project the office does not see"}, ${a.status}`);
  }
  const { microProjectApprovalQueue } = await rung(token, Queue, {});
  for (const request of microProjectApprovalQueue?.nodes ?? []) {
    console.log(`to decide: ${request.microProject?.title}, for the rule ${request.ruleId}`);
    console.log(`  at an old revision: ${await approve(token, request.id, request.revision - 1)}`);
    console.log(`  as it is now: ${await approve(token, request.id, request.revision)}`);
    console.log(`  the same again: ${await approve(token, request.id, request.revision)}`);
  }
  try {
    await rung("not-a-token", Me, {});
  } catch (error) {
    if (!(error instanceof RungError)) throw error;
    console.log(`without a valid token: ${error.first.extensions.code}`);
  }
}

await main(process.env["RUNG_TOKEN"] ?? "");
