import {Button as Button} from "@radix-ui/themes/button";
import {Close as Close} from "@radix-ui/themes/dialog";
import {Content as Content} from "@radix-ui/themes/dialog";
import {Root as Root_2} from "@radix-ui/themes/dialog";
import {Title as Title} from "@radix-ui/themes/dialog";
import {Trigger as Trigger} from "@radix-ui/themes/dialog";
import {Text as Text} from "@radix-ui/themes/text";
import {Tooltip as Tooltip} from "@radix-ui/themes/tooltip";
import {info as info} from "lucide-react/icons";
import {memo as memo} from "react";
import {jsx as jsx} from "react/jsx-runtime";
import {show as show} from "wasmrx/page";
import {source as source} from "wasmrx/page";
import {useText as useText} from "wasmrx/page";
import {useVar as useVar} from "wasmrx/page";
const C1 = memo(() => {
  const busy$ = useVar("slots.Panel", "busy");
  const label$ = useVar("slots.Panel", "label");
  return jsx(Trigger, {children: jsx(Button, {disabled: busy$, children: show(label$)})});
});
const e1 = jsx(C1, {});
const e2 = jsx(Title, {children: "Title"});
const s1 = source([["slots.Panel", "label"]], (label$) => show(label$));
const C2 = memo(() => {
  const text$t = useText(s1);
  return jsx(Text, {as: "p", ref: text$t.ref, children: text$t.shown()});
});
const e3 = jsx(C2, {});
const C3 = memo(() => {
  const busy$ = useVar("slots.Panel", "busy");
  return jsx(Close, {children: ((busy$) ? jsx(Button, {children: "Wait"}) : jsx(Button, {children: "Close"}))});
});
const e4 = jsx(C3, {});
const e5 = jsx(Content, {children: [e2, e3, e4]});
const C4 = memo(() => {
  const label$ = useVar("slots.Panel", "label");
  return jsx(Tooltip, {content: label$, children: jsx(info, {})});
});
const e6 = jsx(C4, {});
const e7 = jsx(Root_2, {children: [e1, e5, e6]});
const Page = () => e7;
