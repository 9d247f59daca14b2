"""What ``rx._x.client_state`` is on the host; ``test_vars_page`` shows it in a browser."""

from __future__ import annotations

import pytest

import wasmrx as rx
from wasmrx.client_state import ClientStateVar
from wasmrx.errors import VarTypeError
from wasmrx.handlers import EventSpec
from wasmrx.var import type_of


def test_a_client_state_has_the_type_of_its_default() -> None:
    assert type_of(rx._x.client_state("n", default=1).value) is int
    assert rx._x.client_state("n").value.is_none()._type is bool


def test_two_of_one_name_are_one_value_unless_kept_apart() -> None:
    first, second = ClientStateVar.create("a", 1), ClientStateVar.create("a", 1)
    assert first.value.equals(second.value)
    apart = ClientStateVar.create("a", 1, global_ref=False)
    assert not first.value.equals(apart.value)
    assert not apart.value.equals(ClientStateVar.create("a", 1, global_ref=False).value)


def test_setting_is_an_event_of_the_page() -> None:
    var = ClientStateVar.create("a", 1)
    for spec in (var.set_value(2), var.push(2), var.set(2), var.set_value()(2)):
        assert isinstance(spec, EventSpec)
        assert (spec.kind, spec.values) == ("action", (("name", "var.a"), ("value", 2)))


def test_handlers_cannot_reach_what_is_kept_apart() -> None:
    apart = ClientStateVar.create("a", 1, global_ref=False)
    for refused in (lambda: apart.push(1), lambda: apart.retrieve()):
        with pytest.raises(VarTypeError, match="global_ref=False"):
            refused()
