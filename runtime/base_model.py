"""``rx.Base``: a small model class, as older Reflex apps use it for the items of a list var."""

from __future__ import annotations

import builtins
import copy
import dataclasses
import json
from collections.abc import Callable
from typing import Any

from .codec import to_json
from .hints import own_annotations


def _copies(value: Any) -> Callable[[], Any]:
    return lambda: copy.deepcopy(value)


class Base:
    """A class whose annotations are its fields, given by name: ``Item(name="a", price=1)``."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Make the class a dataclass; mutable defaults are copied for each object."""
        super().__init_subclass__(**kwargs)
        for name in own_annotations(cls):
            value = vars(cls).get(name)
            if isinstance(value, (list, dict, set)):
                setattr(cls, name, dataclasses.field(default_factory=_copies(value)))
        dataclasses.dataclass(kw_only=True)(cls)

    def set(self, **values: Any) -> Base:
        """Set several fields and return this object."""
        for name, value in values.items():
            setattr(self, name, value)
        return self

    def dict(self) -> builtins.dict[str, Any]:
        """Return the fields by name."""
        names: builtins.dict[str, Any] = getattr(self, "__dataclass_fields__", {})
        return {name: getattr(self, name) for name in names}

    def json(self) -> str:
        """Return the fields as JSON text."""
        return json.dumps(to_json(self, type(self).__name__, "json", []))
