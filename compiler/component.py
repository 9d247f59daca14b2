"""Components: what page functions return.

A component holds what its author gave, checked at once so that errors show the author's line.
Nothing is rendered here: ``lower`` turns the tree into the IR.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self, cast

from wasmrx._door import real
from wasmrx.binding import bind
from wasmrx.errors import ChildrenTypeError, ComponentTypeError, WasmrxError
from wasmrx.expr import Chain, Expr
from wasmrx.handlers import EventHandler
from wasmrx.hints import is_class_var, own_annotations
from wasmrx.state import State
from wasmrx.trees import Tree
from wasmrx.var import Var

from .css_names import is_style_name
from .diagnostics import Place, author_line, listed, place_of, place_text
from .ir import Built
from .props import as_style, check_value, unknown_prop
from .scripts import with_scripts
from .spec import ArgsSpec, ComponentSpec, annotated_spec, is_var_hint, trigger_spec

_OWN_FIELDS = frozenset(
    "library tag is_default alias lib_dependencies spec children style event_triggers "
    "class_name id key custom_attrs place shared_styles".split()
)


class Component:
    """Base of all components.

    A class of the library has a ``spec``. A class of an author's names a JavaScript component by
    ``library``, ``tag`` and ``is_default``, and declares props by annotations::

        class Confetti(rx.Component):
            library = "react-confetti"
            tag = "Confetti"
            is_default = True
            pieces: rx.Var[int]
            on_done: rx.EventHandler[rx.event.no_args_event_spec]
    """

    library: str | None = None
    tag: str | None = None
    is_default: bool | None = False
    alias: str | None = None
    lib_dependencies: list[str] = []  # noqa: RUF012 - authors override it as they would in Reflex
    spec: ClassVar[ComponentSpec] = ComponentSpec("rx.Component", None)
    __var_kind__: ClassVar[str] = "component"
    _rename_props: ClassVar[dict[str, str]] = {}
    _valid_children: ClassVar[list[str]] = []
    _invalid_children: ClassVar[list[str]] = []
    _valid_parents: ClassVar[list[str]] = []

    children: list[Component]
    style: dict[str, Any]
    event_triggers: dict[str, Chain]
    class_name: Any
    id: Any
    key: Any
    custom_attrs: dict[str, Any]
    place: Place | None
    shared_styles: Sequence[Mapping[str, Any]] = ()
    """Styles under the component's own, each of them one class for all components that have it."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Self:
        """Return a component with these children and props.

        A child is a component, text, a number, a Var, or a tuple of children; None is nothing.
        A keyword is a prop, a trigger, or a style: what CSS knows, or a pseudo-class (``_hover``).
        """
        return cls._create(children, **props)

    @classmethod
    def _create(cls, children: Sequence[Any], **props: Any) -> Self:
        self = cls.__new__(cls)
        self.place = author_line(2)
        try:
            self._fill(children, props)
        except WasmrxError as error:
            raise error.at(place_of(error) or self.place) from error.__cause__
        return self

    @classmethod
    def _unsafe_create(cls, children: Sequence[Any], **props: Any) -> Self:
        return cls._create(children, **props)

    def _fill(self, children: Sequence[Any], props: dict[str, Any]) -> None:
        spec = spec_of(type(self))
        self.children = list(as_children(children))
        self.style = {}
        self.event_triggers = {}
        self.custom_attrs = {}
        self.class_name = self.id = self.key = None
        _check_children(spec, self.children)
        triggers = self.get_event_triggers()
        var_props = _var_props(type(self))
        for given, value in real({**spec.defaults, **props}).items():
            name = _known_name(spec, given.rstrip("_") or given)
            if value is None:
                self.__dict__.pop(name, None) if name in spec.props else None
            elif name in spec.props:
                check_value(spec, name, spec.props[name], value)
                is_plain = name not in var_props or isinstance(value, (Var, Component))
                self.__dict__[name] = value if is_plain else Var.create(cast(Any, value))
            elif name in triggers:
                chain = bind(value, triggers[name], trigger=f"{name} of {spec.name}")
                self.event_triggers[name] = with_scripts(chain)
            else:
                self._take(spec, name, value)

    def _take(self, spec: ComponentSpec, name: str, value: Any) -> None:
        """Take a keyword that every component knows, or refuse it."""
        if name in ("id", "key", "class_name"):
            setattr(self, name, value)
        elif name == "style":
            self.style = {**self.style, **as_style(value)}
        elif name == "custom_attrs":
            self.custom_attrs |= value
        elif name.startswith(("data_", "aria_", "data-", "aria-")):
            self.custom_attrs[name.replace("_", "-")] = value
        elif is_style_name(name):
            self.style[name] = value
        elif "reflex" in sys.modules and not name.startswith("on_"):
            # Reflex takes any name for CSS, so its apps have names that mean nothing.
            warnings.warn(f"{place_text(self.place)}{unknown_prop(spec, name)}", stacklevel=2)
        else:
            raise unknown_prop(spec, name)

    def __getattr__(self, name: str) -> Any:
        """Return None for a prop that was not given."""
        if not name.startswith("__") and name in spec_of(type(self)).props:
            return None
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def get_event_triggers(self) -> dict[str, ArgsSpec]:
        """Return the argument spec of each trigger, by name."""
        return dict(spec_of(type(self)).all_triggers)

    def add_imports(self) -> Any:
        """Return what the hooks and code import: module → name, or a list of names."""
        return {}

    def add_hooks(self) -> list[str | Var[Any]]:
        """Return JavaScript lines that run at every render."""
        return []

    def add_custom_code(self) -> list[str]:
        """Return JavaScript lines for the top of the page's module."""
        return []

    def add_style(self) -> dict[str, Any] | None:
        """Return styles that lie under those of the author."""
        return None

    def render(self) -> dict[str, Any]:
        """Return what is shown; an empty dict shows nothing."""
        return {"component": self}

    def _as_expr(self) -> Expr:
        return Built(self)

    def __wx_json__(self) -> Any:
        """Return the component as a var of the state has it on the page."""
        known = self.__dict__.get("tree")
        if known is None:
            known = self.__dict__["tree"] = _make_tree[0](self)
        return known

    def __reduce__(self) -> Any:
        """Save the component as what it shows."""
        return (Tree, (self.__wx_json__(),))

    def __deepcopy__(self, memo: object) -> Self:
        """Return the component itself: one that a var holds never changes."""
        return self

    def __repr__(self) -> str:
        """Return the name and the number of children."""
        return f"<{spec_of(type(self)).name} with {len(self.children)} children>"


