"""Pyodide's own distribution: an address with ``pyodide-lock.json`` and the wheels it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from .index import Wheel, as_url, fetch
from .lock import same_name
from .target import PackageError, target

_LOCK = "pyodide-lock.json"


@dataclass(frozen=True)
class Built:
    """A package of the distribution."""

    name: str
    version: str
    file: str
    sha256: str
    depends: tuple[str, ...]


@dataclass(frozen=True)
class Distribution:
    """What one address offers."""

    url: str
    packages: Mapping[str, Built]

    def wheel(self, built: Built) -> Wheel:
        """Return where the wheel of a package lies."""
        return Wheel(built.file, urljoin(self.url, built.file), built.sha256)


def read_distribution(place: str, root: Path) -> Distribution | None:
    """Return what ``pyodide-index`` names, an address or a folder of the project; None without."""
    if not place:
        return None
    url = as_url(place, root)
    told = cast("Mapping[str, Any]", json.loads(fetch(url + _LOCK)))
    abi = told["info"]["abi_version"]
    if not target().platform.endswith(f"_{abi}_wasm32"):
        raise PackageError(
            f"pyodide-index = {place!r} is made for another Pyodide (ABI {abi}). This wasmrx runs "
            f"Pyodide {target().pyodide} ({target().platform})."
        )
    built = [
        Built(
            same_name(each["name"]),
            each["version"],
            each["file_name"],
            each["sha256"],
            tuple(map(same_name, each["depends"])),
        )
        for each in told["packages"].values()
        if _is_wheel(each["file_name"])
    ]
    return Distribution(url, {each.name: each for each in built})


def _is_wheel(name: str) -> bool:
    try:
        parse_wheel_filename(name)
    except InvalidWheelFilename:
        return False
    return True
