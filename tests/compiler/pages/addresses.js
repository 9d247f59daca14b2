import {Box as Box} from "@radix-ui/themes/box";
import {memo as memo} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {useVar as useVar} from "wasmrx/page";
const C1 = memo(() => {
  const url$ = useVar("addresses.Visitor", "url");
  return jsx("text", {xlinkHref: url$, children: "link"});
});
const e1 = jsx(C1, {});
const e2 = jsx("svg", {children: e1});
const C2 = memo(() => {
  const text$ = useVar("addresses.Visitor", "text");
  return jsx("iframe", {sandbox: "", srcDoc: text$});
});
const e3 = jsx(C2, {});
const e4 = jsx(Box, {children: [e2, e3]});
const Page = () => e4;