class Fragment(Component):
    """Several components where one is asked for."""

    spec: ClassVar[ComponentSpec] = ComponentSpec("rx.fragment", None)


class Bare(Component):
    """Text, or a value shown as text."""

    spec: ClassVar[ComponentSpec] = ComponentSpec("text", None)
    contents: Any

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Self:
        """Return the component of one value."""
        self = cls._create(())
        self.__dict__["contents"] = props.get("contents", children[0] if children else "")
        return self


class SavedComponent(Component):
    """What a var held when it was saved, as part of another component."""

    spec: ClassVar[ComponentSpec] = ComponentSpec("rx.Component", None)
    data: dict[str, Any]

    @classmethod
    def of(cls, tree: Tree) -> Self:
        """Return the component of ``tree``."""
        self = cls._create(())
        self.__dict__["data"] = tree.data
        return self


class NoSSRComponent(Component):
    """A component that only works in the browser; the prerendered HTML leaves it out."""

    _client_only: ClassVar[bool] = True


_make_tree: list[Callable[[Component], dict[str, Any]]] = []


def set_tree_maker(make: Callable[[Component], dict[str, Any]]) -> None:
    """Tell how a component becomes data; ``wasmrx.compiler.held`` does it when imported."""
    _make_tree[:] = [make]


_specs: dict[type, ComponentSpec] = {}
_var_names: dict[type, frozenset[str]] = {}


def spec_of(cls: type[Component]) -> ComponentSpec:
    """Return the table of ``cls``: the library's, or one made from an author's annotations."""
    known = _specs.get(cls)
    if known is None:
        if "spec" in cls.__dict__:
            known = cls.__dict__["spec"]
        else:
            parent = next(base for base in cls.__mro__[1:] if issubclass(base, Component))
            own = _prop_hints(cls)
            known = annotated_spec(spec_of(parent), cls, own)
            declared = {name for name, hint in own.items() if is_var_hint(hint)}
            _var_names[cls] = _var_props(parent) | declared
        _specs[cls] = known
    return known


def _known_name(spec: ComponentSpec, name: str) -> str:
    """Return a prop's name for one written as HTML has it: ``crossorigin``, ``maxLength``."""
    if name in spec.props or is_style_name(name) or name.startswith(("on_", "data_", "aria_")):
        return name
    flat = name.replace("_", "").lower()
    return next((known for known in spec.props if known.replace("_", "") == flat), name)


