"""Pyodide's own distribution: an address with ``pyodide-lock.json`` and the wheels it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from .index import Wheel, as_url, beside, fetch
from .lock import same_name
from .target import PackageError, target

_LOCK = "pyodide-lock.json"


@dataclass(frozen=True)
class Built:
    """A package of the distribution; ``libraries`` are shared ones that it loads."""

    name: str
    version: str
    file: str
    sha256: str
    depends: tuple[str, ...]
    libraries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Distribution:
    """What one place offers: an address, or a folder of the project."""

    place: str
    packages: Mapping[str, Built]

    def wheel(self, built: Built) -> Wheel:
        """Return where the wheel of a package lies."""
        return Wheel(built.file, beside(self.place, built.file), built.sha256)


def read_distribution(place: str, root: Path) -> Distribution | None:
    """Return what ``pyodide-index`` names, an address or a folder of the project; None without."""
    if not place:
        return None
    told = cast("Mapping[str, Any]", json.loads(fetch(as_url(beside(place, _LOCK), root))))
    abi = told["info"]["abi_version"]
    if not target().platform.endswith(f"_{abi}_wasm32"):
        raise PackageError(
            f"pyodide-index = {place!r} is made for another Pyodide (ABI {abi}). This wasmrx runs "
            f"Pyodide {target().pyodide} ({target().platform})."
        )
    entries = cast("list[Mapping[str, Any]]", list(told["packages"].values()))
    libraries = {e["name"] for e in entries if e.get("package_type") == "shared_library"}
    built = [_built(each, libraries) for each in entries if _is_wheel(each["file_name"])]
    return Distribution(place, {each.name: each for each in built})


def _built(told: Mapping[str, Any], libraries: set[str]) -> Built:
    depends: list[str] = told["depends"]
    return Built(
        same_name(told["name"]),
        told["version"],
        told["file_name"],
        told["sha256"],
        tuple(same_name(each) for each in depends if each not in libraries),
        tuple(each for each in depends if each in libraries),
    )


def _is_wheel(name: str) -> bool:
    try:
        parse_wheel_filename(name)
    except InvalidWheelFilename:
        return False
    return True
