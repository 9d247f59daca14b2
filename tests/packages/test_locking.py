"""Requirements become a lock, by uv and a real index on loopback."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from wasmrx.wasm.packages.cross import OLDEST
from wasmrx.wasm.packages.current import current_lock
from wasmrx.wasm.packages.lock import Lock, read_lock
from wasmrx.wasm.packages.shelf import Shelf, shelve
from wasmrx.wasm.packages.target import PackageError, best_wheel, target

from package_index import COMPILED, FOREIGN, Index, make_wheel

told: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_told() -> None:
    told.clear()


def locked(root: Path, **options: bool) -> Lock:
    return current_lock(root, "app", tell=told.append, **options)


def shelved(root: Path, lock: Lock) -> Shelf:
    return shelve(root, lock, node=lambda: None, tell=told.append)


def require(root: Path, *texts: str) -> None:
    (root / "requirements.txt").write_text("\n".join(texts) + "\n")


def test_versions_hashes_and_askers_are_locked(index: Index, tmp_path: Path) -> None:
    index.add("charts", "1.0", needs=("colours>=2",))
    index.add("colours", "2.1")
    index.add("colours", "1.9")
    require(tmp_path, "charts")
    lock = locked(tmp_path)
    assert lock == read_lock(tmp_path)
    colours = lock.packages["colours"]
    assert (colours.version, colours.by) == ("2.1", ("charts",))
    data = index.packages["colours"]["colours-2.1-py3-none-any.whl"]
    assert colours.sha256 == hashlib.sha256(data).hexdigest()
    assert lock.packages["charts"].by == ("requirements.txt",)
    assert {each.origin for each in lock.packages.values()} == {"index"}
    assert "http" not in (tmp_path / "wasmrx.lock").read_text()
    assert lock.chain("colours") == ("charts", "colours")


def test_a_lock_that_fits_asks_nobody(index: Index, tmp_path: Path) -> None:
    index.add("charts", "1.0")
    require(tmp_path, "charts")
    shelved(tmp_path, locked(tmp_path))
    index.asked.clear()
    index.add("charts", "1.1")
    shelf = shelved(tmp_path, locked(tmp_path, locked=True))
    assert index.asked == []
    assert shelf.packages["charts"].modules == ("charts",)
    assert locked(tmp_path, upgrade=True).packages["charts"].version == "1.1"


def test_what_is_locked_stays_when_something_is_added(index: Index, tmp_path: Path) -> None:
    index.add("charts", "1.0")
    require(tmp_path, "charts")
    locked(tmp_path)
    index.add("charts", "1.1")
    index.add("colours", "2.1")
    require(tmp_path, "charts", "colours")
    with pytest.raises(PackageError, match=r"not up to date: it lacks colours.*`wasmrx lock`"):
        locked(tmp_path, locked=True)
    lock = locked(tmp_path)
    assert {each.name: each.version for each in lock.packages.values()} == {
        "charts": "1.0",
        "colours": "2.1",
    }


def test_the_newest_version_that_has_a_wheel_for_the_browser_is_taken(
    index: Index, tmp_path: Path
) -> None:
    index.add("quick", "1.0", tag=COMPILED)
    index.add("quick", "1.0", tag=FOREIGN)
    index.add("quick", "1.1")
    index.packages["quick"] |= dict([make_wheel("quick", "1.2", tag=FOREIGN)])
    require(tmp_path, "quick")
    assert locked(tmp_path).packages["quick"].wheel == "quick-1.1-py3-none-any.whl"


def test_a_package_that_is_published_for_the_browser_only_is_found(
    index: Index, tmp_path: Path
) -> None:
    index.add("quick", "1.0", tag=COMPILED, needs=("colours",))
    index.add("quick", "1.1", tag=FOREIGN)
    index.add("colours", "2.1")
    index.add("charts", "1.0", needs=("quick",))
    require(tmp_path, "charts")
    lock = locked(tmp_path)
    assert lock.packages["quick"].wheel == f"quick-1.0-{COMPILED}.whl"
    assert lock.chain("colours") == ("charts", "quick", "colours")


def test_markers_are_those_of_the_browser(index: Index, tmp_path: Path) -> None:
    index.add("charts", "1.0", needs=("colours; sys_platform == 'emscripten'",))
    index.add("colours", "2.1", needs=("nothing; platform_machine == 'x86_64'",))
    require(tmp_path, "charts", "never; sys_platform == 'linux'")
    assert set(locked(tmp_path).packages) == {"charts", "colours"}


def test_one_flipped_byte_is_refused_by_name(index: Index, tmp_path: Path) -> None:
    index.add("charts", "1.0")
    require(tmp_path, "charts")
    lock = locked(tmp_path)
    file, data = next(iter(index.packages["charts"].items()))
    index.packages["charts"][file] = data[:-1] + bytes([data[-1] ^ 1])
    with pytest.raises(PackageError, match=r"charts-1.0-py3-none-any.whl is not what wasmrx.lock"):
        shelved(tmp_path, lock)
    index.packages["charts"][file] = data
    shelved(tmp_path, lock)
    (kept,) = (tmp_path / "cache/wheels").iterdir()
    (archive,) = (tmp_path / "cache/archives").glob("*.bin")
    made = archive.read_bytes()
    for path in (kept, archive):
        path.write_bytes(path.read_bytes()[:-1])
    index.asked.clear()
    shelved(tmp_path, lock)
    assert index.asked == ["/simple/charts/", f"/files/{file}"]
    assert archive.read_bytes() == made


def test_a_package_of_ones_own_is_built_and_follows_its_source(
    index: Index, tmp_path: Path
) -> None:
    own, app = tmp_path / "own", tmp_path / "app"
    (own / "parts").mkdir(parents=True)
    app.mkdir()
    (own / "parts/__init__.py").write_text("from .inner import answer\n")
    (own / "parts/inner.py").write_text("answer = 42\n")
    (own / "pyproject.toml").write_text(_own_project("colours"))
    (own / "backend.py").write_text(BACKEND)
    index.add("colours", "2.1")
    require(app, "-e ../own")
    lock = locked(app)
    assert lock.packages["parts"].local == "../own"
    assert lock.packages["colours"].by == ("parts",)
    first = shelved(app, lock).packages["parts"]
    (own / "parts/inner.py").write_text("answer = 43\n")
    second = shelved(app, locked(app, locked=True)).packages["parts"]
    assert first.modules == second.modules == ("parts",)
    assert first.file != second.file


def test_compiled_code_of_ones_own_says_what_it_takes(index: Index, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "parts").mkdir(parents=True)
    (own / "parts/__init__.py").write_text("")
    (own / "pyproject.toml").write_text(_own_project("colours"))
    (own / "backend.py").write_text(BACKEND.replace("py3-none-any", FOREIGN))
    require(tmp_path, "-e ./own")
    is_old = sys.version_info < OLDEST
    said = r"That takes Python 3\.12 or newer" if is_old else "pyodide xbuildenv install|It failed"
    with pytest.raises(PackageError, match=rf"in own has compiled code, which `pyodide.*{said}"):
        locked(tmp_path)


BACKEND = """
import pathlib, zipfile
def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    name = "parts-0.1-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(wheel_directory, name), "w") as out:
        for path in sorted(pathlib.Path("parts").glob("*.py")):
            out.write(path, path.as_posix())
        out.writestr("parts-0.1.dist-info/METADATA",
            "Metadata-Version: 2.1\\nName: parts\\nVersion: 0.1\\nRequires-Dist: colours\\n")
        out.writestr("parts-0.1.dist-info/WHEEL",
            "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        out.writestr("parts-0.1.dist-info/RECORD", "")
    return name
"""


def _own_project(need: str) -> str:
    return (
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        f'[project]\nname = "parts"\nversion = "0.1"\ndependencies = ["{need}"]\n'
    )


@pytest.mark.parametrize(
    ("names", "best"),
    [
        (["a-1-py3-none-any.whl"], 0),
        (["a-1-py2.py3-none-any.whl"], 0),
        (["a-1-py314-none-any.whl"], 0),
        (["a-1-py3-none-any.whl", f"a-1-{COMPILED}.whl"], 1),
        ([f"a-1-cp312-abi3-{COMPILED.rpartition('-')[2]}.whl"], 0),
        (["a-1-cp313-cp313-pyemscripten_2025_0_wasm32.whl"], None),
        (["a-1-cp315-cp315-pyemscripten_2026_5_wasm32.whl"], None),
        (["a-1-cp313-cp313-pyodide_2025_0_wasm32.whl"], None),
        ([f"a-1-{FOREIGN}.whl"], None),
        (["a-1-py3-none-win_amd64.whl"], None),
        (["a-1-py2-none-any.whl"], None),
        (["a-1.tar.gz", "nonsense.whl"], None),
        ([], None),
    ],
)
def test_wheels_are_chosen_by_their_tags(names: list[str], best: int | None) -> None:
    assert best_wheel(names) == (None if best is None else names[best])


def test_the_target_is_that_of_the_worker() -> None:
    assert target().tag == COMPILED
