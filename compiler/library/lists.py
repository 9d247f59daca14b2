"""Lists, and the list of names and values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from wasmrx.compiler.component import Component
from wasmrx.compiler.control import foreach
from wasmrx.var import Var

from .families import html, themed
from .namespaces import Namespace
from .values import is_var


class _List(Component):
    """A list that may be given its items as values."""

    _marker: ClassVar[str] = "none"

    @classmethod
    def create(
        cls,
        *children: Any,
        items: Sequence[Any] | Var[Any] | None = None,
        list_style_type: Any = None,
        **props: Any,
    ) -> Component:
        """Return a list of ``children`` or, one list item each, of ``items``."""
        if items is not None:
            if is_var(items):
                children = (foreach(items, ListItem.create),)
            else:
                children = tuple(ListItem.create(item) for item in cast("Sequence[Any]", items))
        marker = list_style_type if list_style_type is not None else cls._marker
        return super().create(*children, **{"list_style_type": marker, **props})


class _Unordered(_List):
    """A list with bullets."""

    _marker = "disc"


class _Ordered(_List):
    """A list with numbers."""

    _marker = "decimal"


ListItem = html("list.item", "li")
List = html("list", "ul", base=_List)
UnorderedList = html("list.unordered", "ul", defaults={"margin_left": "1.5rem"}, base=_Unordered)
OrderedList = html("list.ordered", "ol", defaults={"margin_left": "1.5rem"}, base=_Ordered)

list_item = ListItem.create
unordered_list = UnorderedList.create
ordered_list = OrderedList.create
list_ns = Namespace("list", List, item=list_item, ordered=ordered_list, unordered=unordered_list)

data_list = Namespace(
    "data_list",
    root=themed("data_list.root", "data-list#Root", tag="dl").create,
    item=themed("data_list.item", "data-list#Item", tag="div").create,
    label=themed("data_list.label", "data-list#Label", tag="dt").create,
    value=themed("data_list.value", "data-list#Value", tag="dd").create,
)
