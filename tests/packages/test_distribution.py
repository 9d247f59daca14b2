"""Pyodide's own distribution: its lock, and wheels beside it, from a folder of the project."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from wasmrx.wasm.packages.current import current_lock
from wasmrx.wasm.packages.index import Wheel, verified
from wasmrx.wasm.packages.lock import Lock, read_lock
from wasmrx.wasm.packages.target import PackageError, target

from hosting import Host
from package_index import COMPILED, FOREIGN, Index, make_wheel
from visits import PATIENCE, ROOT, build_app

OF_PYODIDE = ROOT / "node_modules/pyodide/pyodide-lock.json"
"""The lock of the whole distribution, which Pyodide's own npm package has."""


def quiet(text: str) -> None:
    """Say nothing."""


def locked(root: Path, *, upgrade: bool = False) -> Lock:
    return current_lock(root, "app", upgrade=upgrade, tell=quiet)


def require(root: Path, *names: str) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    (root / "pyproject.toml").write_text(
        f'[project]\nname = "a"\nversion = "0"\ndependencies = [{listed}]\n'
        '[tool.wasmrx]\npyodide-index = "full"\n'
    )


def entry(name: str, version: str, file: str, data: bytes, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "version": version,
        "file_name": file,
        "sha256": hashlib.sha256(data).hexdigest(),
        "depends": [],
        "imports": [name],
        "install_dir": "site",
        "package_type": "package",
        **more,
    }


def write_lock(folder: Path, entries: list[dict[str, Any]], abi: str = "2026_0") -> None:
    info = {"abi_version": abi, "arch": "wasm32", "python": "3.14.2"}
    told = {"info": info, "packages": {each["name"]: each for each in entries}}
    (folder / "pyodide-lock.json").write_text(json.dumps(told))


def test_the_distribution_has_what_the_index_lacks(index: Index, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    entries: list[dict[str, Any]] = []
    for name, needs in (("arrays", ()), ("frames", ("arrays",)), ("shapes", ("libgeos",))):
        file, data = make_wheel(name, "2.4", tag=COMPILED)
        (full / file).write_bytes(data)
        entries.append(entry(name, "2.4", file, data, depends=list(needs)))
    library = entry("libgeos", "3", "libgeos-3.zip", b"", package_type="shared_library")
    write_lock(full, [*entries, library])
    index.add("arrays", "2.5", tag=FOREIGN)
    index.add("charts", "1.0", needs=("frames",))
    require(tmp_path, "charts")
    lock = locked(tmp_path)
    assert {each.name: each.version for each in lock.packages.values()} == {
        "arrays": "2.4",
        "charts": "1.0",
        "frames": "2.4",
    }
    assert lock.chain("arrays") == ("charts", "frames", "arrays")
    assert lock.packages["arrays"].url == f"full/arrays-2.4-{COMPILED}.whl"
    require(tmp_path, "shapes")
    with pytest.raises(PackageError, match=r"shapes 2.4 cannot .*: it loads libgeos"):
        locked(tmp_path)
    write_lock(full, entries, abi="2027_0")
    with pytest.raises(PackageError, match="made for another Pyodide"):
        locked(tmp_path, upgrade=True)


@pytest.mark.parametrize("name", ["numpy", "pandas", "matplotlib", "Pillow", "contourpy", "scipy"])
def test_what_pyodides_own_lock_names_is_locked(index: Index, tmp_path: Path, name: str) -> None:
    """Its wheels lie elsewhere, so this ends with the lock: names, versions and hashes."""
    (tmp_path / "full").mkdir()
    shutil.copy(OF_PYODIDE, tmp_path / "full")
    told = json.loads(OF_PYODIDE.read_text())["packages"]
    assert told["numpy"]["file_name"].endswith(f"{target().tag}.whl")
    require(tmp_path, name)
    packages = locked(tmp_path).packages
    expected = told[name.lower()]
    found = packages[name.lower()]
    assert (found.version, found.sha256) == (expected["version"], expected["sha256"])
    assert found.url == f"full/{expected['file_name']}"
    assert set(expected["depends"]) <= packages.keys()


APP = """
import wasmrx as rx


class State(rx.State):
    out: str = ""

    @rx.event
    def pack(self):
        import msgspec

        packed = msgspec.msgpack.encode({"one": [1, 2.5, None]})
        self.out = f"{msgspec.msgpack.decode(packed)} {msgspec._core.__file__}"


app = rx.App()
app.add_page(
    lambda: rx.box(rx.text(State.out, id="out"), rx.button("go", on_click=State.pack)), route="/"
)
"""


def test_a_real_compiled_wheel_of_a_distribution_runs(
    index: Index, tmp_path: Path, page: Page, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index knows nothing of it: the wheel comes from the folder alone."""
    package = (read_lock(ROOT / "tests/apps/packages") or Lock("", ())).packages["msgspec"]
    with monkeypatch.context() as asking:
        for name in ("UV_DEFAULT_INDEX", "WASMRX_CACHE_DIR"):
            asking.delenv(name)
        wheel = verified(Wheel(package.wheel, "", package.sha256), "msgspec")
    app = tmp_path / "app"
    (app / "full").mkdir(parents=True)
    (app / "app.py").write_text(APP)
    data = wheel.read_bytes()
    served = app / "full" / package.wheel
    served.write_bytes(data)
    write_lock(app / "full", [entry("msgspec", package.version, package.wheel, data)])
    require(app, "msgspec")
    served.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(AssertionError, match=f"{package.wheel} is not what wasmrx.lock names"):
        build_app(app, tmp_path / "refused")
    served.write_bytes(data)
    build_app(app, tmp_path / "site", "--locked")
    assert locked(app).packages["msgspec"].url == f"full/{package.wheel}"
    page.goto(host.mount("/distribution/", tmp_path / "site"))
    page.get_by_role("button", name="go").click()
    shown = re.compile(r"^{'one': \[1, 2.5, None\]} /lib/python3.14/site-packages/msgspec/_core\.")
    expect(page.locator("#out")).to_have_text(shown, timeout=PATIENCE)
