import { anyone, curl, endpoint, own, page, people, send } from "./ask.js";

const at = (id) => document.getElementById(id);
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

let known = [anyone, own];
let as = anyone;
let picked = null;

// Who asks.

// first is what somebody is called for short.
const first = (role) => (role.email ? role.name.split(" ")[0] : role.name);

function showRoles() {
  const legend = at("roles").querySelector("legend");
  at("roles").replaceChildren(legend, ...known.map((role) => {
    const radio = make("input", { type: "radio", name: "role", value: role.subject, checked: role.subject === as.subject });
    radio.addEventListener("change", () => askAs(role));
    const face = make("span", {}, make("b", { textContent: first(role) }), " ", make("small", { textContent: role.about }));
    return make("label", role.email ? { title: `${role.name}, ${role.email}` } : {}, radio, face);
  }));
  at("own-token").hidden = as !== own;
}

function askAs(role) {
  as = role;
  for (const radio of at("roles").querySelectorAll("input")) radio.checked = radio.value === role.subject;
  at("own-token").hidden = role !== own;
  link();
}

const token = () => (as === own ? at("token").value.trim() : as.token);

async function meet() {
  try {
    known = await people();
    as = known.find((role) => role.subject === as.subject) ?? anyone;
    at("roles-problem").hidden = true;
  } catch (problem) {
    at("roles-problem").textContent = "The demo world’s people are not offered here. " + problem.message;
    at("roles-problem").hidden = false;
  }
  showRoles();
}

// What is asked.

function showExamples() {
  at("examples").replaceChildren(...page.operations.map((operation) => {
    const who = known.find((role) => role.subject === operation.as);
    const button = make("button", { type: "button", title: operation.about }, make("span", { textContent: operation.title }), " ",
      make("small", { textContent: who === anyone ? "no token" : who ? "as " + first(who) : "with a token" }));
    button.dataset.name = operation.name;
    button.addEventListener("click", () => pick(operation));
    if (operation === picked) button.setAttribute("aria-current", "true");
    return make("li", {}, button);
  }));
}

function pick(operation) {
  picked = operation;
  at("about").textContent = operation.about;
  at("document").value = operation.document.trimEnd() + "\n";
  at("document").scrollTop = 0;
  at("variables").value = "";
  told("variables", "");
  askFor(operation);
}

// An example is asked as its role. Where that is nobody one can ask as, one
// pastes a token.
function askFor(operation) {
  askAs(known.find((role) => role.subject === operation.as) ?? own);
  for (const button of at("examples").querySelectorAll("button")) {
    if (button.dataset.name === operation.name) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

// The explorer begins with what is being asked here.
function link() {
  const to = new URLSearchParams({ as: as.subject });
  if (picked) to.set("operation", picked.name);
  at("open").href = "/explorer#" + to;
}

function variables() {
  const text = at("variables").value.trim();
  if (text === "") return undefined;
  let value;
  try {
    value = JSON.parse(text);
  } catch (problem) {
    throw new Error("This is no JSON: " + problem.message);
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("Write one JSON object, as in {\"first\": 3}.");
  return value;
}

function told(field, problem) {
  at(field + "-problem").textContent = problem;
  at(field).setAttribute("aria-invalid", String(problem !== ""));
}

// request reads the form, or says what is wrong with it.
function request() {
  try {
    const body = { query: at("document").value, variables: variables() };
    told("variables", "");
    return body;
  } catch (problem) {
    at("variables").closest("details").open = true;
    told("variables", problem.message);
    at("variables").focus();
    return null;
  }
}

// The answer.

async function run() {
  const body = request();
  if (!body || at("run").disabled) return;
  at("run").disabled = true;
  at("facts").replaceChildren("Asking …");
  try {
    let answer = await send(token(), body);
    if (answer.status === 401 && as.token) { // it held for twelve hours, or the server has new keys
      await renew();
      answer = await send(token(), body);
    }
    show(answer);
  } catch {
    at("facts").replaceChildren(fact("No answer", true));
    at("answer").textContent = "The server did not answer. Is it still running?";
  } finally {
    at("run").disabled = false;
  }
}

async function renew() {
  known = await people();
  askAs(known.find((role) => role.subject === as.subject) ?? anyone);
}

function show({ status, took, text }) {
  let answer = null;
  try {
    answer = JSON.parse(text);
  } catch {
    at("answer").textContent = text;
  }
  const wrong = answer?.errors?.length ?? 0;
  const facts = [fact(String(status), status >= 400), fact(took < 10 ? took.toFixed(1) + " ms" : Math.round(took) + " ms")];
  if (wrong > 0) facts.push(fact(wrong === 1 ? "1 error" : wrong + " errors", true));
  const cost = answer?.extensions?.cost;
  if (cost) facts.push(fact("cost " + (cost.actual ?? 0).toLocaleString("en") + " of " + cost.estimated.toLocaleString("en") + " estimated"));
  at("facts").replaceChildren(...facts.flatMap((one) => [one, " "]));
  if (answer !== null) at("answer").replaceChildren(...coloured(JSON.stringify(answer, null, 2)));
  at("answer").scrollTop = 0;
}

const fact = (text, isWrong) => make("span", { className: isWrong ? "wrong" : "", textContent: text });

const pieces = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

// coloured is JSON with a span around each name and value. What is very long
// stays plain: a hundred thousand spans would make the page slow.
function coloured(json) {
  if (json.length > 200_000) return [json];
  const parts = [];
  let end = 0;
  for (const found of json.matchAll(pieces)) {
    const [all, text, colon] = found;
    const piece = colon ? text : all;
    parts.push(json.slice(end, found.index), make("span", { className: colon ? "name" : text ? "text" : "value", textContent: piece }));
    end = found.index + piece.length;
  }
  return [...parts, json.slice(end)];
}

async function copy(button, text) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "The browser does not let me";
  }
  setTimeout(() => { button.textContent = before; }, 1500);
}

// The page begins.

at("endpoint").textContent = endpoint;
at("copy-endpoint").addEventListener("click", () => copy(at("copy-endpoint"), endpoint));
at("copy-curl").addEventListener("click", () => {
  const body = request();
  if (body) copy(at("copy-curl"), curl(token(), body));
});
at("editor").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
at("editor").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
if (/Mac|iPhone|iPad/.test(navigator.platform)) document.querySelector(".keys kbd").textContent = "⌘";

showRoles();
await meet();
showExamples();
if (page.operations.length > 0) pick(page.operations[0]);
