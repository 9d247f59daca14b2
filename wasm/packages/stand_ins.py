"""Wheels of nothing but metadata, for uv to resolve with: those that fit it would not consider."""

from __future__ import annotations

import zipfile
from pathlib import Path

from .distribution import Distribution
from .target import PackageError

_WHEEL = "Wheel-Version: 1.0\nGenerator: wasmrx\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write_stand_ins(distribution: Distribution, folder: Path) -> None:
    """Stand in for every package of the distribution in ``folder``."""
    for built in distribution.packages.values():
        needs = "".join(
            f"Requires-Dist: {each}\n" for each in built.depends if each in distribution.packages
        )
        metadata = f"Metadata-Version: 2.1\nName: {built.name}\nVersion: {built.version}\n{needs}"
        _write(folder, f"{built.name.replace('-', '_')}-{built.version}", metadata.encode())


def write_stand_in(wheel: Path, folder: Path) -> None:
    """Stand in for a wheel in ``folder``."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            info, _, file = name.partition("/")
            if info.endswith(".dist-info") and file == "METADATA":
                _write(folder, info.removesuffix(".dist-info"), archive.read(name))
                return
    raise PackageError(f"{wheel.name} is no wheel: it has no METADATA.")


def _write(folder: Path, stem: str, metadata: bytes) -> None:
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as made:
        made.writestr(f"{stem}.dist-info/METADATA", metadata)
        made.writestr(f"{stem}.dist-info/WHEEL", _WHEEL)
        made.writestr(f"{stem}.dist-info/RECORD", "")
