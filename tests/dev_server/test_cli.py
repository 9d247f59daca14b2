"""The command as a process: what it prints, what it writes, how it ends."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from wasmrx.compiler.npm.node import find_switching_node

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


NOT_KEPT = {"sw.js", "wasmrx/offline.json", "wasmrx/build.json"}


def kept(site: dict[str, bytes]) -> dict[str, bytes]:
    """What browsers are to keep of it."""
    return {
        path: content
        for path, content in site.items()
        if path not in NOT_KEPT and not path.rpartition("/")[2].startswith(".")
    }


def row(done: Done, label: str) -> str:
    """What a build says of this."""
    found = re.search(rf"^  {label} +(.+)$", done.stdout, re.M)
    assert found, done.stdout
    return found[1]


def test_a_new_app_builds_twice_the_same(starter: Path) -> None:
    first = wasmrx("build", cwd=starter)
    assert first.returncode == 0, first.stderr
    assert "dist is ready" in first.stdout
    site = tree(starter / "dist")
    size = sum(map(len, kept(site).values()))
    assert row(first, "offline") == f"{size / 1_000_000:.1f} MB"
    assert {"index.html", "404.html", ".nojekyll", "favicon.svg"} <= set(site)
    assert json.loads(site["wasmrx/build.json"])["files"] == sorted(
        set(site) - {"wasmrx/build.json"}
    )
    second = wasmrx("build", "--out", "../elsewhere", cwd=starter)
    assert second.returncode == 0, second.stderr
    if find_switching_node():
        (image,) = (starter / "dist/wasmrx").glob("image-*.bin")
        said = rf"the app's own image, {image.stat().st_size / 1000:.0f} kB, unchanged"
        assert row(second, "memory") == said
    assert tree(starter.parent / "elsewhere") == site
    third = wasmrx("build", cwd=starter)
    assert third.returncode == 0, third.stderr
    assert tree(starter / "dist") == site


def test_offline_use_takes_every_file_by_its_hash(starter: Path) -> None:
    done = wasmrx("build", "--out", "../kept", cwd=starter)
    assert done.returncode == 0, done.stderr
    site = tree(starter.parent / "kept")
    assert json.loads(site["wasmrx/offline.json"])["files"] == {
        path: [hashlib.sha256(content).hexdigest(), len(content)]
        for path, content in kept(site).items()
    }
    parts = {re.sub(r"-\w+\.\w+$", "", path) for path in kept(site)}
    interpreter = ("pyodide", "pyodide-first", "rest", "snapshot", "plain", "stdlib", "worker")
    assert {f"wasmrx/{part}" for part in interpreter} <= parts


def test_a_build_says_what_it_was_told_to_leave_out(starter: Path) -> None:
    done = wasmrx("build", "--out", "../plain", "--no-offline", "--no-app-image", cwd=starter)
    assert done.returncode == 0, done.stderr
    assert row(done, "memory") == "the base image"
    assert row(done, "offline") == "no"
    site = tree(starter.parent / "plain")
    assert "wasmrx/offline.json" not in site
    assert not [path for path in site if path.startswith("wasmrx/image-")]


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


def test_what_the_app_writes_while_it_is_built_is_published(tmp_path: Path) -> None:
    writes = "from pathlib import Path\n\nPath('data.txt').write_text('made')\n"
    shows = "rx.text(Path('assets/later.txt').write_text('made'))"
    (tmp_path / "assets").mkdir()
    (tmp_path / "app.py").write_text(writes + HEAD + shows + TAIL)
    done = wasmrx("build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    first = tree(tmp_path / "dist")
    assert first["later.txt"] == b"made"
    bundle = next(content for path, content in first.items() if path.startswith("wasmrx/app-"))
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert archive.read("data.txt") == b"made"
    assert wasmrx("build", cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "dist") == first


MAPPED = """import wasmrx as rx
app = rx.App()
app.add_page(lambda: rx.text("Home"), route="/", image="/home.png")
app.add_page(lambda: rx.text("Ümlaut"), route="/über uns")
app.add_page(lambda: rx.text("Often"), route="/news",
             context={"sitemap": {"changefreq": "daily", "priority": 0.9}})
app.add_page(lambda: rx.text("Hidden"), route="/hidden", context={"sitemap": None})
app.add_page(lambda: rx.text("Post"), route="/post/[id]")
"""


def test_the_address_of_the_site_makes_a_sitemap(tmp_path: Path) -> None:
    (tmp_path / "mapped.py").write_text(MAPPED)
    (tmp_path / "rxconfig.py").write_text(
        'import wasmrx as rx\nconfig = rx.Config(app_name="x", app_module_import="mapped", '
        'deploy_url="https://old.example")\n'
    )
    done = wasmrx("build", "--url", "https://me.example/repo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    site = tree(tmp_path / "dist")
    entries = ElementTree.fromstring(site["sitemap.xml"])
    assert [[child.text for child in entry] for entry in entries] == [
        ["https://me.example/repo/"],
        ["https://me.example/repo/news/", "daily", "0.9"],
        ["https://me.example/repo/%C3%BCber%20uns/"],
    ]
    home, hidden = site["index.html"].decode(), site["hidden/index.html"].decode()
    assert '<link rel="canonical" href="https://me.example/repo/">' in home
    assert 'property="og:image" content="https://me.example/repo/home.png"' in home
    assert '<link rel="canonical" href="https://me.example/repo/hidden/">' in hidden
    assert "canonical" not in site["404.html"].decode()
    done = wasmrx("build", cwd=tmp_path)
    assert "https://old.example/news/" in (tmp_path / "dist/sitemap.xml").read_text()


def test_an_address_that_is_computed_is_told(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(MAPPED)
    (tmp_path / "rxconfig.py").write_text(
        'import os\nimport wasmrx as rx\nconfig = rx.Config(app_name="app",\n'
        '    deploy_url=os.getenv("ADDRESS"))\n'
    )
    done = wasmrx("build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (
        "rxconfig.py:4: deploy_url is an expression, which the build does not read" in done.stderr
    )
    done = wasmrx("build", "--url", "https://me.example", cwd=tmp_path)
    assert "deploy_url" not in done.stderr


def test_without_an_address_there_is_no_sitemap(starter: Path) -> None:
    done = wasmrx("build", "--out", "../unmapped", cwd=starter)
    assert done.returncode == 0, done.stderr
    site = tree(starter.parent / "unmapped")
    assert "sitemap.xml" not in site
    assert b"canonical" not in site["index.html"]


@pytest.mark.parametrize("address", ["me.example", "ftp://me.example/", "https://", "https://a/?b"])
def test_an_address_that_is_none(starter: Path, address: str) -> None:
    done = wasmrx("build", "--url", address, cwd=starter)
    assert done.returncode == 2
    assert "is not the address of a site" in done.stderr


def test_a_wrong_entry_of_the_sitemap_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(MAPPED.replace("daily", "often"))
    done = wasmrx("build", "--url", "https://me.example/", cwd=tmp_path)
    assert done.returncode == 1
    assert "app.py:5" in done.stderr
    assert "changefreq 'often'" in done.stderr


def test_all_styles_are_kept_on_request(starter: Path) -> None:
    def styles(name: str, *options: str) -> str:
        done = wasmrx("build", "--out", f"../{name}", *options, cwd=starter)
        assert done.returncode == 0, done.stderr
        (sheet,) = (starter.parent / name / "wasmrx").glob("style-*.css")
        return sheet.read_text()

    assert ".rt-TableRoot" not in styles("cut")
    assert ".rt-TableRoot" in styles("whole", "--full-css")
