// A small app, written as the compiler writes one.

import { createElement as h, Fragment, memo } from "react";
import {
  act,
  call,
  each,
  ErrorBoundary,
  Link,
  on,
  peek,
  show,
  source,
  useMountEvents,
  useText,
  useValue,
  useVar,
} from "wasmrx/page";
import { formData } from "wasmrx/form_data";

const S = "app.State";
const rendered = {};
const count = (name) => (rendered[name] = (rendered[name] ?? 0) + 1);

const inc = on([() => call("app.State.inc", { by: 2 })]);
const Count = memo(() => h("output", { id: "count" }, show(useVar(S, "count"))));
const Value = memo(({ name }) =>
  h("output", { id: `value-${name}` }, JSON.stringify(useVar(S, name) ?? null)),
);
const word = source([[S, "word"]], show);
const Word = memo(() => {
  const text = useText(word);
  count("word");
  return h("p", { id: "word", ref: text.ref }, text.shown());
});
const isLong = source([[S, "word"]], (word) => (word ?? "").length > 5);
const Long = memo(() => {
  count("long");
  return h("p", { id: "long" }, useValue(isLong) ? "long" : "short");
});
const Row = memo(({ item, index }) => {
  count(`row ${item.id}`);
  return h("li", { "data-index": index }, item.text);
});
const Rows = memo(() => h("ul", { id: "rows" }, each(useVar(S, "rows"), Row)));
const Mode = memo(() =>
  h(
    "output",
    { id: "mode" },
    `${useVar("client", "color_mode")} ${useVar("client", "resolved_color_mode")}`,
  ),
);
const Late = memo(() => {
  if (useVar(S, "broken")) throw new Error("the row has no colour");
  return h("p", { id: "late" }, "whole");
});
const Mounted = memo(() => {
  useMountEvents(on([() => call("app.State.mounted")]), on([() => call("app.State.unmounted")]));
  return h("p", null, "mounted");
});

export function Root({ children }) {
  return h(
    Fragment,
    null,
    h(
      "nav",
      null,
      h(Link, { href: "/", id: "to-home" }, "Home"),
      " ",
      h(Link, { href: "/about", id: "to-about" }, "About"),
      " ",
      h(Link, { href: "/post/7?page=2", id: "to-post" }, "Post 7"),
      " ",
      h(Link, { href: "/docs/a/b", id: "to-docs" }, "Docs"),
      " ",
      h(Link, { href: "javascript:window.hacked=1", id: "to-code" }, "Code"),
      " ",
      h(Link, { href: "https://example.test/x", id: "to-else" }, "Elsewhere"),
    ),
    children,
    h("pre", { id: "log" }, h(Log)),
  );
}

const Log = memo(() => (useVar(S, "log") ?? []).map((line) => `${line}\n`));

export const home = {
  Page: () =>
    h(
      "main",
      null,
      h("h1", null, "Home"),
      h("button", { id: "inc", type: "button", onClick: inc }, "+2"),
      h(Count),
      h("input", {
        id: "name",
        defaultValue: "",
        onChange: on([(e) => call("app.State.set_name", { value: e.target.value })]),
      }),
      h("input", {
        id: "tick",
        type: "checkbox",
        onChange: on([(e) => call("app.State.set_tick", { value: e.target.checked })]),
      }),
      h(
        "select",
        {
          id: "pick",
          onChange: on([(e) => call("app.State.set_pick", { value: e.target.value })]),
        },
        h("option", null, "a"),
        h("option", null, "b"),
      ),
      h(
        "form",
        {
          id: "form",
          onSubmit: on([(e) => call("app.State.submit", { form: formData(e) })], {
            preventDefault: true,
          }),
        },
        h("input", { name: "task" }),
        h("input", { id: "nameless" }),
        h("button", { id: "send" }, "Send"),
      ),
      h(
        "button",
        { id: "slow", type: "button", onClick: on([() => call("app.State.slow")]) },
        "slow",
      ),
      h(
        "button",
        {
          id: "throttled",
          type: "button",
          onClick: on([() => call("app.State.throttled", {}, { throttle: 60000 })]),
        },
        "throttled",
      ),
      h(
        "button",
        {
          id: "temporal",
          type: "button",
          onClick: on([() => call("app.State.temporal", {}, { temporal: true })]),
        },
        "temporal",
      ),
      h(
        "div",
        { onClick: on([() => call("app.State.outer")]) },
        h(
          "button",
          {
            id: "inner",
            type: "button",
            onClick: on([() => call("app.State.inner", {}, { stopPropagation: true })]),
          },
          "inner",
        ),
      ),
      h(
        "button",
        { id: "mode-toggle", type: "button", onClick: on([() => act("toggle_color_mode")]) },
        "mode",
      ),
      h(Mode),
      h(Rows),
      h(Word),
      h(Long),
      h(Value, { name: "value" }),
      h(ErrorBoundary, null, h(Late)),
      h("div", { style: { height: "2000px" } }),
      h("p", { id: "end" }, "The end"),
    ),
};

export const about = {
  Page: () =>
    h(
      "main",
      null,
      h("h1", null, "About"),
      h(Mounted),
      h("div", { style: { height: "3000px" } }),
      h("p", { id: "foot" }, "foot"),
    ),
};
const Where = memo(() => h("output", { id: "where" }, show(useVar("wasmrx.State", "where"))));
export const post = { Page: () => h("main", null, h("h1", null, "Post"), h(Where)) };
export const docs = { Page: () => h("main", null, h("h1", null, "Docs"), h(Where)) };
export const notFound = { Page: () => h("main", null, h("h1", null, "Nothing here")) };

export const initial = {
  "app.State": {
    count: 0,
    name: "",
    log: [],
    word: "first",
    value: null,
    rows: [1, 2, 3, 4].map((id) => ({ id, text: `row ${id}` })),
  },
  "wasmrx.State": { where: "" },
};

export const probe = { rendered, peek, on, call, act, S };
