from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from wasmrx.wasm import bundle, files
from wasmrx.wasm.bundle import app_bundle
from wasmrx.wasm.files import AssetsMissing, core_files, worker_files, worker_site


def lay(project: Path, *names: str) -> None:
    for name in names:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(f"# {name}\n")


def names_in(archive: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return [name for name in source.namelist() if not name.startswith("wasmrx/")]


def test_a_bundle_holds_sources_and_data(tmp_path: Path) -> None:
    lay(tmp_path, "app.py", "shop/__init__.py", "shop/cart.py", "shop/prices.csv", "notes.txt")
    expected = ["app.py", "notes.txt", "shop/__init__.py", "shop/cart.py", "shop/prices.csv"]
    assert names_in(app_bundle(tmp_path)) == expected


def test_texts_in_folders_are_data(tmp_path: Path) -> None:
    lay(tmp_path, "app.py", "posts/hello.md", "posts/2024/Read me.md")
    assert names_in(app_bundle(tmp_path)) == ["app.py", "posts/2024/Read me.md", "posts/hello.md"]


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".git/config",
        ".web/page.js",
        "__pycache__/app.cpython-314.pyc",
        "app.pyc",
        "assets/logo.svg",
        "dist/index.html",
        "node_modules/react/index.js",
        "README.md",
        "notes.md",
        "posts/CODE_OF_CONDUCT.md",
        "server.key",
        "tests/test_app.py",
        "venv/lib/site.py",
    ],
)
def test_what_is_not_the_apps_stays_out(tmp_path: Path, name: str) -> None:
    lay(tmp_path, "app.py", name)
    assert names_in(app_bundle(tmp_path)) == ["app.py"]


def test_a_virtual_environment_of_any_name_stays_out(tmp_path: Path) -> None:
    lay(tmp_path, "app.py", "py314/pyvenv.cfg", "py314/lib/os.py")
    assert names_in(app_bundle(tmp_path)) == ["app.py"]


def test_the_output_folder_stays_out(tmp_path: Path) -> None:
    lay(tmp_path, "app.py", "public/index.html")
    assert names_in(app_bundle(tmp_path, leave_out=[tmp_path / "public"])) == ["app.py"]


def test_links_out_of_the_project_are_not_followed(tmp_path: Path) -> None:
    project = tmp_path / "project"
    lay(project, "app.py")
    lay(tmp_path, "secret.txt", "outside/secret.txt")
    (project / "file.txt").symlink_to(tmp_path / "secret.txt")
    (project / "folder").symlink_to(tmp_path / "outside")
    assert names_in(app_bundle(project)) == ["app.py"]


def test_a_bundle_depends_on_contents_alone(tmp_path: Path) -> None:
    lay(tmp_path / "a", "app.py", "shop/cart.py")
    lay(tmp_path / "b", "shop/cart.py", "app.py")
    (tmp_path / "b" / "app.py").chmod(0o755)
    assert app_bundle(tmp_path / "a") == app_bundle(tmp_path / "b")


def test_an_edited_runtime_travels_with_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, "app.py")
    for current in (True, False):
        monkeypatch.setattr(bundle, "runtime_is_current", lambda current=current: current)
        with zipfile.ZipFile(io.BytesIO(app_bundle(tmp_path))) as archive:
            assert ("wasmrx/state.py" in archive.namelist()) is not current


def test_site_names_hold_the_contents_hash(tmp_path: Path) -> None:
    for name, path in worker_files().items():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert name == f"{path.stem}-{digest[:16]}{path.suffix}"


def test_the_index_describes_the_files() -> None:
    for file in core_files().values():
        content = file.path.read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)


def test_a_worker_site_is_complete(tmp_path: Path) -> None:
    lay(tmp_path, "app.py")
    site = worker_site(app_bundle(tmp_path))
    names = [site.config["script"], *site.config["files"].values()]
    assert sorted(site.files) == sorted(f"wasmrx/{name}" for name in names)
    others = {"snapshot", "plain", "stdlib", "app"}
    assert set(site.config["files"]) == {"wasm", "rest", "asm", *others}
    for key, name in site.config["files"].items():
        assert site.config["sizes"][key] == len(site.files[f"wasmrx/{name}"])


def test_missing_assets_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ASSETS", tmp_path)
    with pytest.raises(AssetsMissing, match=r"index\.json does not exist.*`make assets`"):
        core_files()
