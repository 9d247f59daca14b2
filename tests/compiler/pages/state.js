import {Button as Button} from "@radix-ui/themes/button";
import {Flex as Flex} from "@radix-ui/themes/flex";
import {Heading as Heading} from "@radix-ui/themes/heading";
import {Strong as Strong} from "@radix-ui/themes/strong";
import {Text as Text} from "@radix-ui/themes/text";
import {memo as memo} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {show as show} from "wasmrx/page";
import {source as source} from "wasmrx/page";
import {useText as useText} from "wasmrx/page";
import {useVar as useVar} from "wasmrx/page";
import {format as format} from "wasmrx/py_format";
import {text as text} from "wasmrx/py_format";
const s1 = source([["state.Shop", "name"]], (name$) => show(name$));
const C1 = memo(() => {
  const text$t = useText(s1);
  return jsx(Heading, {ref: text$t.ref, children: text$t.shown()});
});
const e1 = jsx(C1, {});
const C2 = memo(() => {
  const count$ = useVar("state.Shop", "count");
  const doubled$ = useVar("state.Shop", "doubled");
  return jsx(Text, {as: "p", children: ["We have ", show(count$), " things, or ", show(doubled$)]});
});
const e2 = jsx(C2, {});
const e3 = jsx(Strong, {children: "always fresh"});
const C3 = memo(() => {
  const name$ = useVar("state.Shop", "name");
  const count$ = useVar("state.Shop", "count");
  return jsx(Text, {as: "p", children: [`${text(name$)}: ${format(count$, ".2f")}`, e3]});
});
const e4 = jsx(C3, {});
const C4 = memo(() => {
  const is_open$ = useVar("state.Shop", "is_open");
  return jsx(Button, {disabled: !is_open$, className: is_open$ ? "on" : "off", children: "Buy"});
});
const e5 = jsx(C4, {});
const s2 = source([["state.Shop", "is_open"]], (is_open$) => show(is_open$));
const C5 = memo(() => {
  const text$t = useText(s2);
  return jsx("p", {ref: text$t.ref, children: text$t.shown()});
});
const e6 = jsx(C5, {});
const C6 = memo(() => {
  const name$ = useVar("state.Shop", "name");
  return jsx(Flex, {align: "start", direction: "column", gap: "3", className: "rx-Stack", children: [e1, e2, e4, e5, e6, show(name$)]});
});
const e7 = jsx(C6, {});
const Page = () => e7;
