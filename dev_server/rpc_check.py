"""The body of a call: bounded first, then checked against the handler's annotations.

Nothing of it is looked up as a name, and nothing becomes an object but by the declared types.
Arguments are converted as a browser's handlers convert them (an input's "3" for an int); vars of
the state have the declared types already and are taken strictly. What the page is told of a misfit
says nothing of the annotations and the validators, which are the server's own; the log does.
"""

from __future__ import annotations

import inspect
import json
import logging
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any, NotRequired, Required, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.errors import PydanticSchemaGenerationError, PydanticUserError
from typing_extensions import TypedDict

from wasmrx.errors import ServerHandlerError
from wasmrx.fields import Field
from wasmrx.handlers import unwrapped
from wasmrx.wasm.server_table import ServerHandler

from .rpc_errors import CallRefused

logger = logging.getLogger("wasmrx.backend")


@dataclass(frozen=True)
class Bounds:
    """What a call may be at most."""

    bytes: int = 1_000_000
    depth: int = 32
    values: int = 50_000
    text: int = 500_000
    digits: int = 300


@dataclass(frozen=True)
class Body:
    """A call that fits: the arguments by name, and the values of the vars that go along."""

    arguments: dict[str, Any]
    reads: dict[Field[Any], Any]


def check_bounds(data: bytes, bounds: Bounds) -> None:
    """Raise CallRefused where JSON text is too large, too deep, ambiguous, or none."""
    if len(data) > bounds.bytes:
        raise CallRefused("large")
    try:
        value = _decoder(bounds.digits).decode(data.decode("utf-8", "strict"))
    except (ValueError, RecursionError) as error:
        raise CallRefused("json") from error
    most_deep = data.count(b"{") + data.count(b"[")
    if len(data) > min(bounds.values, bounds.text) or most_deep >= bounds.depth:
        _walk(value, bounds)


@lru_cache
def _decoder(digits: int) -> json.JSONDecoder:
    """Return a decoder that raises CallRefused where text is JSON for some readers only."""

    def number(read: Callable[[str], Any]) -> Callable[[str], Any]:
        def convert(text: str) -> Any:
            value = read(text) if len(text) <= digits else math.inf
            if isinstance(value, float) and not math.isfinite(value):
                raise CallRefused("json", "A number is too large.")
            return value

        return convert

    def refuse(_: str) -> Any:
        raise CallRefused("json", "A number is none.")

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            raise CallRefused("json", "An object names something twice.")
        return found

    return json.JSONDecoder(
        object_pairs_hook=pairs,
        parse_int=number(int),
        parse_float=number(float),
        parse_constant=refuse,
    )


def _walk(value: Any, bounds: Bounds) -> None:
    level: list[Any] = [value]
    seen = 0
    for _ in range(bounds.depth):
        seen += len(level)
        if seen > bounds.values:
            raise CallRefused("json", "It holds too many values.")
        below: list[Any] = []
        for each in level:
            if isinstance(each, str) and len(each) > bounds.text:
                raise CallRefused("json", "A text is too long.")
            if isinstance(each, dict):
                below.extend(cast("dict[str, Any]", each))
                below.extend(cast("dict[str, Any]", each).values())
            elif isinstance(each, list):
                below.extend(cast("list[Any]", each))
        if not below:
            return
        level = below
    raise CallRefused("json", "It is too deep.")


