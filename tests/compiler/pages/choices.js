import {Flex as Flex} from "@radix-ui/themes/flex";
import {Text as Text} from "@radix-ui/themes/text";
import {memo as memo} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {show as show} from "wasmrx/page";
import {source as source} from "wasmrx/page";
import {useText as useText} from "wasmrx/page";
import {useValue as useValue} from "wasmrx/page";
import {useVar as useVar} from "wasmrx/page";
import {truth as truth} from "wasmrx/py";
const e1 = jsx(Text, {as: "p", children: "on"});
const C1 = memo(() => {
  const kind$ = useVar("choices.Light", "kind");
  return jsx(Text, {as: "p", children: ["off ", show(kind$)]});
});
const e2 = jsx(C1, {});
const C2 = memo(() => {
  const on$ = useVar("choices.Light", "on");
  return ((on$) ? e1 : e2);
});
const e3 = jsx(C2, {});
const s1 = source([["choices.Light", "items"]], (items$) => (truth(items$)));
const e4 = jsx(Text, {as: "p", children: "some"});
const C3 = memo(() => {
  const s1$t = useValue(s1);
  return (s1$t ? e4 : null);
});
const e5 = jsx(C3, {});
const s2 = source([["choices.Light", "on"], ["choices.Light", "level"]], (on$, level$) => (on$ && (level$ > 3)));
const e6 = jsx(Text, {as: "p", children: "dim"});
const C4 = memo(() => {
  const s2$t = useValue(s2);
  return (s2$t ? "bright" : e6);
});
const e7 = jsx(C4, {});
const s3 = source([["choices.Light", "kind"]], (kind$) => (kind$ === "red"));
const e8 = jsx(Text, {as: "p", children: "stop"});
const s4 = source([["choices.Light", "kind"]], (kind$) => ((kind$ === "amber") || (kind$ === "green")));
const C5 = memo(() => {
  const level$ = useVar("choices.Light", "level");
  return jsx(Text, {as: "p", children: ["go ", show(level$)]});
});
const e9 = jsx(C5, {});
const e10 = jsx(Text, {as: "p", children: "?"});
const C6 = memo(() => {
  const s4$t = useValue(s4);
  return (s4$t ? e9 : e10);
});
const e11 = jsx(C6, {});
const C7 = memo(() => {
  const s3$t = useValue(s3);
  return (s3$t ? e8 : e11);
});
const e12 = jsx(C7, {});
const s5 = source([["choices.Light", "level"]], (level$) => show(level$ === 0 ? "zero" : level$ === 1 ? "one" : "many"));
const C8 = memo(() => {
  const text$t = useText(s5);
  return jsx(Text, {as: "p", ref: text$t.ref, children: text$t.shown()});
});
const e13 = jsx(C8, {});
const s6 = source([["choices.Light", "on"]], (on$) => on$ ? "var(--red-9)" : "black");
const C9 = memo(() => {
  const s6$t = useValue(s6);
  return jsx(Text, {as: "p", style: {["color"]: s6$t}, children: "x"});
});
const e14 = jsx(C9, {});
const e15 = jsx(Text, {as: "p", children: "always"});
const e16 = jsx(Flex, {align: "start", direction: "column", gap: "3", className: "rx-Stack", children: [e3, e5, e7, e12, e13, e14, e15]});
const Page = () => e16;