def _var_props(cls: type[Component]) -> frozenset[str]:
    spec_of(cls)
    return _var_names.get(cls, frozenset())


def _prop_hints(cls: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    module = sys.modules.get(cls.__module__)
    scope = {**vars(module)} if module else {}
    for name, hint in own_annotations(cls).items():
        if name.startswith("_") or name in _OWN_FIELDS or is_class_var(hint):
            continue
        text = getattr(hint, "__forward_arg__", hint)
        if isinstance(text, str):
            try:
                hint = eval(text, scope, dict(vars(cls)))
            except Exception:  # the annotation is the author's code: anything may happen
                hint = Any
        found[name] = hint
        default = cls.__dict__.get(name)
        value = getattr(default, "default", None) if hasattr(default, "default_factory") else None
        if value is not None or hasattr(default, "default_factory"):
            setattr(cls, name, value)
        if trigger_spec(hint) is not None and name in cls.__dict__:
            delattr(cls, name)
    return found


def make(spec: ComponentSpec, base: type[Component] = Component) -> type[Component]:
    """Return the component class of a table."""
    name = spec.name.rpartition(".")[2]
    title = "".join(part.title() for part in name.split("_"))
    return type(title, (base,), {"spec": spec, "__module__": base.__module__})


def as_children(children: Iterable[Any]) -> Iterator[Component]:
    """Yield each child as a component; raise ChildrenTypeError where it cannot be one."""
    for child in map(real, children):
        if child is None:
            continue
        if isinstance(child, Component):
            yield child
        elif isinstance(child, Tree):
            yield SavedComponent.of(child)
        elif isinstance(child, tuple):
            yield Fragment.create(*cast("tuple[Any, ...]", child))
        elif isinstance(child, (str, int, float, Var)):
            yield Bare.create(child)
        else:
            raise ChildrenTypeError(_child_message(child))


def _is_state(child: object) -> bool:
    return isinstance(child, type) and issubclass(child, State)


def _child_message(child: Any) -> str:
    kind: str = type(child).__name__
    shown = f"{child!r} (a {kind})"
    if isinstance(child, (list, set, dict)):
        shown = f"A {kind}"
    if isinstance(child, (list, set)):
        fix = "Put a `*` before it to give its items as children, or use rx.foreach."
    elif isinstance(child, dict):
        fix = "Give single values of it, or use rx.foreach(the_dict, render_pair)."
    elif isinstance(child, EventHandler):
        shown = f"The event handler {child.name}"
        fix = "Give it to a trigger: on_click=the_handler."
    elif _is_state(child):
        shown = f"The state {child.__qualname__}"
        fix = f"Give one of its vars, {child.__qualname__}.name_of_var."
    elif callable(child):
        shown = f"The function {getattr(child, '__name__', repr(child))}"
        fix = f"Call it: {getattr(child, '__name__', 'it')}()."
    else:
        fix = "Give text, a number, a component or a Var."
    return f"{shown} cannot be a child of a component. {fix}"


_TRANSPARENT = ("rx.fragment", "rx.cond", "rx.foreach", "rx.match", "text")


def _check_children(spec: ComponentSpec, children: Sequence[Component]) -> None:
    if spec.void and children:
        raise ChildrenTypeError(f"{spec.name} takes no children.")
    for child in children:
        inner = spec_of(type(child))
        if inner.name in _TRANSPARENT:
            continue
        if spec.only_children and not _named(inner, child, spec.only_children):
            raise ComponentTypeError(
                f"{inner.name} cannot be a child of {spec.name}, whose children are "
                f"{listed(spec.only_children)}."
            )
        if spec.no_children and _named(inner, child, spec.no_children):
            raise ComponentTypeError(f"{inner.name} cannot be a child of {spec.name}.")
        if inner.only_parents and spec.name not in inner.only_parents:
            parents = listed(inner.only_parents)
            if spec.name in _TRANSPARENT or spec.name in parents:
                continue
            raise ComponentTypeError(
                f"{inner.name} cannot be a child of {spec.name}; it belongs in {parents}."
            )


def _named(spec: ComponentSpec, child: Component, names: Sequence[str]) -> bool:
    return spec.name in names or type(child).__name__ in names


def given_props(component: Component) -> Mapping[str, Any]:
    """Return the props that reach JavaScript, by Python name, with their values."""
    found: dict[str, Any] = {}
    for name, prop in spec_of(type(component)).props.items():
        value = component.__dict__.get(name, getattr(type(component), name, None))
        if prop.rendered and value is not None:
            found[name] = value
    return found
