import {Box as Box} from "@radix-ui/themes/box";
import {memo as memo} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {source as source} from "wasmrx/page";
import {useValue as useValue} from "wasmrx/page";
import {useVar as useVar} from "wasmrx/page";
import {text as text} from "wasmrx/py_format";
const e1 = jsx(Box, {className: "w529e5634"});
const e2 = jsx(Box, {className: "wd58ab5bd"});
const e3 = jsx(Box, {className: "w34cb4f21"});
const C1 = memo(() => {
  const color$ = useVar("styles.Look", "color");
  const width$ = useVar("styles.Look", "width");
  return jsx(Box, {style: {["color"]: color$, ["width"]: width$}});
});
const e4 = jsx(C1, {});
const s1 = source([["styles.Look", "width"]], (width$) => `${text(width$)}px`);
const C2 = memo(() => {
  const color$ = useVar("styles.Look", "color");
  const s1$t = useValue(s1);
  return jsx(Box, {className: "w5e1cd585", style: {["--w5e1cd585-0"]: color$, ["--w5e1cd585-1"]: s1$t}});
});
const e5 = jsx(C2, {});
const s2 = source([["styles.Look", "color"]], (color$) => `1px solid ${text(color$)}`);
const C3 = memo(() => {
  const s2$t = useValue(s2);
  return jsx(Box, {className: "w87ad4798", style: {["border"]: s2$t}});
});
const e6 = jsx(C3, {});
const e7 = jsx(Box, {className: "w89525a5b", children: [e1, e2, e3, e4, e5, e6, e1]});
const Page = () => e7;

// .w529e5634{padding-inline-start:1em;padding-inline-end:1em;background:var(--gray-3);margin:4px;opacity:0.5}.w529e5634:hover{background:red}

// .wd58ab5bd{width:100%}.wd58ab5bd::before{content:'x'}@media screen and (min-width: 30em){.wd58ab5bd{width:50%}}@media screen and (min-width: 62em){.wd58ab5bd{width:25%}}

// .w34cb4f21{padding:1em}.w34cb4f21 > p{color:blue}@media screen and (min-width: 62em){.w34cb4f21{padding:2em}}

// .w5e1cd585{color:var(--w5e1cd585-0);width:var(--w5e1cd585-1)}.w5e1cd585:hover{color:black}

// .w87ad4798{font-size:2em;--gap:3px}

// .dark .w89525a5b{color:white}
