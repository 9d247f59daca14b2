import {Flex as Flex} from "@radix-ui/themes/flex";
import {Text as Text} from "@radix-ui/themes/text";
import {memo as memo} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {show as show} from "wasmrx/page";
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
const e4 = jsx(Text, {as: "p", children: "some"});
const C3 = memo(() => {
  const items$ = useVar("choices.Light", "items");
  return ((truth(items$)) ? e4 : null);
});
const e5 = jsx(C3, {});
const e6 = jsx(Text, {as: "p", children: "dim"});
const C4 = memo(() => {
  const on$ = useVar("choices.Light", "on");
  const level$ = useVar("choices.Light", "level");
  return ((on$ && (level$ > 3)) ? "bright" : e6);
});
const e7 = jsx(C4, {});
const e8 = jsx(Text, {as: "p", children: "stop"});
const C5 = memo(() => {
  const level$ = useVar("choices.Light", "level");
  return jsx(Text, {as: "p", children: ["go ", show(level$)]});
});
const e9 = jsx(C5, {});
const e10 = jsx(Text, {as: "p", children: "?"});
const C6 = memo(() => {
  const kind$ = useVar("choices.Light", "kind");
  return (((kind$ === "amber") || (kind$ === "green")) ? e9 : e10);
});
const e11 = jsx(C6, {});
const C7 = memo(() => {
  const kind$ = useVar("choices.Light", "kind");
  return ((kind$ === "red") ? e8 : e11);
});
const e12 = jsx(C7, {});
const C8 = memo(() => {
  const level$ = useVar("choices.Light", "level");
  return jsx(Text, {as: "p", children: show(level$ === 0 ? "zero" : level$ === 1 ? "one" : "many")});
});
const e13 = jsx(C8, {});
const C9 = memo(() => {
  const on$ = useVar("choices.Light", "on");
  return jsx(Text, {as: "p", style: {["color"]: on$ ? "var(--red-9)" : "black"}, children: "x"});
});
const e14 = jsx(C9, {});
const e15 = jsx(Text, {as: "p", children: "always"});
const e16 = jsx(Flex, {align: "start", direction: "column", gap: "3", className: "rx-Stack", children: [e3, e5, e7, e12, e13, e14, e15]});
const Page = () => e16;