class Checker:
    """Makes the body of one handler's calls; made once."""

    def __init__(self, found: ServerHandler) -> None:
        """Read the annotations; raise ServerHandlerError where one cannot be checked."""
        self.found = found
        arguments = _typed_dict("Arguments", self._parameters(), strict=False)
        states: dict[str, dict[str, Any]] = {}
        for field in found.reads:
            states.setdefault(field.owner.get_full_name(), {})[field.name] = Required[field.hint]
        reads = {
            name: Required[_typed_dict(f"Reads{i}", fields, strict=True)]
            for i, (name, fields) in enumerate(states.items())
        }
        known = _typed_dict("Reads", reads, strict=True)
        self._arguments = self._made(_body(arguments, Any if reads else known))
        self._reads = self._made(_body(Any, known)) if reads else None

    def _parameters(self) -> dict[str, Any]:
        signature = inspect.signature(unwrapped(self.found.handler.fn)).parameters
        kinds: dict[str, Any] = {}
        for name in self.found.handler.params:
            hint = self.found.hints[name]
            is_needed = signature[name].default is inspect.Parameter.empty
            kinds[name] = Required[hint] if is_needed else NotRequired[hint]
        return kinds

    def _made(self, kind: Any) -> TypeAdapter[Any]:
        try:
            return TypeAdapter(kind)
        except (PydanticSchemaGenerationError, PydanticUserError) as error:
            what = str(error).partition("\n")[0].partition(". Set ")[0]
            raise ServerHandlerError(
                f"{self.found.handler.name} takes or reads a type that cannot be checked on the "
                f"server: {what}. Use types of Python, dataclasses, TypedDicts or pydantic models."
            ).at(self.found.handler.place) from error

    def body(self, data: bytes) -> Body:
        """Return the call that JSON text, within its bounds, says."""
        try:
            arguments = self._arguments.validate_json(data, extra="forbid")["args"]
            _refuse_odd(arguments)
            values = self._strict(data)
        except ValidationError as error:
            raise self._misfit(error) from error
        except RecursionError as error:
            raise CallRefused("json") from error
        except Exception as error:  # A validator of the author's.
            refused = CallRefused("invalid")
            logger.exception("%s (error %s)", self.found.handler.name, refused.id)
            raise refused from error
        reads = {
            field: values[field.owner.get_full_name()][field.name] for field in self.found.reads
        }
        return Body(arguments, reads)

    def _strict(self, data: bytes) -> Mapping[str, Any]:
        """Return the vars by state; where there are none, the body has been checked already."""
        if self._reads is None:
            return {}
        return self._reads.validate_json(data, strict=True, extra="forbid")["reads"]

    def _misfit(self, error: ValidationError) -> CallRefused:
        """Return the refusal; the log has the reasons under its number, not what was sent."""
        first = _first(error)
        handler = self.found.handler
        refused = CallRefused("invalid", _words(first, handler.params))
        where = ".".join(str(step)[:40] for step in first["loc"][:6])
        words = "%s does not take %s: %s (error %s)"
        logger.info(words, handler.name, where, first["msg"][:200], refused.id)
        return refused


def _body(arguments: Any, reads: Any) -> Any:
    body = {"args": Required[arguments], "reads": Required[reads]}
    return _typed_dict("Body", body, strict=False)


def _typed_dict(name: str, fields: Mapping[str, Any], *, strict: bool) -> Any:
    made: Any = TypedDict(name, dict(fields))  # type: ignore[operator] # pyright: ignore
    made.__pydantic_config__ = ConfigDict(extra="forbid", strict=strict, allow_inf_nan=False)
    return made


def _refuse_odd(value: Any) -> None:
    """Raise ValueError where text such as "NaN" became a float that JSON could not have said."""
    left: list[Any] = [value]
    while left:
        each = left.pop()
        if isinstance(each, float):
            if not math.isfinite(each):
                raise ValueError("A number is not finite.")
        elif isinstance(each, dict):
            left.extend(cast("dict[Any, Any]", each))
            left.extend(cast("dict[Any, Any]", each).values())
        elif isinstance(each, list | tuple | set | frozenset):
            left.extend(cast("list[Any]", each))
        else:
            left.extend(_given(each))


def _given(value: Any) -> list[Any]:
    """Return what an object holds of the call, as far as that is told: not its defaults."""
    if isinstance(value, BaseModel):
        return [getattr(value, name) for name in value.model_fields_set]
    if not is_dataclass(value) or isinstance(value, type):
        return []
    held = [(getattr(value, each.name, MISSING), each.default) for each in fields(value)]
    return [each for each, default in held if each is not default and each != default]


def _first(error: ValidationError) -> Mapping[str, Any]:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return cast("Mapping[str, Any]", found[0])


def _words(first: Mapping[str, Any], names: Collection[str]) -> str:
    """Return where a call does not fit and in which way, by pydantic's name for that."""
    place = [str(step) for step in first["loc"][:2]]
    if place[:1] == ["args"]:
        known = ".".join(place) if place[1:] and place[1] in names else "args"
    else:
        known = "reads" if place[:1] == ["reads"] else "body"
    return f"{known}: {first['type'][:40]}."
