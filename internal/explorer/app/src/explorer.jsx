import "graphiql/style.css";
import "./explorer.css";
import { useEditorContext } from "@graphiql/react";
import { GraphiQL } from "graphiql";
import { setNonce } from "get-nonce";
import { useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { createRoot } from "react-dom/client";
import { anyone, own, page, people, send } from "../../page/ask.js";
import { mend } from "./mend.js";

// Dialogs stop the page from scrolling by a style element of their own.
setNonce(document.querySelector('meta[name="csp-nonce"]').content);

// What asks is kept beside React: a request reads it when it is sent.
const asking = { role: anyone, own: "" };
const token = () => (asking.role === own ? asking.own.trim() : asking.role.token);

// renew takes the tokens anew: they hold for twelve hours.
async function renew() {
  const known = await people();
  asking.role = known.find((role) => role.subject === asking.role.subject) ?? anyone;
}

// A document that was just put in its place is still sent with the name of the
// operation before it.
const isIn = (query, name) => new RegExp(`\\b(query|mutation|subscription)\\s+${name}\\b`).test(query);

async function fetcher({ query, variables, operationName: name }, options = {}) {
  const body = { query, variables, operationName: name && isIn(query, name) ? name : undefined };
  let answer = await send(token(), body, options.headers);
  if (answer.status === 401 && asking.role.token) {
    await renew();
    answer = await send(token(), body, options.headers);
  }
  return JSON.parse(answer.text);
}

// The first page's link says what was being asked there.
const wanted = new URLSearchParams(location.hash.slice(1));
const first = page.operations.find((operation) => operation.name === wanted.get("operation")) ?? page.operations[0];

function Bar({ known, problem }) {
  const { queryEditor } = useEditorContext();
  const [subject, setSubject] = useState(anyone.subject);
  const askAs = (wish) => {
    asking.role = known.find((role) => role.subject === wish) ?? own;
    setSubject(asking.role.subject);
  };
  useEffect(() => askAs(wanted.get("as") ?? first?.as ?? anyone.subject), [known]);
  const pick = (name) => {
    const operation = page.operations.find((one) => one.name === name);
    queryEditor?.setValue(operation.document);
    askAs(operation.as);
  };
  return createPortal(
    <>
      {problem && <span role="alert">{problem}</span>}
      <label>
        Example{" "}
        <select defaultValue={first?.name} onChange={(event) => pick(event.target.value)}>
          {page.operations.map((operation) => <option key={operation.name} value={operation.name}>{operation.title}</option>)}
        </select>
      </label>
      <label>
        Ask as{" "}
        <select value={subject} onChange={(event) => askAs(event.target.value)}>
          {known.map((role) => <option key={role.subject} value={role.subject}>{`${role.name}, ${role.about}`}</option>)}
        </select>
      </label>
      {subject === own.subject && (
        <label>
          Your token{" "}
          <input className="secret" type="text" autoComplete="off" autoCapitalize="off" spellCheck={false} onChange={(event) => { asking.own = event.target.value; }} />
        </label>
      )}
    </>,
    document.getElementById("as"),
  );
}

function Explorer() {
  const [known, setKnown] = useState([anyone, own]);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    people().then(setKnown, (why) => setProblem(why.message));
  }, []);
  const bar = useMemo(() => <Bar known={known} problem={problem} />, [known, problem]);
  return (
    <GraphiQL fetcher={fetcher} defaultQuery={first?.document} query={wanted.has("operation") ? first?.document : undefined} forcedTheme="system" shouldPersistHeaders={false}>
      <GraphiQL.Logo><a href={page.licences}>Licences</a></GraphiQL.Logo>
      {bar}
    </GraphiQL>
  );
}

mend();
createRoot(document.getElementById("explorer")).render(<Explorer />);
