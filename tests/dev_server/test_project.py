from __future__ import annotations

from pathlib import Path

import pytest

from wasmrx.dev_server.project import ProjectError, find_project


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_single_file(tmp_path: Path) -> None:
    project = find_project(write(tmp_path, {"app.py": ""}))
    assert (project.root, project.module) == (tmp_path, "app")


@pytest.mark.parametrize(
    "config",
    [
        'import reflex as rx\nconfig = rx.Config(app_name="shop")',
        'from reflex import Config\nconfig = Config(db_url=f"{1}", app_name="shop", plugins=[])',
        'import reflex as rx\nclass MyConfig(rx.Config): pass\nconfig = MyConfig(app_name="shop")',
    ],
)
def test_layout_of_reflex(tmp_path: Path, config: str) -> None:
    write(tmp_path, {"rxconfig.py": config, "shop/__init__.py": "", "shop/shop.py": ""})
    assert find_project(tmp_path).module == "shop.shop"


def test_named_app_module(tmp_path: Path) -> None:
    config = 'config = rx.Config(app_name="shop", app_module_import="shop.web.main")'
    write(tmp_path, {"rxconfig.py": config, "shop/web/main.py": ""})
    assert find_project(tmp_path).module == "shop.web.main"


@pytest.mark.parametrize("arguments", ['app_name="app"', 'app_name="shop"', 'db_url="sqlite:///x"'])
def test_a_single_file_may_have_settings(tmp_path: Path, arguments: str) -> None:
    write(tmp_path, {"rxconfig.py": f"config = rx.Config({arguments})", "app.py": ""})
    assert find_project(tmp_path).module == "app"


def test_a_package_goes_before_a_single_file(tmp_path: Path) -> None:
    config = 'config = rx.Config(app_name="app")'
    write(tmp_path, {"rxconfig.py": config, "app.py": "", "app/app.py": ""})
    assert find_project(tmp_path).module == "app.app"


OPTIONS = {
    "app_image": "not DEBUG",
    "app_module_import": "NAME",
    "backend": 'os.environ["BACKEND"]',
    "memory_limit": "2 * 400",
    "offline": 'f"{1}"',
    "pyodide": 'os.getenv("COPY")',
    "stop_after": "-1",
}


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_that_is_computed_is_told(tmp_path: Path, name: str) -> None:
    config = f'config = rx.Config(\n    app_name="app",\n    {name}={OPTIONS[name]},\n)'
    write(tmp_path, {"rxconfig.py": config, "app.py": ""})
    with pytest.raises(ProjectError) as caught:
        find_project(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path}/rxconfig.py:3: {name} must be written out")


def test_an_option_of_none_is_left_out(tmp_path: Path) -> None:
    config = 'config = rx.Config(app_name="app", backend=None, deploy_url=None, offline=False)'
    project = find_project(write(tmp_path, {"rxconfig.py": config, "app.py": ""}))
    assert (project.backend, project.unread_address, project.offline) == (None, "", False)


MISTAKES = {
    "no such folder": ({}, "x", "There is no folder {0}/x. `wasmrx init {0}/x` makes a new app."),
    "a file": (
        {"app.py": ""},
        "app.py",
        "{0}/app.py is a file. Give the folder that holds it: {0}",
    ),
    "nothing": (
        {"a/b.txt": ""},
        "a",
        "There is no app in {0}/a: it has neither app.py nor rxconfig.py. "
        "`wasmrx init {0}/a` makes a new one.",
    ),
    "one level up": (
        {"a/one/app.py": "", "a/two/rxconfig.py": "", "a/.git/app.py": ""},
        "a",
        "There is no app in {0}/a: it has neither app.py nor rxconfig.py. "
        "These folders in it hold one:\n  {0}/a/one\n  {0}/a/two",
    ),
    "another name": (
        {"a/main.py": "app = rx.App()"},
        "a",
        "There is no app in {0}/a: it has neither app.py nor rxconfig.py. "
        "main.py seems to define one: rename it to app.py.",
    ),
    "config without a name": (
        {"rxconfig.py": "config = rx.Config(app_name=NAME)"},
        ".",
        "{0}/rxconfig.py does not name the app. It needs a line like "
        'config = rx.Config(app_name="{1}"), the name written out as text.',
    ),
    "config of a missing package": (
        {"rxconfig.py": 'config = rx.Config(app_name="shop")'},
        ".",
        "{0}/rxconfig.py asks for shop/shop.py, but there is no such file.",
    ),
    "config that is not Python": (
        {"rxconfig.py": "config = (\n"},
        ".",
        "{0}/rxconfig.py:1: '(' was never closed",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_says_what_is_missing(tmp_path: Path, name: str) -> None:
    files, folder, message = MISTAKES[name]
    write(tmp_path, files)
    with pytest.raises(ProjectError) as caught:
        find_project(tmp_path / folder)
    assert str(caught.value) == message.format(tmp_path, tmp_path.name)
