"""Limits and alarms for calls: some tenths of a second late, and without a timer of the loop each.

Nearly every alarm is given up before it is due, so setting one has to cost next to nothing: the
time is that of the last tick, and what is due is looked for at the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Any

TICK = 0.1


class Alarm:
    """Something that is done when its time has come."""

    __slots__ = ("at", "ring")

    def __init__(self, at: float, ring: Callable[[], object]) -> None:
        """Be due at ``at`` by the clock of the loop."""
        self.at = at
        self.ring = ring


class Clock:
    """The alarms of one event loop."""

    def __init__(self) -> None:
        """Start without alarms."""
        self._alarms: set[Any] = set()
        self._next = 0.0
        self._is_ticking = False

    def after(self, seconds: float, ring: Callable[[], object]) -> Alarm:
        """Call ``ring`` after ``seconds``, unless the alarm is dropped."""
        alarm = Alarm(0.0, ring)
        self.set(alarm, seconds)
        return alarm

    def set(self, alarm: Alarm | Limit, seconds: float) -> None:
        """Let an alarm ring after ``seconds``."""
        if not self._is_ticking:
            self._tick()
        alarm.at = self._next + seconds
        self._alarms.add(alarm)

    def drop(self, alarm: Alarm | Limit) -> None:
        """Give an alarm up."""
        self._alarms.discard(alarm)

    def limit(self, seconds: float, task: asyncio.Task[Any] | None) -> Limit:
        """Return a context whose body has ``seconds``: TimeoutError ends what takes longer.

        ``task`` is the one that enters it.
        """
        return Limit(self, seconds, task)

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        for alarm in [each for each in self._alarms if each.at <= now]:
            self._alarms.discard(alarm)
            alarm.ring()
        self._is_ticking = bool(self._alarms) or not self._is_ticking
        self._next = now + TICK
        if self._is_ticking:
            loop.call_later(TICK, self._tick)


class Limit:
    """As ``asyncio.timeout``, by the alarms of a clock."""

    __slots__ = ("_cancelling", "_clock", "_is_late", "_seconds", "_task", "at")

    def __init__(self, clock: Clock, seconds: float, task: asyncio.Task[Any] | None) -> None:
        """Count from entering on."""
        assert task is not None
        self.at = 0.0
        self._task = task
        self._clock = clock
        self._seconds = seconds
        self._is_late = False

    def __enter__(self) -> None:
        """Set the alarm."""
        self._cancelling = self._task.cancelling()
        self._clock.set(self, self._seconds)

    def ring(self) -> None:
        """End the body."""
        self._is_late = True
        self._task.cancel()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raise TimeoutError where the alarm has cancelled the task, and nobody else."""
        self._clock.drop(self)
        if self._is_late:
            is_ours = self._task.uncancel() <= self._cancelling
            if is_ours and kind is asyncio.CancelledError:
                raise TimeoutError from error
