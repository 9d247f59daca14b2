"""``wasmrx add``, ``lock`` and ``why`` as processes, with an index on loopback."""

from __future__ import annotations

import os
import subprocess
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from package_index import FOREIGN, Index, make_wheel

Wasmrx = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "app.py").write_text("import wasmrx as rx\napp = rx.App()\n")
    return folder


@pytest.fixture
def wasmrx(app: Path, tmp_path: Path) -> Wasmrx:
    """Run the command in the app's folder, by a virtual environment that a test may change.

    That one finds what this environment has.
    """
    venv.create(tmp_path / "venv")
    (own,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    installed, scripts = sysconfig.get_path("purelib"), sysconfig.get_path("scripts")
    (own / "all.pth").write_text(f"import site; site.addsitedir({installed!r})\n")
    path = os.pathsep.join([scripts, os.environ["PATH"]])

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [tmp_path / "venv/bin/python", "-m", "wasmrx.dev_server", *arguments]
        return subprocess.run(
            command,
            cwd=app,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_package_is_added_explained_and_checked(
    index: Index, app: Path, wasmrx: Wasmrx, tmp_path: Path
) -> None:
    index.add("charts", "1.0", needs=("colours>=2",))
    index.add("colours", "2.1")
    added = wasmrx("add", "charts")
    assert added.returncode == 0, added.stderr
    assert "requirements.txt and wasmrx.lock have it." in added.stdout
    assert (app / "requirements.txt").read_text() == "charts\n"
    assert '"colours"' in (app / "wasmrx.lock").read_text()
    assert list((tmp_path / "venv").glob("lib/python*/site-packages/charts.py"))

    why = wasmrx("why", "colours")
    assert why.returncode == 0, why.stderr
    assert "colours 2.1" in why.stdout
    assert "requirements.txt → charts → colours" in why.stdout

    assert wasmrx("lock", "--check").returncode == 0
    (app / "requirements.txt").write_text("charts\npaints\n")
    before = files(app)
    checked = wasmrx("lock", "--check")
    assert checked.returncode == 1
    assert "wasmrx.lock is not up to date: it lacks paints" in checked.stderr
    assert files(app) == before


@pytest.mark.parametrize(
    ("name", "said"), [("charts", "charts depend on quick"), ("psycopg2", "wasmrx add → psycopg2")]
)
def test_a_package_that_cannot_work_is_not_added(
    index: Index, app: Path, wasmrx: Wasmrx, name: str, said: str
) -> None:
    """Of some packages that is known, of others it is found out."""
    index.add("charts", "1.0", needs=("quick",))
    index.packages["quick"] = dict([make_wheel("quick", "1.0", tag=FOREIGN)])
    index.add("colours", "2.1")
    (app / "requirements.txt").write_text("colours\n")
    assert wasmrx("lock").returncode == 0
    before = files(app)
    refused = wasmrx("add", name)
    assert refused.returncode == 1
    assert "cannot run in the browser" in refused.stderr
    assert said in refused.stderr
    assert files(app) == before
