// All that a server needs to talk to Rung: fetch, and a word for each way in
// which an answer can say no.
import type { TypedDocumentString } from "./generated/graphql.js";

type Refusal = {
  message: string;
  extensions: { code: string; retryable: boolean; retryAfterMs?: number; requestId: string };
};
type Answer<Data> = { data?: Data | null; errors?: Refusal[] };

// RungError is a request that was not carried out. What a mutation refuses for
// its own reasons is in its userErrors instead.
export class RungError extends Error {
  constructor(readonly first: Refusal) {
    super(`${first.extensions.code}: ${first.message} (request ${first.extensions.requestId})`);
  }
}

const url = `${process.env["RUNG_URL"] ?? "http://127.0.0.1:8080"}/graphql`;
const tries = 4;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// rung sends an operation on behalf of a person, and again when the server says
// that it may work then. So every mutation needs its `@idempotent` key.
export async function rung<Data, Variables>(
  token: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  for (let attempt = 1; ; attempt++) {
    const { data, errors } = await send<Data>(token, { query: document.toString(), variables });
    const first = errors?.[0];
    if (!first && data) return data;
    if (!first) throw new Error("Rung answered neither data nor errors");
    if (!first.extensions.retryable || attempt === tries) throw new RungError(first);
    await pause((first.extensions.retryAfterMs ?? 250) * attempt);
  }
}

async function send<Data>(token: string, body: unknown): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(75_000),
  });
  return (await response.json()) as Answer<Data>;
}
