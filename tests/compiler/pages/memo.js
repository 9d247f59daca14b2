import {Box as Box} from "@radix-ui/themes/box";
import {MNode as MNode} from "components";
import {memo as memo} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {call as call} from "wasmrx/page";
import {on as on} from "wasmrx/page";
import {useVar as useVar} from "wasmrx/page";
const h1 = on([() => call("memo.Tree.choose", {name: "root"})]);
const C1 = memo(() => {
  const depth$ = useVar("memo.Tree", "depth");
  return jsx(MNode, {name: "root", left: depth$, on_pick: h1});
});
const e1 = jsx(C1, {});
const h2 = on([() => call("memo.Tree.choose", {name: "twin"})]);
const e2 = jsx(MNode, {name: "twin", left: 1, on_pick: h2});
const e3 = jsx(Box, {children: [e1, e2]});
const Page = () => e3;

// components
const MNode = memo((props) => MNode$(props));
const C1 = memo(({$name, $on_pick}) => {
  const chosen$ = useVar("memo.Tree", "chosen");
  return jsx(Text, {as: "p", style: {["color"]: eq($name, chosen$) ? "red" : "black"}, onClick: $on_pick, children: show($name)});
});
const MNode$ = ({name: $name, left: $left, on_pick: $on_pick}) => jsx(Box, {children: [jsx(C1, {$name, $on_pick}), (($left > 0) ? jsx(MNode, {name: $name + ".", left: $left - 1, on_pick: $on_pick}) : null)]});
