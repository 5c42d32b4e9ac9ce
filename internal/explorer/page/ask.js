// What both pages share: who asks, and how a request is sent.

export const page = JSON.parse(document.getElementById("page").textContent);

export const endpoint = new URL(page.endpoint, location.href).href;

// Anyone sends no token. Own sends the one that was pasted.
export const anyone = { subject: "anonymous", name: "Anyone", about: "no token", token: "" };
export const own = { subject: "own", name: "Own token", about: "pasted", token: "" };

// people are those one can ask as. Their tokens stay in this page's memory.
export async function people() {
  if (!page.hasRoles) return [anyone, own];
  const answer = await fetch("/roles.json", { cache: "no-store" });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  const { roles } = await answer.json();
  return [anyone, ...roles, own];
}

// headers of a request. A mutation gets a key of its own, so that the server
// can tell a request sent twice from two requests.
function headers(token, document) {
  const all = {
    "Content-Type": "application/json",
    Accept: "application/graphql-response+json, application/json;q=0.9",
  };
  if (token) all.Authorization = "Bearer " + token;
  if (/(^|[\s}])mutation\b/.test(document.replace(/#.*/g, ""))) all["Idempotency-Key"] = key();
  return all;
}

// send sends a document and says how it went. What the caller sets of the
// headers goes before ours.
export async function send(token, body, more = {}) {
  const began = performance.now();
  const answer = await fetch(endpoint, { method: "POST", headers: { ...headers(token, body.query), ...more }, body: JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, took: performance.now() - began, text };
}

function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

// curl is a command that sends the same request.
export function curl(token, body) {
  const quote = (text) => "'" + text.replaceAll("'", "'\\''") + "'";
  const lines = Object.entries(headers(token, body.query)).map(([name, value]) => "-H " + quote(name + ": " + value));
  return ["curl -s " + endpoint, ...lines, "-d " + quote(JSON.stringify(body))].join(" \\\n  ");
}
