"""How much a backend takes on: calls at a time, calls of one visitor, and how often."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse

from .rpc_errors import CallRefused
from .rpc_metrics import RUNNING

SWEPT = 10.0
"""Seconds between two lookings for counts that are over."""


@lru_cache(maxsize=10_000)
def bucket(address: str) -> str:
    """Return what an address is counted under: a visitor with IPv6 has a network of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> 64 << 64)}/64"


class Place:
    """One of the calls at a time: free again once nothing works for the call any more."""

    def __init__(self, free: Callable[[], None]) -> None:
        """Be held once; call ``free`` when nobody holds it."""
        self._free = free
        self._holders = 1

    def hold(self) -> None:
        """Keep the place for one more that works."""
        self._holders += 1

    def drop(self) -> None:
        """Note that one that worked has ended."""
        self._holders -= 1
        if not self._holders:
            self._free()


class Load:
    """Counts what runs, and refuses what is too much before any work is done for it."""

    def __init__(self, most: int, of_one: int, rate: str) -> None:
        """Run ``most`` calls at a time, ``of_one`` visitor's, each as often as ``rate`` says."""
        self.running = 0
        self._most = most
        self._of_one = of_one
        self._rate = parse(rate)
        self._windows = Windows()
        self._visitors: Counter[str] = Counter()
        self._parsed: dict[str, RateLimitItem] = {}

    def place(self, visitor: str) -> Place:
        """Return a place for a call; raise CallRefused where there is none."""
        if self.running >= self._most or self._visitors[visitor] >= self._of_one:
            raise CallRefused("busy", after=1)
        self.running += 1
        RUNNING.inc()
        self._visitors[visitor] += 1

        def free() -> None:
            self.running -= 1
            RUNNING.dec()
            self._visitors[visitor] -= 1
            if not self._visitors[visitor]:
                del self._visitors[visitor]

        return Place(free)

    def check_rate(self, visitor: str) -> None:
        """Raise CallRefused where a visitor calls too often."""
        self._hit(self._rate, visitor)

    def check_handler_rate(self, rate: str, handler: str, *visitor: str) -> None:
        """Do the same for a handler that has a rate of its own, by each of a visitor's names."""
        if rate:
            item = self._parsed.setdefault(rate, parse(rate))
            for name in filter(None, visitor):
                self._hit(item, handler, name)

    def _hit(self, item: RateLimitItem, *who: str) -> None:
        wait = self._windows.hit(who, item.amount, item.get_expiry())
        if wait:
            raise CallRefused("too_many", after=max(1, math.ceil(wait)))


class Windows:
    """Counts by sliding windows: of the window before, the part that still lies in the last one.

    Each call of a backend is counted here, so this takes a microsecond and not ten.
    """

    def __init__(self) -> None:
        """Start without counts."""
        self._counts: dict[tuple[tuple[str, ...], int, int], int] = {}
        self._swept = 0.0

    def hit(self, who: tuple[str, ...], most: int, seconds: int) -> float:
        """Count one, unless there are ``most``: then return the seconds until there is room."""
        now = time.monotonic()
        window, into = divmod(now, seconds)
        this, before = (who, seconds, int(window)), (who, seconds, int(window) - 1)
        count = self._counts.get(this, 0)
        if count + self._counts.get(before, 0) * (1 - into / seconds) > most - 1:
            return seconds - into
        self._counts[this] = count + 1
        if now - self._swept > SWEPT:
            self._sweep(now)
        return 0.0

    def _sweep(self, now: float) -> None:
        """Forget the windows that are over."""
        self._swept = now
        old = [key for key in self._counts if (key[2] + 2) * key[1] < now]
        for key in old:
            del self._counts[key]
