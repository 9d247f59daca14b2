"""The archives of wheels, from the cache or made: bytecode where an interpreter is at hand.

Bytecode fits one version of Python. It comes from this process where that is the worker's version,
else from Pyodide under Node; without both the worker compiles the sources as it imports them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wasmrx.wasm.cache import cache_folder, keep
from wasmrx.wasm.files import WHOLE, core_files

from . import bytecode
from .contents import Contents, note, noted
from .target import PackageError, target

SITE_PACKAGES = "/lib/python{}/site-packages"
_SCRIPT = Path(__file__).with_name("compile.mjs")
_OF_PYODIDE = {"asm": "pyodide.asm.mjs", WHOLE: "pyodide.asm.wasm", "stdlib": "python_stdlib.zip"}

Tell = Callable[[str], None]
Node = Callable[[], Sequence[str] | None]
"""Returns how Node is called, None where there is none."""


@dataclass(frozen=True)
class Job:
    """A wheel to make an archive of; the author's own packages keep their sources.

    The wheel is asked for only where there is no archive of it.
    """

    sha256: str
    wheel: Callable[[], Path]
    keeps_sources: bool

    def file(self, is_compiled: bool) -> Path:
        """Return where its archive is kept."""
        parts = [
            self.sha256,
            _digest(Path(bytecode.__file__)),
            target().short_python,
            str(self.keeps_sources),
            str(is_compiled),
        ]
        name = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
        return cache_folder("archives") / f"{name}.bin"


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def site_packages() -> str:
    """Return the worker's folder for packages."""
    return SITE_PACKAGES.format(target().short_python)


def archives(jobs: Sequence[Job], node: Node, tell: Tell) -> tuple[list[Contents], bool]:
    """Return the archive of each job, and whether they hold bytecode."""
    kept = [noted(job.file(is_compiled=True)) for job in jobs]
    missing = [job for job, each in zip(jobs, kept, strict=True) if each is None]
    if missing and not _compile(missing, node, tell):
        return [_of_sources(job) for job in jobs], False
    return [each or note(job.file(True)) for job, each in zip(jobs, kept, strict=True)], True


def _of_sources(job: Job) -> Contents:
    file = job.file(is_compiled=False)
    return noted(file) or note(keep(file, _archive(job, with_bytecode=False)))


def _get_wheels(jobs: Sequence[Job]) -> None:
    """Get what has to be downloaded, several at a time."""
    with ThreadPoolExecutor(8) as pool:
        for each in [pool.submit(job.wheel) for job in jobs]:
            each.result()


def _compile(jobs: Sequence[Job], node: Node, tell: Tell) -> bool:
    """Make the archives with bytecode; False where nothing here can."""
    _get_wheels(jobs)
    if f"{sys.version_info[0]}.{sys.version_info[1]}" == target().short_python:
        for job in jobs:
            keep(job.file(is_compiled=True), _archive(job, with_bytecode=True))
        return True
    program = node()
    if program is None:
        return False
    tell(f"compiling {len(jobs)} packages for Python {target().short_python}")
    told = [
        {
            "wheel": str(job.wheel()),
            "out": str(job.file(is_compiled=True)),
            "place": site_packages(),
            "sources": job.keeps_sources,
        }
        for job in jobs
    ]
    done = subprocess.run(
        (*program, str(_SCRIPT), str(_pyodide()), bytecode.__file__),
        input=json.dumps(told),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise PackageError(f"Packages cannot be compiled under Node: {done.stderr.strip()[-600:]}")
    return True


def _archive(job: Job, *, with_bytecode: bool) -> bytes:
    return bytecode.archive(
        job.wheel().read_bytes(),
        place=site_packages(),
        with_bytecode=with_bytecode,
        with_sources=job.keeps_sources or not with_bytecode,
    )


def _pyodide() -> Path:
    """Return a folder in which Pyodide's files have the names that its loader knows."""
    core = core_files()
    folder = cache_folder("pyodide") / f"{target().pyodide}-{core['stdlib'].sha256[:12]}"
    folder.mkdir(exist_ok=True)
    loader = core[WHOLE].path.with_name("pyodide.mjs")
    for source, name in [
        (loader, loader.name),
        *((core[key].path, name) for key, name in _OF_PYODIDE.items()),
    ]:
        if not (folder / name).is_file():
            unfinished = folder / f".{name}.{os.getpid()}"
            shutil.copyfile(source, unfinished)
            unfinished.replace(folder / name)
    version, abi = target().python, target().platform.removeprefix("pyemscripten_")
    info = {"abi_version": abi.removesuffix("_wasm32"), "arch": "wasm32", "python": version}
    keep(
        folder / "pyodide-lock.json",
        json.dumps({"info": info | {"platform": "emscripten"}, "packages": {}}).encode(),
    )
    return folder
