"""Every kind of statement and expression: authors' modules are compiled before the first event."""

import contextlib
import os.path as paths
from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypedDict, TypeVar

T = TypeVar("T")
A, *B, C = 1, 2, 3, 4
TABLE = {"a": 1, "b": [*range(3)], "c": (1.5e3, 0x1F, 0b11, 1_000j, b"\x00\xff", r"\d", ...)}
NESTED = f"{A!r:>{C}} {TABLE['b']:} {{}} {'x' if A else 'y'} {A + 1 = } {(lambda: A)()}"
LONG = (
    """several
lines"""
    "and more"
    if not A
    else None
)


def decorated(*marks: str, **more: int) -> Callable[[T], T]:
    def mark(function: T) -> T:
        nonlocal marks
        marks = (*marks, str(more))
        return function

    return mark


@decorated("a", "b", c=1)
def everything(
    a: int, /, b: int = 2, *rest: int, c: "int | None" = None, **more: object
) -> Iterator[int]:
    global A
    A += a if (a > b >= 0 and not c) or b is None else -a
    for index, (one, two) in enumerate(zip(rest, rest[::-1], strict=True)):
        if one in (1, 2) or two not in {3}:
            continue
        elif one < two:
            break
        else:
            pass
        yield index
    else:
        yield from (each**2 for each in rest if each % 2 if each)
    while (a := a - 1) > 0:
        a //= 2
        a <<= 1
        a ^= ~b | c & 1 if c else 0
    try:
        assert a <= 1, "small"
        with contextlib.suppress(ValueError), contextlib.nullcontext(a) as entered:
            del entered
    except (TypeError, KeyError) as error:
        raise RuntimeError("no") from error
    finally:
        more["x"] = {key: value for key, value in more.items()}
    match a:
        case 0 | 1 if b:
            return
        case [int(first), *_, {"key": str() as text, **kept}]:
            print(first, text, kept)
        case Point(x=0, y=_) | None:
            pass
        case _:
            return


async def waits(items: list[T]) -> list[T]:
    async with contextlib.AsyncExitStack():
        pass
    found = [item async for item in later(items) if await also(item)]
    async for item in later(items):
        found += [item]
    return found


async def later(items):
    for item in items:
        yield item


async def also(item) -> bool:
    return bool(item) and ((yes := True) or yes)


class Point(NamedTuple):
    x: int
    y: int = 0


class Told(TypedDict, total=False):
    name: str


class Box(Generic[T]):
    """A class with all that classes have."""

    __slots__ = ("_item",)

    def __init__(self, item: T) -> None:
        super().__init__()
        self._item = item

    @property
    def item(self) -> T:
        return self._item

    @item.setter
    def item(self, item: T) -> None:
        self._item = item

    @classmethod
    def of(cls, item: T):
        return cls(item)

    @staticmethod
    def name() -> str:
        return paths.join("a", "b")

    def __getitem__(self, at):
        return self._item[at], self._item[1:-1:2], self._item[...]


def grouped(items):
    try:
        raise ExceptionGroup("all", [ValueError(items)])
    except* ValueError as group:
        found = group.exceptions[0].args[0]
    return found


sorted_by = sorted([Point(2), Point(1, 2)], key=lambda point: (-point.x, point.y))
grouped(everything(1, 2, 3, c=4, d=5))
