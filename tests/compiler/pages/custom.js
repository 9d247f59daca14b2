import {Box as Box} from "@radix-ui/themes/box";
import {memo as memo} from "react";
import {useEffect as useEffect} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {call as call} from "wasmrx/page";
import {on as on} from "wasmrx/page";
import {peek as peek} from "wasmrx/page";
import {show as show} from "wasmrx/page";
import {useVar as useVar} from "wasmrx/page";
const limit = 100;
const C1 = memo(() => {
  const keys = ({a: on([(_e) => call("custom.Game.jump", {key: _e.key})]), b: on([(_e) => call("custom.Game.done", {level: !peek("custom.Game", "running")})])});
  useEffect(() => { const on = (e) => keys[e.key]?.(e); return on; });
  return null;
});
const e1 = jsx(C1, {});
const h1 = on([(_ev0) => call("custom.Game.done", {level: _ev0})]);
const C2 = memo(() => {
  const level$ = useVar("custom.Game", "level");
  return jsx("meter", {value: level$, labelText: "low", className: "wf5bb969b", onDone: h1});
});
const e2 = jsx(C2, {});
const e3 = jsx(Box, {children: [e1, e2, show(new Date().getFullYear())]});
const Page = () => e3;

// .wf5bb969b{width:100%;height:1em}
