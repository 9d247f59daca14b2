"""An app with a rule for all handlers: who may not call is refused, whatever the body is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backends import Backend, Visitor, running_backend


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """The backend of ``tests/server/rules_app``."""
    data = tmp_path_factory.mktemp("rules") / "data.sqlite"
    with running_backend(Path(__file__).parent / "rules_app", data) as running:
        yield running


def test_a_handler_that_says_nothing_is_shut(visitor: Visitor) -> None:
    refused = visitor.call("shut")
    assert (refused.status, refused.code, refused.vars) == (401, "login", {})
    assert visitor.call("enter", name="bob").status == 200
    assert visitor.call("shut").vars == {"text": "for bob"}
    refused = visitor.call("anns")
    assert (refused.status, refused.code) == (403, "forbidden")


@pytest.mark.parametrize("body", [b"{" * 1000, b"\xff", b" " * 1_100_000, b""])
def test_it_is_shut_before_the_body_is_decoded(visitor: Visitor, body: bytes) -> None:
    assert visitor.post("shut", body).code == "login"
    assert visitor.post("enter", body).code in ("json", "large")
    visitor.call("enter", name="ann")
    assert visitor.post("shut", body).code in ("json", "large")
