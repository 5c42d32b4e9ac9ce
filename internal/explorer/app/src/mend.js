// What GraphiQL leaves out for people who do not see or do not point. It is
// added after each change that GraphiQL makes to its page.

const labels = {
  ".graphiql-query-editor textarea": "Document",
  ".graphiql-editor-tool .graphiql-editor:nth-child(1) textarea": "Variables, as a JSON object",
  ".graphiql-editor-tool .graphiql-editor:nth-child(2) textarea": "Headers, as a JSON object",
  ".graphiql-response textarea": "Answer",
};

const each = (selector, change) => document.querySelectorAll(selector).forEach(change);

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function unset(element, ...names) {
  for (const name of names) if (element.hasAttribute(name)) element.removeAttribute(name);
}

function label() {
  for (const [selector, text] of Object.entries(labels)) each(selector, (field) => set(field, "aria-label", text));
}

// A tab holds two buttons, to choose it and to close it, which the role of a
// tab may not: they become a list with the current one marked.
function list() {
  each(".graphiql-tabs", (tabs) => {
    unset(tabs, "role");
    set(tabs, "aria-label", "Documents");
  });
  each(".graphiql-tab", (tab) => {
    const isCurrent = tab.classList.contains("graphiql-tab-active");
    unset(tab, "role", "aria-selected");
    set(tab.querySelector("button"), "aria-current", String(isCurrent));
  });
}

// In the editors the tab key goes on to the next thing, as everywhere else.
const freed = new WeakSet();

function free() {
  each(".CodeMirror", ({ CodeMirror: editor }) => {
    if (!editor || freed.has(editor)) return;
    freed.add(editor);
    editor.addKeyMap({ Tab: false, "Shift-Tab": false });
  });
}

// What scrolls can be reached, so that the arrow keys scroll it.
function reach() {
  each(".CodeMirror-scroll", (scroll) => {
    const isLonger = scroll.scrollHeight > scroll.clientHeight + 1 || scroll.scrollWidth > scroll.clientWidth + 1;
    const name = scroll.closest(".CodeMirror").querySelector("textarea")?.getAttribute("aria-label");
    set(scroll, "tabindex", isLonger ? "0" : "-1");
    set(scroll, "role", "group");
    set(scroll, "aria-label", `${name ?? "Text"}, to scroll`);
  });
}

export function mend() {
  const all = () => {
    label();
    list();
    free();
    reach();
  };
  new MutationObserver(all).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-selected", "class", "role"] });
}
