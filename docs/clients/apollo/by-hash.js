// Sends each query of the manifest as GET with nothing but its hash. What the
// server does not have yet for this person it gets once by POST, whole.
import { readFileSync } from "node:fs";

const url = `${process.env.RUNG_URL ?? "http://127.0.0.1:8080"}/graphql`;
const authorization = `Bearer ${process.env.RUNG_TOKEN}`;
const manifest = JSON.parse(readFileSync(new URL("manifest.json", import.meta.url), "utf8"));
const variables = { Institutions: { search: "northern", first: 1 }, Me: {} };

async function byHash({ id, name }) {
  const query = new URLSearchParams({ documentId: `sha256:${id}`, variables: JSON.stringify(variables[name]) });
  const response = await fetch(`${url}?${query}`, { headers: { authorization } });
  const { data, errors } = await response.json();
  return errors ? errors[0].extensions.code : Object.keys(data).join();
}

async function whole({ id, name, body }) {
  await fetch(url, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({
      query: body,
      variables: variables[name],
      extensions: { persistedQuery: { version: 1, sha256Hash: id } },
    }),
  });
}

for (const operation of manifest.operations.filter(({ type }) => type === "query")) {
  console.log(`${operation.name}: ${await byHash(operation)}`);
  await whole(operation);
  console.log(`${operation.name}: ${await byHash(operation)}`);
}
