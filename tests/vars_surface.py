"""The operations that Reflex's Var classes have, by kind, and which of them a piece of code uses.

What only refuses (``bool()``, ``in``, iteration) is tested beside the other refusals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wasmrx.var import Var

_ORDER = "__lt__ __le__ __gt__ __ge__"
_ANY = "__eq__ __ne__ __and__ __rand__ __or__ __ror__ __invert__ bool is_none is_not_none to"
SURFACE: dict[str, str] = {
    "any": f"{_ANY} to_string js_type deep_equals guess_type __format__ __str__",
    "class": "create range",
    "number": (
        "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ "
        "__floordiv__ __rfloordiv__ __mod__ __rmod__ __pow__ __rpow__ __neg__ __invert__ __pos__ "
        f"__abs__ __round__ __ceil__ __floor__ __trunc__ {_ORDER} __eq__ __ne__ __format__"
    ),
    "bool": f"__invert__ __pos__ bool {_ORDER}",
    "str": (
        "__add__ __radd__ __mul__ __rmul__ __getitem__ length lower upper title capitalize strip "
        f"lstrip rstrip reversed contains split startswith endswith replace {_ORDER}"
    ),
    "array": (
        "__add__ __mul__ __rmul__ __getitem__ length join reverse contains pluck map foreach "
        f"filter reduce flat_map {_ORDER}"
    ),
    "object": "keys values entries items length merge get contains __getitem__ attribute",
    "datetime": f"{_ORDER} __eq__ __ne__",
    "function": "call partial __call__",
    "none": "__eq__",
}


def recorded(run: Callable[[], object]) -> set[tuple[str, str]]:
    """Return (kind of the Var, name) of every operation of Vars that ``run`` uses."""
    used: set[tuple[str, str]] = set()

    def watched(name: str, original: Any) -> Any:
        def call(self: Any, *args: Any, **kwargs: Any) -> Any:
            shown = {"_call_method": args[:1], "__getattr__": ("attribute",)}.get(name, (name,))
            used.add(("class" if isinstance(self, type) else self._kind, shown[0]))
            return original(self, *args, **kwargs)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name, original in list(vars(Var).items()):
            if name in ("__init__", "__class_getitem__", "__hash__", "__new__"):
                continue
            if isinstance(original, classmethod):
                patch.setattr(Var, name, classmethod(watched(name, original.__func__)))
            elif hasattr(original, "method"):
                patch.setattr(original, "method", watched(name, original.method))
            elif callable(original):
                patch.setattr(Var, name, watched(name, original))
        run()
    return used
