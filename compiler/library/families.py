"""Makes component classes of the library: each takes what its table says, with a few changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal

from wasmrx.arg_specs import ArgsSpec, no_args_event_spec
from wasmrx.compiler.component import Component, make
from wasmrx.compiler.spec import ComponentSpec, Prop
from wasmrx.expr import Import, Raw
from wasmrx.var import Var
from wasmrx.var_literal import MARK_OPEN

from .prop_tables import Lazy, element_props, element_triggers, props_in, svg_props, table

Props = Mapping[str, Prop]
Triggers = Mapping[str, ArgsSpec]

THEMES = "@radix-ui/themes/"
NO_PROPS: Props = {}
NO_TRIGGERS: Triggers = {}
NOTHING: Mapping[str, Any] = {}

ACCENTS = (
    *("tomato", "red", "ruby", "crimson", "pink", "plum", "purple", "violet", "iris", "indigo"),
    *("blue", "cyan", "teal", "jade", "green", "grass", "brown", "orange", "sky", "mint", "lime"),
    *("yellow", "amber", "gold", "bronze", "gray"),
)
AS_CHILD: Props = {"as_child": Prop(bool, rendered=False)}
"""Taken everywhere as in Reflex; it means something where Radix has it too."""

COLOR_SCHEME = Prop(Literal[ACCENTS], "color")
SPACING = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]

# What Radix takes as props and CSS as well; authors mean CSS, whose values are richer.
_LAYOUT_NAMES = """
width minWidth maxWidth height minHeight maxHeight position inset top right bottom left overflow
overflowX overflowY flexBasis flexShrink flexGrow gridArea gridColumn gridRow gridColumnStart
gridColumnEnd gridRowStart gridRowEnd display gap gapX gapY alignSelf justifySelf alignContent
justifyItems container
"""
_LAYOUT = frozenset(_LAYOUT_NAMES.split())


def reference(module: str, name: str) -> Var[Any]:
    """Return a Var of something that a JavaScript module exports."""
    local = name if name != "default" else "imported"
    return Var(Raw((local,), ((local, Import(module, name)),)), Any)


def themed(
    name: str,
    part: str,
    *,
    tag: str = "",
    keep: Collection[str] = (),
    props: Props = NO_PROPS,
    triggers: Triggers = NO_TRIGGERS,
    base: type[Component] = Component,
    **options: Any,
) -> type[Component]:
    """Return a component of Radix Themes.

    ``part`` names it, ``"select#Trigger"``; ``tag`` is the HTML element whose attributes it takes
    too; ``keep`` are layout props of Radix that stay props; ``props`` come over the table's.
    Events of Radix itself (``onOpenChange``) are given in ``triggers``. ``options`` are other
    fields of ComponentSpec.
    """
    module, _, export = (THEMES + part).partition("#")

    def all_props() -> Props:
        row = table("themes")[f"{module}#{export}"]
        own = props_in(row["props"], drop=_LAYOUT - set(keep))
        if "color" in own:
            del own["color"]
            own["color_scheme"] = COLOR_SCHEME
        return {**AS_CHILD, **(element_props(tag) if tag else {}), **own, **props}

    return make(
        ComponentSpec(
            name=f"rx.{name}",
            element=Import(module, export),
            props=Lazy(all_props),
            triggers=_triggers(tag, triggers),
            **options,
        ),
        base,
    )


def primitive(
    name: str,
    part: str,
    *,
    tag: str = "",
    props: Props = NO_PROPS,
    triggers: Triggers = NO_TRIGGERS,
    base: type[Component] = Component,
    **options: Any,
) -> type[Component]:
    """Return a component of Radix Primitives or vaul; ``part`` names it, ``"accordion#Item"``."""
    module, _, export = part.partition("#")
    module = module if module == "vaul" else f"@radix-ui/react-{module}"

    def all_props() -> Props:
        own = props_in(table("primitives")[f"{module}#{export}"]["props"])
        return {**AS_CHILD, **(element_props(tag) if tag else {}), **own, **props}

    return make(
        ComponentSpec(
            name=f"rx.{name}",
            element=Import(module, export),
            props=Lazy(all_props),
            triggers=_triggers(tag, triggers),
            **options,
        ),
        base,
    )


def html(
    name: str,
    tag: str,
    *,
    element: Import | str = "",
    props: Props = NO_PROPS,
    triggers: Triggers = NO_TRIGGERS,
    base: type[Component] = Component,
    **options: Any,
) -> type[Component]:
    """Return an HTML element, or what stands for it in JavaScript."""
    return make(
        ComponentSpec(
            name=f"rx.{name}",
            element=element or tag,
            props=Lazy(lambda: {**element_props(tag), **props}),
            triggers=_triggers(tag, triggers),
            **options,
        ),
        base,
    )


def svg(name: str, tag: str, *, base: type[Component] = Component) -> type[Component]:
    """Return an SVG element."""
    return make(
        ComponentSpec(
            name=f"rx.{name}",
            element=tag,
            props=Lazy(lambda: svg_props(tag)),
            triggers=_triggers("svg", NO_TRIGGERS),
        ),
        base,
    )


class Sourced(Component):
    """An element with a ``src``. A file of the site (``/logo.png``) gets the site's base."""

    _sited: ClassVar[type[Component]]

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the element. A frame's document runs nothing where it may come from state."""
        document = props.get("src_doc")
        if isinstance(document, Var) or MARK_OPEN in str(document or ""):
            props.setdefault("sandbox", "")
        for name in ("src", "poster"):
            value = props.get(name)
            if isinstance(value, Var) or str(value or "").startswith(("/", MARK_OPEN)):
                return cls._sited._create(children, **props)
        return cls._create(children, **props)


def sourced(made: type[Component], element: Any) -> type[Component]:
    """Return ``made``, whose base is Sourced, with what it becomes for files of the site."""
    spec = replace(made.spec, element=Import("wasmrx/media", "Sourced"), fixed={"as": element})
    made._sited = make(spec, made)  # pyright: ignore[reportAttributeAccessIssue]
    return made


def plain(
    name: str,
    module: str,
    export: str,
    props: Props,
    triggers: Triggers = NO_TRIGGERS,
    *,
    base: type[Component] = Component,
    **options: Any,
) -> type[Component]:
    """Return a component of the page runtime or of another module, all props given here."""
    spec = ComponentSpec(
        name=f"rx.{name}",
        element=Import(module, export),
        props=props,
        triggers=triggers,
        **options,
    )
    return make(spec, base)


def _triggers(tag: str, own: Triggers) -> Triggers:
    return Lazy(lambda: {**element_triggers(tag or "div"), **own})


def events(*names: str) -> Triggers:
    """Return triggers that give nothing."""
    return dict.fromkeys(names, no_args_event_spec)
