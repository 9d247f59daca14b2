"""Package indexes: which wheels there are, and their bytes, checked against their hash."""

from __future__ import annotations

import hashlib
import json
import os
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, unquote, urljoin, urlsplit

from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from wasmrx.wasm.cache import cache_folder, keep

from .target import PackageError

_SIMPLE = "application/vnd.pypi.simple.v1+json"
_TIMEOUT = 60


@dataclass(frozen=True)
class Wheel:
    """A wheel of an index."""

    name: str
    url: str
    sha256: str
    size: int = 0
    index: str = ""

    @property
    def version(self) -> str:
        """Return its version, "" where the file's name tells none."""
        try:
            return str(parse_wheel_filename(self.name)[1])
        except InvalidWheelFilename:
            return ""


def default_index() -> str:
    """Return the index that packages come from where nothing else is said."""
    names = ("UV_DEFAULT_INDEX", "UV_INDEX_URL")
    given = next(filter(None, map(os.environ.get, names)), None)
    return given or str(import_module("micropip.package_index").DEFAULT_INDEX_URLS[0])


def wheels(index: str, name: str) -> list[Wheel]:
    """Return the wheels of the package ``name`` that the index at ``index`` lists."""
    url = f"{index.rstrip('/')}/{name}/"
    listed = cast("Mapping[str, Any]", json.loads(fetch(url, accept=_SIMPLE)))
    return [
        Wheel(
            each["filename"],
            urljoin(url, each["url"]),
            each.get("hashes", {}).get("sha256", ""),
            int(each.get("size") or 0),
            index,
        )
        for each in listed["files"]
        if each["filename"].endswith(".whl") and not each.get("yanked")
    ]


def verified(wheel: Wheel, package: str, tell: Callable[[str], None] = lambda _: None) -> Path:
    """Return the file of a wheel: from the cache, else downloaded; with the hash that it must have.

    ``tell`` hears of a download.
    """
    kept = cache_folder("wheels") / f"{wheel.sha256[:16]}-{wheel.name}"
    if kept.is_file() and _hash(kept.read_bytes()) == wheel.sha256:
        return kept
    tell(f"downloading {wheel.name}")
    url = wheel.url or _listed(wheel, package)
    data = fetch(url)
    if _hash(data) != wheel.sha256:
        raise PackageError(
            f"{wheel.name} is not what wasmrx.lock names: {url} gave {len(data)} bytes with "
            f"SHA-256 {_hash(data)[:16]}…, the lock has {wheel.sha256[:16]}…. If {package} was "
            "published anew on purpose, `wasmrx lock` takes the new file."
        )
    return keep(kept, data)


def _listed(wheel: Wheel, package: str) -> str:
    """Return where the default index has a wheel."""
    index = default_index()
    found = [each.url for each in wheels(index, package) if each.name == wheel.name]
    if not found:
        raise PackageError(f"{index} does not list {wheel.name}, which wasmrx.lock names.")
    return found[0]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fetch(url: str, accept: str = "*/*") -> bytes:
    """Return what lies at ``url``, which may be a file's."""
    request = urllib.request.Request(url, headers={"Accept": accept, "User-Agent": "wasmrx"})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            return answer.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise PackageError(f"{url} cannot be fetched: {reason}.") from None


def as_url(place: str, root: Path) -> str:
    """Return an address, or a path of the project as one."""
    return place if _has_scheme(place) else (root / place).resolve().as_uri()


def beside(place: str, file: str) -> str:
    """Return the place of a file in a folder: an address, or a path of the project."""
    return f"{place.rstrip('/')}/{quote(file) if _has_scheme(place) else file}"


def _has_scheme(place: str) -> bool:
    return len(urlsplit(place).scheme) > 1


def file_of(url: str) -> str:
    """Return the name of the file at ``url``."""
    return unquote(urlsplit(url).path.rpartition("/")[2])
