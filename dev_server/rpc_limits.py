"""How much a backend takes on: calls at a time, calls of one visitor, and how often."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.storage import storage_from_string

from .rpc_errors import CallRefused


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

    def __init__(self, most: int, of_one: int, rate: str, storage: str = "") -> None:
        """Run ``most`` calls at a time, ``of_one`` visitor's, each as often as ``rate`` says."""
        self.running = 0
        self._most = most
        self._of_one = of_one
        self._rate = parse(rate)
        kept = storage_from_string(f"async+{storage}") if storage else MemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(kept)  # type: ignore[arg-type]
        self._visitors: Counter[str] = Counter()
        self._parsed: dict[str, RateLimitItem] = {}

    def place(self, visitor: str) -> Place:
        """Return a place for a call; raise CallRefused where there is none."""
        if self.running >= self._most or self._visitors[visitor] >= self._of_one:
            raise CallRefused("busy", after=1)
        self.running += 1
        self._visitors[visitor] += 1

        def free() -> None:
            self.running -= 1
            self._visitors[visitor] -= 1
            if not self._visitors[visitor]:
                del self._visitors[visitor]

        return Place(free)

    async def check_rate(self, visitor: str) -> None:
        """Raise CallRefused where a visitor calls too often."""
        await self._hit(self._rate, visitor)

    async def check_handler_rate(self, rate: str, handler: str, *visitor: str) -> None:
        """Do the same for a handler that has a rate of its own, by each of a visitor's names."""
        if rate:
            item = self._parsed.setdefault(rate, parse(rate))
            for name in filter(None, visitor):
                await self._hit(item, handler, name)

    async def _hit(self, item: RateLimitItem, *who: str) -> None:
        if not await self._limiter.hit(item, *who):
            stats = await self._limiter.get_window_stats(item, *who)
            raise CallRefused("too_many", after=max(1, math.ceil(stats.reset_time - time.time())))
