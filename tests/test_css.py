"""The cut-down stylesheet looks exactly like the whole one, element by element, in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Page

from wasmrx.compiler.css import subset
from wasmrx.compiler.link import ModuleCode, link
from wasmrx.expr import Import

from hosting import Host

NAMESPACES = {
    "AlertDialog", "Callout", "CheckboxCards", "CheckboxGroup", "ContextMenu", "DataList",
    "Dialog", "DropdownMenu", "HoverCard", "Popover", "RadioCards", "RadioGroup",
    "SegmentedControl", "Select", "TabNav", "Table", "Tabs", "TextField",
}  # fmt: skip
THEME = '{accentColor:"blue",grayColor:"auto",children:jsx(Page,{})}'

# Each case is a page of its own, so that nothing is kept only for another component.
CASES = {
    "avatar": 'h(Flex,{gap:"2"},h(Avatar,{fallback:"AB"}),'
    'h(Avatar,{size:"7",radius:"full",variant:"solid",color:"tomato",fallback:"C"}))',
    "badge": 'h("div",{},h(Badge,{},"a"),h(Badge,{size:"3",variant:"surface",color:"jade",'
    'highContrast:true},"b"))',
    "blockquote": 'h("div",{},h(Blockquote,{},"a"),h(Blockquote,{size:"5",weight:"bold",'
    'color:"red"},"b"))',
    "button": 'h(Flex,{direction:"column",gap:"3",align:"start",p:"4"},h(Button,{},"a"),'
    'h(Button,{size:"4",variant:"classic",color:"grass"},"b"),h(Button,{loading:true},"c"),'
    'h(Button,{variant:"ghost",highContrast:true,disabled:true},"d"),'
    'h(IconButton,{size:"1",variant:"outline",mt:"-2"},"e"))',
    "button_dynamic": 'h(Button,{size:window.size,variant:window.variant??"soft",'
    'color:window.color},"a")',
    "callout": 'h(Callout.Root,{size:"3",variant:"outline",color:"amber"},'
    'h(Callout.Icon,{},"i"),h(Callout.Text,{},"text"))',
    "callout_default": 'h(Callout.Root,{},h(Callout.Icon,{},"i"),h(Callout.Text,{},"text"))',
    "card": 'h("div",{},h(Card,{},"a"),h(Card,{size:"5",variant:"classic",mx:"auto"},'
    'h(Inset,{side:"top",clip:"padding-box",pb:"current"},"b")))',
    "checkbox": 'h("div",{},h(Checkbox,{defaultChecked:true}),h(Checkbox,{size:"3",'
    'variant:"soft",color:"crimson",checked:"indeterminate"}))',
    "checkbox_cards": 'h(CheckboxCards.Root,{defaultValue:["1"],columns:{initial:"1",sm:"3"},'
    'size:"3"},h(CheckboxCards.Item,{value:"1"},"a"),h(CheckboxCards.Item,{value:"2"},"b"))',
    "checkbox_group": 'h(CheckboxGroup.Root,{defaultValue:["1"],size:"1",variant:"classic"},'
    'h(CheckboxGroup.Item,{value:"1"},"a"),h(CheckboxGroup.Item,{value:"2"},"b"))',
    "code": 'h("div",{},h(Code,{},"a"),h(Code,{size:"9",variant:"ghost",weight:"light"},"b"),'
    'h(Kbd,{},"c"),h(Kbd,{size:"6"},"d"),h(Em,{},"e"),h(Strong,{},"f"),h(Quote,{},"g"))',
    "data_list": 'h(DataList.Root,{size:"1",orientation:{initial:"vertical",md:"horizontal"},'
    'trim:"both"},h(DataList.Item,{align:"center"},h(DataList.Label,{minWidth:"88px",'
    'color:"gray"},"a"),h(DataList.Value,{},"b")))',
    "alert_dialog": 'h(AlertDialog.Root,{open:true},h(AlertDialog.Content,{maxWidth:"450px"},'
    'h(AlertDialog.Title,{},"a"),h(AlertDialog.Description,{size:"2"},"b"),'
    'h(AlertDialog.Action,{},h(Button,{color:"red"},"x"))))',
    "dialog": 'h(Dialog.Root,{open:true},h(Dialog.Content,{size:"4"},h(Dialog.Title,{},"a"),'
    'h(Dialog.Description,{},"b"),h(Dialog.Close,{},h(Button,{variant:"soft"},"x"))))',
    "dropdown_menu": 'h(DropdownMenu.Root,{open:true,modal:false},h(DropdownMenu.Trigger,{},'
    'h(Button,{},"m",h(DropdownMenu.TriggerIcon,{}))),h(DropdownMenu.Content,{size:"1",'
    'variant:"soft",color:"pink"},h(DropdownMenu.Item,{shortcut:"K"},"a"),'
    'h(DropdownMenu.Separator,{}),h(DropdownMenu.CheckboxItem,{checked:true},"c"),'
    'h(DropdownMenu.Item,{color:"red",disabled:true},"b")))',
    "heading": 'h("div",{},h(Heading,{},"a"),h(Heading,{size:{initial:"4",lg:"9"},as:"h3",'
    'align:"center",trim:"start",mb:"5"},"b"))',
    "layout": 'h(Container,{size:"2",px:"3"},h(Section,{size:"3"},h(Grid,{columns:"3",rows:'
    '"repeat(2, 64px)",gap:"3",width:"auto",flow:"row-dense"},h(Box,{p:"2",gridColumn:"1 / 3",'
    'position:"relative",display:{initial:"none",md:"block"}},"a"),h(Flex,{justify:"between",'
    'wrap:"wrap",flexGrow:"1",height:"50%"},h(Spacer,{},"b"),"c"))))',
    "link": 'h("div",{},h(Link,{href:"#"},"a"),h(Link,{href:"#",underline:"hover",size:"7",'
    'color:"gray",highContrast:true},"b"))',
    "popover": 'h(Popover.Root,{open:true},h(Popover.Trigger,{},h(Button,{},"p")),'
    'h(Popover.Content,{size:"1",width:"360px"},h(TextArea,{placeholder:"t",size:"1"})))',
    "hover_card": 'h(HoverCard.Root,{open:true},h(HoverCard.Trigger,{},h(Link,{href:"#"},"a")),'
    'h(HoverCard.Content,{},"b"))',
    "progress": 'h("div",{},h(Progress,{value:40}),h(Progress,{size:"3",variant:"classic",'
    'color:"orange",radius:"none"}),h(Spinner,{}),h(Spinner,{size:"3"}))',
    "radio": 'h("div",{},h(Radio,{defaultChecked:true}),h(RadioGroup.Root,{defaultValue:"1",'
    'size:"3",variant:"soft",color:"cyan"},h(RadioGroup.Item,{value:"1"},"a"),'
    'h(RadioGroup.Item,{value:"2"},"b")))',
    "radio_cards": 'h(RadioCards.Root,{defaultValue:"1",gap:"1"},h(RadioCards.Item,{value:"1"},'
    '"a"),h(RadioCards.Item,{value:"2"},"b"))',
    "scroll_area": 'h(ScrollArea,{type:"always",scrollbars:"vertical",size:"2",style:'
    '{height:40}},h(Box,{height:"200px"},"a"))',
    "segmented": 'h(SegmentedControl.Root,{defaultValue:"1",size:"3",radius:"full"},'
    'h(SegmentedControl.Item,{value:"1"},"a"),h(SegmentedControl.Item,{value:"2"},"b"))',
    "select": 'h(Select.Root,{defaultValue:"1",open:true,size:"3"},h(Select.Trigger,{variant:'
    '"soft",color:"lime"}),h(Select.Content,{position:"popper",variant:"solid"},'
    'h(Select.Group,{},h(Select.Label,{},"l"),h(Select.Item,{value:"1"},"a"),'
    'h(Select.Item,{value:"2",disabled:true},"b")),h(Select.Separator,{})))',
    "select_default": 'h(Select.Root,{defaultValue:"1"},h(Select.Trigger,{}),'
    'h(Select.Content,{},h(Select.Item,{value:"1"},"a")))',
    "separator": 'h("div",{},h(Separator,{}),h(Separator,{size:"4",orientation:"vertical",'
    'color:"violet",my:"3"}))',
    "skeleton": 'h("div",{},h(Skeleton,{},"a"),h(Skeleton,{width:"48px",height:"20px"}))',
    "slider": 'h("div",{},h(Slider,{defaultValue:[40]}),h(Slider,{defaultValue:[10,60],size:"3",'
    'variant:"soft",color:"bronze",highContrast:true,disabled:true}))',
    "switch": 'h("div",{},h(Switch,{}),h(Switch,{size:"3",variant:"classic",color:"teal",'
    "defaultChecked:true}))",
    "tab_nav": 'h(TabNav.Root,{size:"1",color:"plum"},h(TabNav.Link,{href:"#",active:true},'
    '"a"),h(TabNav.Link,{href:"#"},"b"))',
    "table": 'h(Table.Root,{size:"1",variant:"surface",layout:"fixed"},h(Table.Header,{},'
    'h(Table.Row,{},h(Table.ColumnHeaderCell,{justify:"end",width:"90px"},"a"))),'
    'h(Table.Body,{},h(Table.Row,{align:"center"},h(Table.RowHeaderCell,{},"b"),'
    'h(Table.Cell,{p:"4"},"c"))))',
    "tabs": 'h(Tabs.Root,{defaultValue:"1"},h(Tabs.List,{size:"2",wrap:"wrap"},'
    'h(Tabs.Trigger,{value:"1"},"a"),h(Tabs.Trigger,{value:"2"},"b")),'
    'h(Tabs.Content,{value:"1",pt:"3"},"c"))',
    "text": 'h("div",{},h(Text,{},"a"),h(Text,{as:"p",size:"8",weight:"medium",truncate:true,'
    'color:"iris",wrap:"balance"},"b"))',
    "text_field": 'h("div",{},h(TextField.Root,{placeholder:"p"}),h(TextField.Root,{size:"3",'
    'variant:"soft",color:"mint",radius:"large",disabled:true},h(TextField.Slot,{side:"right",'
    'px:"2",gap:"1"},"s")),h(TextArea,{resize:"vertical",variant:"classic"}))',
    "theme": 'h(Theme,{appearance:"dark",accentColor:"gold",grayColor:"sand",radius:"none",'
    'scaling:"110%",panelBackground:"solid",hasBackground:true},h(Button,{variant:"solid"},'
    '"a"),h(Card,{},"b"))',
    "tooltip": 'h(Provider,{},h(Tooltip,{content:"tip",open:true},h(Button,{},"a")))',
    "accordion": 'h(Box,{className:"rt-Card rt-variant-classic",style:{color:"var(--ruby-9)"}},'
    "h(Accordion.Root,{},h(Accordion.Item,{value:\"1\"},h(Accordion.Header,{},"
    'h(Accordion.Trigger,{},"a")))))',
}  # fmt: skip

COMPARE = """
async ([whole, part]) => {
  const sheet = document.createElement("style");
  document.head.append(sheet);
  const read = () => {
    const found = [];
    for (const element of document.querySelectorAll("html, body, body *")) {
      if (["STYLE", "SCRIPT"].includes(element.tagName)) continue;
      for (const pseudo of [null, "::before", "::after", "::placeholder"]) {
        const style = getComputedStyle(element, pseudo);
        if (pseudo && pseudo !== "::placeholder" && style.content === "none") {
          found.push([element.className, pseudo, { content: "none" }]);
          continue;
        }
        const values = {};
        for (const name of style) if (!name.startsWith("--")) values[name] = style[name];
        found.push([element.className, pseudo, values]);
      }
    }
    return found;
  };
  const settle = async (text) => {
    sheet.textContent = text + "*,*::before,*::after{animation:none!important;" +
      "transition:none!important}";
    let boxes = -1;
    for (let calm = 0; calm < 4; calm++) {
      await new Promise(requestAnimationFrame);
      const now = document.getElementsByTagName("*").length;
      if (now !== boxes) calm = 0;
      boxes = now;
    }
    document.getAnimations().forEach((animation) => animation.cancel());
    return read();
  };
  const differences = [];
  for (const mode of ["light", "dark"]) {
    document.documentElement.className = mode;
    const [a, b] = [await settle(whole), await settle(part)];
    if (a.length !== b.length) differences.push(`${a.length} boxes became ${b.length}`);
    a.forEach(([name, pseudo, values], index) => {
      for (const key in values)
        if (values[key] !== b[index]?.[2][key])
          differences.push(
            `${mode} .${name} ${pseudo ?? ""} ${key}: ${values[key]} became ${b[index]?.[2][key]}`);
    });
  }
  return differences.slice(0, 12);
}
"""


def kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"-\1", name).lower()


def modules_of(case: str) -> list[ModuleCode]:
    page = CASES[case].replace("Spacer", "Box")
    names = {name.split(".")[0] for name in re.findall(r"\bh\(([A-Z][\w.]*)", page)} | {"Theme"}
    imports = {Import("react/jsx-runtime", "jsx"): "jsx", Import("react", "createElement"): "h"}
    for name in sorted(names):
        if name in {"Provider", "Accordion"}:
            module, taken = {
                "Provider": ("@radix-ui/react-tooltip", "Provider"),
                "Accordion": ("@radix-ui/react-accordion", "*"),
            }[name]
        else:
            module = f"@radix-ui/themes/{kebab(name)}"
            taken = "*" if name in NAMESPACES else name
        imports[Import(module, taken)] = name
    imports[Import("react-dom/client", "createRoot")] = "createRoot"
    body = (
        f"function Page(){{return {page}}}\n"
        f'createRoot(document.getElementById("root")).render(jsx(Theme,{THEME}))'
    )
    return [ModuleCode("main", body, imports, ())]


def css_of(modules: list[ModuleCode], **options: bool) -> str:
    imports = [wanted for module in modules for wanted in module.imports]
    return subset(imports=imports, text="\n".join(module.body for module in modules), **options)


@pytest.mark.parametrize("case", sorted(CASES))
def test_looks_the_same(case: str, tmp_path: Path, host: Host, page: Page) -> None:
    modules = modules_of(case)
    linked = link(modules, {})
    for chunk in linked.chunks:
        (tmp_path / chunk.path).write_text(chunk.text)
    (tmp_path / "index.html").write_text(
        "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><div id=root></div>"
        f'<script type=module src="./{linked.entry}"></script>'
    )
    page.goto(host.mount(f"/css/{case}/", tmp_path))
    page.wait_for_selector(".radix-themes", state="attached")
    assert page.evaluate(COMPARE, [css_of(modules, full=True), css_of(modules)]) == []


def test_is_small() -> None:
    def size(case: str, **options: bool) -> int:
        return len(brotli.compress(css_of(modules_of(case), **options).encode()))

    assert size("heading") < 6_000
    assert size("table") < 8_000
    assert size("heading", full=True) > 40_000


def test_text_that_looks_like_a_prop_keeps_no_more() -> None:
    text = 'const Page=()=>jsx(Text,{color:"gray",children:"site:color:"});'
    assert "--tomato-9:" not in subset(imports=[], text=text, style="")
    assert "--tomato-9:" in subset(imports=[], text=text.replace('"gray"', "tone"), style="")
