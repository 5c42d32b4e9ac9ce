const { Environment, Network, RecordSource, Store } = require("relay-runtime");

const url = `${process.env.RUNG_URL ?? "http://127.0.0.1:8080"}/graphql`;
const headers = { "content-type": "application/json" };
if (process.env.RUNG_TOKEN) headers.authorization = `Bearer ${process.env.RUNG_TOKEN}`;

const sent = [];

async function send(method, address, body) {
  sent.push(method);
  const response = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  return response.json();
}

// Queries go out as GET with their hash alone; a server that does not have one
// is sent the whole once. Mutations are always sent whole.
async function ask({ id, text, operationKind }, variables) {
  if (operationKind === "mutation") return send("POST", url, { query: text, variables });
  const named = new URLSearchParams({ documentId: `sha256:${id}`, variables: JSON.stringify(variables) });
  const answer = await send("GET", `${url}?${named}`);
  if (answer.errors?.[0].extensions.code !== "PERSISTED_QUERY_NOT_FOUND") return answer;
  const persistedQuery = { version: 1, sha256Hash: id };
  return send("POST", url, { query: text, variables, extensions: { persistedQuery } });
}

const environment = new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });

module.exports = { environment, sent };
