"""``concurrent.interpreters`` in a worker: it can be imported, as libraries do, and makes none."""

from __future__ import annotations

from typing import NoReturn


class InterpreterError(Exception):
    """Interpreters cannot be used here."""


class ExecutionFailed(InterpreterError):
    """Code in another interpreter failed; kept for whoever catches it."""


class NotShareableError(TypeError, ValueError):
    """A value cannot be given to another interpreter; kept for whoever catches it."""


def create() -> NoReturn:
    """Raise: there is one interpreter."""
    raise InterpreterError(
        "A browser's worker has one interpreter. Compute in the handler and yield between the "
        "steps, or use a background handler."
    )
