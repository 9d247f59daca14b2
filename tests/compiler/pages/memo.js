import {Box as Box} from "@radix-ui/themes/box";
import {Text as Text} from "@radix-ui/themes/text";
import {MNode as MNode} from "components";
import {MPanel as MPanel} from "components";
import {memo as memo} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {call as call} from "wasmrx/page";
import {on as on} from "wasmrx/page";
import {show as show} from "wasmrx/page";
import {useVar as useVar} from "wasmrx/page";
const h1 = on([() => call("memo.Tree.choose", {name: "root"})]);
const C1 = memo(() => {
  const depth$ = useVar("memo.Tree", "depth");
  return jsx(MNode, {name: "root", left: depth$, on_pick: h1});
});
const e1 = jsx(C1, {});
const h2 = on([() => call("memo.Tree.choose", {name: "twin"})]);
const e2 = jsx(MNode, {name: "twin", left: 1, on_pick: h2});
const h3 = on([(_e) => call("memo.Tree.choose", {name: "panel"})]);
const e3 = jsx(Text, {as: "p", children: "inside"});
const C2 = memo(() => {
  const chosen$ = useVar("memo.Tree", "chosen");
  return show(chosen$);
});
const e4 = jsx(C2, {});
const e5 = jsx(MPanel, {tone: "gray", id: "panel", onClick: h3, children: [e3, e4]});
const e6 = jsx(Text, {as: "p", children: "again"});
const e7 = jsx(MPanel, {tone: "red", className: "w0c46a292", children: e6});
const e8 = jsx(Box, {children: [e1, e2, e5, e7]});
const Page = () => e8;

// components
const MNode = memo((props) => MNode$(props));
const MPanel = memo((props) => MPanel$(props));
const C1 = memo(({$name, $on_pick}) => {
  const chosen$ = useVar("memo.Tree", "chosen");
  return jsx(Text, {as: "p", style: {["color"]: eq($name, chosen$) ? "red" : "black"}, onClick: $on_pick, children: show($name)});
});
const MNode$ = ({name: $name, left: $left, on_pick: $on_pick}) => jsx(Box, {children: [jsx(C1, {$name, $on_pick}), (($left > 0) ? jsx(MNode, {name: $name + ".", left: $left - 1, on_pick: $on_pick}) : null)]});
const MPanel$ = ({children: $children, tone: $tone, ...$rest}) => jsx(Box, {className: "w9a5634f5", ...$rest, children: [jsx("b", {children: show($tone)}), show($children)]});

// .w9a5634f5{padding:1em}

// .w0c46a292{color:blue}
