"""The wheel and the sdist: what is in them, and that they install where there is no Node."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from uv import find_uv_bin

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000
MAX_WHEEL = 40 * MEGABYTE
NODE_PROGRAMS = {"node", "nodejs", "npm", "npx", "corepack"}
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
IMPORTS = """
import importlib.resources as files
import wasmrx, wasmrx.state, wasmrx.compiler.link, wasmrx.dev_server.cli, wasmrx.wasm.files
from wasmrx.compiler.units import asset, library
from wasmrx.wasm.files import ASSETS
assert wasmrx.__file__ and "site-packages" in wasmrx.__file__, wasmrx.__file__
assert library().find("react", "useState") >= 0
for name in ("units.bin", "manifest.json", "icons.json", "css.json", "early.js", "licenses.txt"):
    assert asset(name).stat().st_size
assert (ASSETS / "index.json").is_file()
assert wasmrx.button and wasmrx.State
"""


def run(
    *command: object, path: str | None = None, cwd: Path | None = None, **variables: str
) -> str:
    environment = {**os.environ, **variables, **({"PATH": path} if path else {})}
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "WASMRX_SKIP_ASSETS"):
        environment.pop(name, None)
    words = [str(word) for word in command]
    done = subprocess.run(
        words, env=environment, cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(words)}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def no_node(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A search path with all programs of the machine except Node."""
    folder = tmp_path_factory.mktemp("programs")
    for place in os.environ["PATH"].split(os.pathsep):
        for program in sorted(Path(place).iterdir()) if Path(place).is_dir() else ():
            link = folder / program.name
            if program.name not in NODE_PROGRAMS and not os.path.lexists(link):
                link.symlink_to(program)
    assert shutil.which("node", path=str(folder)) is None
    return str(folder)


@pytest.fixture(scope="module")
def packages(run_folder: Path, no_node: str) -> Path:
    """The folder of the sdist and the wheel; made once for all workers of this run."""
    folder = run_folder / "packages"
    with (run_folder / "packages.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(folder.glob("*.whl")):
            make_packages(folder, no_node)
    return folder


def make_packages(folder: Path, no_node: str) -> None:
    """Make the sdist of a copy of the checkout, and of it the wheel, as pip does it."""
    listed = run("git", "ls-files", "-z", "-c", "-o", "--exclude-standard", cwd=ROOT)
    source = folder / "source"
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    command = ("build", "--installer", "uv", "--outdir", folder, source)
    run(sys.executable, "-m", *command, path=no_node, npm_config_prefer_offline="true")


@pytest.fixture
def sdist(packages: Path) -> Path:
    (made,) = packages.glob("*.tar.gz")
    return made


@pytest.fixture
def wheel(packages: Path) -> Path:
    (made,) = packages.glob("*.whl")
    return made


def interpreters() -> Iterator[tuple[str, Path]]:
    """Yield the Pythons of this machine that wasmrx supports: on PATH, or in pyenv's folder."""
    for version in VERSIONS:
        pyenv = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
        if sys.version_info[:2] == tuple(map(int, version.split("."))):
            yield version, Path(sys.executable)
        elif pyenv:
            yield version, pyenv[-1]
        elif found := shutil.which(f"python{version}"):
            yield version, Path(found)


def test_the_sdist_has_sources_and_nothing_built(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"setup.py", "package-lock.json", "runtime/ts/page.ts", "LICENSE"} <= names
    assert {"compiler/release/pack.mjs", "wasm/release/build.mjs", "wasm/ts/worker.ts"} <= names
    assert not [name for name in names if "_assets/" in name or "node_modules" in name]


def test_the_wheel_is_small_and_has_no_sources_of_scripts(wheel: Path) -> None:
    assert wheel.stat().st_size < MAX_WHEEL
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert [name for name in names if name.startswith("wasmrx/wasm/_assets/")]
    unwanted = re.compile(r"\.(ts|mjs)$|(^|/)(tests?|release|node_modules|examples|bench)/")
    run_at_authors = {
        "wasmrx/compiler/npm/bundle.mjs",
        "wasmrx/wasm/_assets/app_image.mjs",
        "wasmrx/wasm/_assets/pyodide.mjs",
        "wasmrx/wasm/packages/compile.mjs",
    }
    assert {name for name in names if unwanted.search(name)} == run_at_authors
    assert "wasmrx/wasm/packages/unfit.toml" in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"wasmrx"}


def test_the_wheel_has_every_module(packages: Path, wheel: Path) -> None:
    source = packages / "source"
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    places = {"runtime": "wasmrx", "compiler": "wasmrx/compiler", "wasm": "wasmrx/wasm"}
    places |= {"dev_server": "wasmrx/dev_server"}
    for folder, place in places.items():
        for path in (source / folder).rglob("*.py"):
            inner = path.relative_to(source / folder)
            if not {"release", "templates", "_assets"} & set(inner.parts):
                assert f"{place}/{inner.as_posix()}" in names


def without_network() -> tuple[str, ...]:
    """Return what runs a program without any network, nothing where the system cannot do so."""
    command = ("unshare", "--map-root-user", "--net")
    if shutil.which(command[0]) is None:
        return ()
    possible = subprocess.run([*command, "true"], check=False, capture_output=True)
    return command if possible.returncode == 0 else ()


@pytest.mark.parametrize("version", [version for version, _ in interpreters()])
def test_the_wheel_installs_and_runs(version: str, wheel: Path, tmp_path: Path) -> None:
    venv, python = tmp_path / "venv", tmp_path / "venv/bin/python"
    if version == VERSIONS[0]:
        run(dict(interpreters())[version], "-m", "venv", venv)
        run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel)
    else:
        uv = find_uv_bin()
        run(uv, "venv", "-q", "--python", dict(interpreters())[version], venv)
        run(uv, "pip", "install", "-q", "--python", python, wheel)
    run(python, "-c", IMPORTS, cwd=tmp_path)
    program = tmp_path / "venv/bin/wasmrx"
    assert "build" in run(program, "--help", cwd=tmp_path)
    if version == VERSIONS[0]:
        shutil.copytree(ROOT / "examples/counter", tmp_path / "counter")
        build = (program, "build", tmp_path / "counter", "--out", tmp_path / "dist")
        run(*without_network(), *build, cwd=tmp_path)
        assert (tmp_path / "dist/index.html").is_file()
