"""What npm says when it fails, in words that name the package and the way out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

from .wanted import Package

_OFFLINE = frozenset(
    "ECONNREFUSED ECONNRESET ENOTFOUND EAI_AGAIN ETIMEDOUT ENETUNREACH EHOSTUNREACH "
    "ERR_SOCKET_TIMEOUT FETCH_ERROR".split()
)
_NAMED = re.compile(r"((?:@[\w.~-]+/)?[\w.~-]+)@(\S+)")
_NO_VERSION = re.compile(
    r"No matching version found for ((?:@[\w.~-]+/)?[\w.~-]+)@(.+?)\.?\s*$", re.M
)


def failure(
    command: str, output: str, errors: str, packages: Mapping[str, Package]
) -> tuple[str, str]:
    """Return what to tell the author of a failed npm, and the package that it is about or ""."""
    code, said = _error(output)
    summary = unquote(said or errors.strip())
    match code:
        case "E404":
            name = _about(summary, packages)
            if not name:
                return f"npm does not find a package that another needs:\n{_indented(summary)}", ""
            return f"npm knows no package {name}. Correct the name, `library = ...`.", name
        case "ETARGET":
            found = _NO_VERSION.search(summary)
            name, version = (found[1], found[2]) if found else ("", "")
            return (
                f"npm knows no version {version} of {name}. `npm view {name} versions` lists "
                f'those there are; `library = "{name}"` takes the newest.',
                name,
            )
        case "ERESOLVE":
            return (
                "The packages that the app wraps do not fit together; npm says:\n"
                f"{_indented(summary)}\nAsk for versions that do, or settle it under "
                '"overrides" in wasmrx-npm/package.json.',
                _about(summary, packages),
            )
        case "EUSAGE" if command == "ci":
            return (
                "wasmrx-npm/package.json and its lock do not fit together. Run "
                "`npm install --package-lock-only` in wasmrx-npm, or delete the lock.",
                "",
            )
        case _ if code in _OFFLINE:
            return (
                f"npm cannot reach its registry ({code}). What the app wraps is not on this "
                "machine yet: build once with a network, then none is needed.",
                "",
            )
        case _:
            return (
                f"`npm {command}` failed{f' ({code})' if code else ''}:\n{_indented(summary)}",
                "",
            )


def _error(output: str) -> tuple[str, str]:
    start = output.find("{")
    try:
        found: Any = json.loads(output[start:]) if start >= 0 else {}
    except ValueError:
        return "", ""
    error = cast("Mapping[str, Any]", found).get("error", {})
    parts = [str(error[key]) for key in ("summary", "detail") if error.get(key)]
    return str(error.get("code", "")), "\n".join(parts)


def _about(text: str, packages: Mapping[str, Package]) -> str:
    """Return which of the app's own packages a text names first."""
    named = [found[1] for found in _NAMED.finditer(text)]
    named += [
        name for name in packages if re.search(rf"(?<![\w/-]){re.escape(name)}(?![\w/-])", text)
    ]
    return next((name for name in named if name in packages), "")


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[:12])
