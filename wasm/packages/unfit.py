"""Packages that cannot work in the browser: who asked for them, why not, and what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from .lock import same_name
from .target import PackageError, target

TABLE = Path(__file__).with_name("unfit.toml")


class Reason(NamedTuple):
    """Why a package cannot work in the browser, and what does its job there."""

    why: str
    instead: str


class UnfitError(PackageError):
    """A package that the app requires cannot work in the browser."""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def reasons() -> dict[str, Reason]:
    """Return what is known of packages that cannot work, by name."""
    return {
        same_name(name): Reason(entry["why"], entry["instead"])
        for entry in _table()["unfit"]
        for name in entry["names"]
    }


@cache
def of_distribution() -> frozenset[str]:
    """Return packages that Pyodide's own distribution builds and PyPI may lack a wheel of."""
    return frozenset(same_name(name) for each in _table()["distribution"] for name in each["names"])


def refuse(
    chain: Sequence[str], origin: str, version: str = "", reason: Reason | None = None
) -> UnfitError:
    """Return the error about the last package of ``chain``, whose first ``origin`` requires.

    A package that is not known to be unfit has no wheel that the target takes.
    """
    name = chain[-1]
    reason = reason or reasons().get(name) or no_wheel(name)
    way = " → ".join([origin, *chain])
    shown = f"{name} {version}".strip()
    exclude = (
        ""
        if len(chain) > 1
        else f" If only the build needs it, tell so in pyproject.toml: "
        f'[tool.wasmrx] exclude = ["{name}"].'
    )
    if len(chain) > 1:
        exclude = (
            f" If {chain[-2]} does without it, leave it out in pyproject.toml: [tool.wasmrx] "
            f'exclude = ["{name}"].'
        )
    return UnfitError(
        f"{shown} cannot run in the browser: {reason.why}.\n"
        f"  required by: {way}\n"
        f"  instead: {reason.instead}.{exclude}"
    )


def needs_libraries(names: Sequence[str]) -> Reason:
    """Return what to say of a package of Pyodide's distribution that loads shared libraries."""
    return Reason(
        f"it loads {', '.join(names)} of Pyodide's distribution, and wasmrx lays no shared library "
        "into the site",
        "look for a package without it, or use it in a handler that runs on the server",
    )


def no_wheel(name: str) -> Reason:
    """Return what to say of a package that has no wheel which fits."""
    why = f"it has compiled code and no wheel for Pyodide {target().pyodide} ({target().tag})"
    if name in of_distribution():
        return Reason(
            f"{why} on the package index; Pyodide's own distribution has one",
            "name that distribution in pyproject.toml: [tool.wasmrx] pyodide-index = "
            f'"https://cdn.jsdelivr.net/pyodide/v{target().pyodide}/full/"',
        )
    return Reason(
        why, "look for one in pure Python, or use it in a handler that runs on the server"
    )
