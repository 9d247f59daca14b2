"""The phases ``analyze`` and ``emit`` on IR made by hand."""

from __future__ import annotations

import pytest

from wasmrx.compiler.analyze import Analysis
from wasmrx.compiler.emit import emit_page
from wasmrx.compiler.ir import (
    Choice,
    Each,
    Element,
    Group,
    Markup,
    Node,
    PageCode,
    Show,
    Text,
)
from wasmrx.expr import Call, Chain, Import, Literal, Local, Op, Raw, StateVar

NAME = StateVar("app.State", "name")
OPEN = StateVar("app.State", "open")


def body(root: Node) -> list[str]:
    """Return the lines of a page's module."""
    return emit_page(PageCode("/", root)).body.split("\n")


def element(*children: Node, tag: str = "div", **props: object) -> Element:
    return Element(tag, tuple((k, v) for k, v in props.items()), children)  # type: ignore[misc]


def test_what_reads_nothing_is_a_constant() -> None:
    assert body(element(Text("a"), element(Text('b"<'), tag="p"))) == [
        'const e1 = jsx("p", {children: "b\\"<"});',
        'const e2 = jsx("div", {children: ["a", e1]});',
        "const Page = () => e2;",
    ]


def test_equal_constants_are_written_once() -> None:
    assert body(element(element(tag="hr"), element(tag="hr")))[:2] == [
        'const e1 = jsx("hr", {});',
        'const e2 = jsx("div", {children: [e1, e1]});',
    ]


def test_only_the_reader_becomes_a_component() -> None:
    tree = element(element(Show(NAME), tag="p"), element(Text("static"), tag="p"))
    analysis = Analysis()
    assert not analysis.is_component(tree)
    assert [analysis.is_component(child) for child in tree.children] == [True, False]


def test_a_component_subscribes_once_to_each_var() -> None:
    lines = body(element(Show(NAME), Show(NAME), Show(OPEN)))
    assert [line.strip() for line in lines if "useVar" in line] == [
        'const name$ = useVar("app.State", "name");',
        'const open$ = useVar("app.State", "open");',
    ]


def test_vars_of_one_name_get_different_locals() -> None:
    other = StateVar("app.Other", "name")
    text = "\n".join(body(element(Show(NAME), Show(other))))
    assert "[show(name$), show(name$$)]" in text


def test_a_chain_subscribes_to_nothing() -> None:
    chain = Chain((), ((None, Call("event", "app.State.go", (("to", NAME),))),))
    lines = body(element(onClick=chain))
    assert (
        lines[0] == 'const h1 = on([() => call("app.State.go", {to: peek("app.State", "name")})]);'
    )
    assert lines[1] == 'const e1 = jsx("div", {onClick: h1});'


def test_a_row_gets_the_outer_names_that_it_uses() -> None:
    inner = Each(
        Local("item1"), "item2", "index2", element(Show(Local("item2")), Show(Local("index1")))
    )
    outer = Each(NAME, "item1", "index1", element(inner))
    text = "\n".join(body(outer))
    assert "const R1 = memo(({item: item2, index: index2, index1}) =>" in text
    assert "(a, b) => a.item === b.item && a.index1 === b.index1" in text
    assert "each(item1, R1, {index1})" in text


def test_a_row_that_shows_its_index_is_compared_with_it() -> None:
    row = element(Show(Local("index1")))
    assert "(a, b) =>" not in "\n".join(body(Each(NAME, "item1", "index1", row)))


def test_the_key_of_a_row() -> None:
    key = Op("attr", (Local("item1"), Literal("id")))
    text = "\n".join(body(Each(NAME, "item1", "index1", Element("p", (), (), key), key)))
    assert "R1.keyOf = (item1, index1) => item1?.id;" in text
    assert 'jsx("p", {})' in text, "the page's each() sets the key"


def test_a_slot_keeps_its_child_a_direct_element() -> None:
    trigger = Import("@radix-ui/themes/dialog", "Trigger")
    child = Choice(OPEN, element(Show(NAME), tag="button"), Group(()))
    text = "\n".join(body(Element(trigger, (), (child,), slot=True)))
    assert text.count("memo(") == 1
    assert 'jsx(Trigger, {children: (s1$t ? jsx("button"' in text


def test_the_only_text_of_an_element_is_the_pages_to_write() -> None:
    assert body(element(Show(NAME), tag="p"))[:4] == [
        'const s1 = source([["app.State", "name"]], (name$) => show(name$));',
        "const C1 = memo(() => {",
        "  const text$t = useText(s1);",
        '  return jsx("p", {ref: text$t.ref, children: text$t.shown()});',
    ]


@pytest.mark.parametrize(
    "node",
    [
        element(Show(NAME), Text("!"), tag="p"),
        element(Show(NAME), tag="textarea"),
        element(Show(NAME), tag="p", ref=Local("mine")),
        element(Show(Op("add", (NAME, Local("item")))), tag="p"),
        element(Show(Raw(("window.x + ", NAME))), tag="p"),
    ],
)
def test_other_text_is_reacts(node: Element) -> None:
    text = "\n".join(body(Each(NAME, "item", "index", node)))
    assert "useText" not in text
    assert 'useVar("app.State", "name")' in text


def test_a_test_renders_only_where_its_outcome_differs() -> None:
    lines = body(Choice(Op("gt", (NAME, Literal(3))), Text("many"), Text("few")))
    assert [line for line in lines if "name" in line] == [
        'const s1 = source([["app.State", "name"]], (name$) => (name$ > 3));'
    ]


def test_markup_in_a_prop() -> None:
    lines = body(element(icon=Markup(element(Text("!"), tag="b"))))
    assert lines[:2] == [
        'const e1 = jsx("b", {children: "!"});',
        'const e2 = jsx("div", {icon: e1});',
    ]


def test_hooks_run_in_a_component_of_their_own() -> None:
    hook = Raw(("const x = useId()",), (("useId", Import("react", "useId")),))
    code = emit_page(PageCode("/", Element(None, hooks=(hook,))))
    assert "  const x = useId();\n  return null;" in code.body
    assert Import("react", "useId") in code.imports


def test_imports_of_one_name_get_different_locals() -> None:
    first, second = (
        Import("@radix-ui/themes/table", "Root"),
        Import("@radix-ui/themes/tabs", "Root"),
    )
    imports = emit_page(PageCode("/", Element(first, (), (Element(second),)))).imports
    assert sorted(imports[wanted] for wanted in (first, second)) == ["Root_2", "Root_3"]


def test_names_of_the_page_never_clash_with_javascript() -> None:
    imports = emit_page(PageCode("/", Element(Import("lucide-react/icons", "delete")))).imports
    assert imports[Import("lucide-react/icons", "delete")] == "delete_2"
