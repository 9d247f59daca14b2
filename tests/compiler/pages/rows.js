import {Badge as Badge} from "@radix-ui/themes/badge";
import {Flex as Flex} from "@radix-ui/themes/flex";
import {Text as Text} from "@radix-ui/themes/text";
import {check as check} from "lucide-react/icons";
import {memo as memo} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {call as call} from "wasmrx/page";
import {each as each} from "wasmrx/page";
import {on as on} from "wasmrx/page";
import {show as show} from "wasmrx/page";
import {useVar as useVar} from "wasmrx/page";
import {eq as eq} from "wasmrx/py";
import {get as get} from "wasmrx/py";
import {range as range} from "wasmrx/py";
import {floatText as floatText} from "wasmrx/py_format";
const R1 = memo(({item: item2, index: index2, item1}) => jsx(Badge, {onClick: on([(_e) => call("rows.Shop.choose", {number: item1?.id})]), children: show(item2)}), (a, b) => a.item === b.item && a.item1 === b.item1);
const e1 = jsx(check, {});
const C1 = memo(({item1}) => {
  const selected$ = useVar("rows.Shop", "selected");
  return ((eq(item1?.id, selected$)) ? e1 : null);
});
const R2 = memo(({item: item1, index: index1}) => jsx(Flex, {align: "start", direction: "row", gap: "3", className: "rx-Stack", children: [jsx(Text, {as: "p", children: [show(index1), ". ", show(item1?.name)]}), each(item1?.tags, R1, {item1}), jsx(C1, {item1})]}));
R2.keyOf = (item1, index1) => item1?.id;
const C2 = memo(() => {
  const items$ = useVar("rows.Shop", "items");
  return each(items$, R2);
});
const e2 = jsx(C2, {});
const R3 = memo(({item: item1, index: index1}) => jsx(Text, {as: "p", children: [show(item1?.[0]), ": ", show(item1?.[1])]}), (a, b) => a.item === b.item);
const C3 = memo(() => {
  const prices$ = useVar("rows.Shop", "prices");
  return each(prices$, R3);
});
const e3 = jsx(C3, {});
const R4 = memo(({item: item1, index: index1}) => jsx(Text, {as: "p", children: [show(item1?.[0]), show(item1?.[1] + 1)]}), (a, b) => a.item === b.item);
const C4 = memo(() => {
  const pairs$ = useVar("rows.Shop", "pairs");
  return each(pairs$, R4);
});
const e4 = jsx(C4, {});
const R5 = memo(({item: item1, index: index1}) => jsx(Text, {as: "p", children: show(item1)}), (a, b) => a.item === b.item);
const C5 = memo(() => {
  const count$ = useVar("rows.Shop", "count");
  return each(range(count$), R5);
});
const e5 = jsx(C5, {});
const R6 = memo(({item: item1, index: index1}) => {
  const prices$ = useVar("rows.Shop", "prices");
  return jsx(Text, {as: "p", style: {["color"]: floatText(get(prices$, item1))}, children: show(item1)});
}, (a, b) => a.item === b.item);
const e6 = each(["a", "b"], R6);
const R7 = memo(({item: item1, index: index1}) => jsx(Text, {as: "p", onClick: on([(_e) => call("rows.Shop.choose", {number: item1?.id})]), children: "same"}), (a, b) => a.item === b.item);
const C6 = memo(() => {
  const items$ = useVar("rows.Shop", "items");
  return each(items$, R7);
});
const e7 = jsx(C6, {});
const e8 = jsx(Flex, {align: "start", direction: "column", gap: "3", className: "rx-Stack", children: [e2, e3, e4, e5, e6, e7]});
const Page = () => e8;
