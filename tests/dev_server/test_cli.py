"""The command as a process: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]


def wasmrx(*arguments: str, cwd: Path) -> Done:
    command = [sys.executable, "-m", "wasmrx.dev_server", *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120
    )


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter")
    done = wasmrx("init", "my_app", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "See it with: wasmrx serve my_app" in done.stdout
    return folder / "my_app"


def test_help_and_version(tmp_path: Path) -> None:
    assert wasmrx("--version", cwd=tmp_path).stdout.startswith("wasmrx 0.")
    for command in ((), ("init",), ("serve",), ("build",)):
        done = wasmrx(*command, "--help", cwd=tmp_path)
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) > 6
    assert wasmrx("biuld", cwd=tmp_path).returncode == 2


def test_a_new_app_builds_twice_the_same(starter: Path) -> None:
    first = wasmrx("build", cwd=starter)
    assert first.returncode == 0, first.stderr
    assert "dist is ready" in first.stdout
    site = tree(starter / "dist")
    assert {"index.html", "404.html", ".nojekyll", "favicon.svg"} <= set(site)
    assert json.loads(site["wasmrx/build.json"])["files"] == sorted(
        set(site) - {"wasmrx/build.json"}
    )
    second = wasmrx("build", "--out", "../elsewhere", cwd=starter)
    assert second.returncode == 0, second.stderr
    assert tree(starter.parent / "elsewhere") == site
    third = wasmrx("build", cwd=starter)
    assert third.returncode == 0, third.stderr
    assert tree(starter / "dist") == site


def test_init_overwrites_nothing(starter: Path) -> None:
    before = tree(starter)
    done = wasmrx("init", "my_app", cwd=starter.parent)
    assert done.returncode == 1
    assert "my_app already has app.py" in done.stderr
    assert tree(starter) == before


def test_init_says_why_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = wasmrx("init", "file/inside", cwd=tmp_path)
    assert done.returncode == 1
    assert "Cannot write file/inside: a part of the path is a file" in done.stderr


def test_init_takes_any_name(tmp_path: Path) -> None:
    done = wasmrx("init", 'a "quoted" na\\me', cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    compile((tmp_path / 'a "quoted" na\\me' / "app.py").read_text(), "app.py", "exec")


HEAD = "import wasmrx as rx\n\ndef index():\n    return "
TAIL = "\n\napp = rx.App()\napp.add_page(index, route='/')\n"
MISTAKES = {
    "misspelt component": (HEAD + "rx.buton('x')" + TAIL, ["buton", "button"]),
    "exception": (HEAD + "rx.text(str(1 / 0))" + TAIL, ["app.py:4:", "ZeroDivisionError"]),
    "syntax": ("import wasmrx as rx\napp = (\n", ["app.py:2:", "never closed"]),
    "no app": ("import wasmrx as rx\n", ["app"]),
    "missing module": ("import no_such_module\n", ["app.py:1:", "no_such_module"]),
    "exit": ("raise SystemExit(3)\n", ["app.py:1:", "SystemExit"]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_app(tmp_path: Path, name: str) -> None:
    source, words = MISTAKES[name]
    (tmp_path / "app.py").write_text(source)
    done = wasmrx("build", cwd=tmp_path)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert "dev_server" not in done.stderr
    assert "wasmrx/compiler" not in done.stderr
    for word in words:
        assert word in done.stderr
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("out", [".", "..", "assets/site"])
def test_the_sources_are_never_the_output(starter: Path, out: str) -> None:
    before = tree(starter)
    done = wasmrx("build", "--out", out, cwd=starter)
    assert done.returncode == 1
    assert "Choose another folder with --out." in done.stderr
    assert tree(starter) == before


def test_an_asset_with_a_name_of_ours(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(HEAD + "rx.text('x')" + TAIL)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "index.html").write_text("mine")
    done = wasmrx("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "assets/index.html has the name of a file that wasmrx makes" in done.stderr
