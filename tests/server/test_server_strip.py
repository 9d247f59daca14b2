"""What of an app with server handlers is published: nothing that is for the server alone."""

from __future__ import annotations

import ast
import contextlib
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wasmrx.errors import ServerHandlerError

from images import memories
from projects import Project

CANARY = re.compile(rb"CANARY_\w+")
APP = '''"""Module docstring CANARY_module_docstring."""

from __future__ import annotations

import functools
import json, os  # CANARY_import_comment
from dataclasses import dataclass
from typing import Any

import CANARY_module_imported
import CANARY_module_aliased as keys
from CANARY_module_from import CANARY_name_from
from mixed import CANARY_name_of_mixed, shown
import backend.CANARY_submodule
import wasmrx as rx

CONSTANT = "CANARY_constant"
ANNOTATED: str = "CANARY_annotated_constant"
BYTES = b"CANARY_bytes"
DERIVED = CONSTANT + "CANARY_derived"
TABLE = {"CANARY_dict_key": 1, "x": ["CANARY_nested"]}
FIRST, ALSO = "CANARY_tuple", "CANARY_tuple_too"
SECOND = "shared"
SPARE = "CANARY_used_by_nobody"; OPEN = "open"
JOINED = ("CANARY_multi"
          "line")
LAMBDA = lambda x: x + "CANARY_lambda"
rx.server.configure(rate="1000/minute", auth=lambda caller: "CANARY_rule" != caller.user)
os.environ.setdefault("CANARY_effect", CONSTANT)

def fmt(text: str) -> str:
    return text.upper() + OPEN

def helper(text: str = "CANARY_helper_default") -> str:
    """CANARY_helper_docstring"""
    # CANARY_helper_comment
    def inner() -> str:
        return "CANARY_closure"
    return text + inner() + second_helper()

def second_helper() -> str:
    return f"CANARY_fstring {CONSTANT}"

@functools.cache
def cached() -> str:
    return "CANARY_decorated_helper"

def decorate(label: str) -> Any:
    def wrap(fn: Any) -> Any:
        fn.label = label + "CANARY_decorator_body"
        return fn
    return wrap

class Client:
    """CANARY_class_docstring"""
    url = "CANARY_class_attribute"
    def send(self, key: str = "CANARY_method_default") -> str:
        return "CANARY_method"

@dataclass
class Row:
    CANARY_field: str = "CANARY_field_default"

try:
    import CANARY_optional
except ImportError:
    CANARY_optional = "CANARY_fallback"

if os.environ.get("CANARY_condition"):
    MODE = "CANARY_branch"
else:
    MODE = "CANARY_other_branch"

def rule(caller: rx.server.Caller) -> bool:
    return caller.user == "CANARY_auth_rule"

class Shop(rx.State):
    """CANARY_state_docstring"""

    text: str = ""
    _key: str = "CANARY_backend_default"
    kept: str = rx.server.var("CANARY_server_var")
    CANARY_named_var: str = rx.server_var("x")
    _LIMIT = "CANARY_private_class_constant"

    @rx.event
    def local(self, text: str) -> Any:
        self.text = fmt(text) + SECOND
        return Shop.remote

    # CANARY_comment_above
    @rx.event(server=True, auth=rule, timeout=len("CANARY_argument"), version="CANARY_ver")
    @decorate("CANARY_second_decorator")
    async def remote(self, more: str = "CANARY_default", *, last: str = TABLE["x"][0]) -> Any:
        """CANARY_docstring"""
        # CANARY_comment_inside
        import CANARY_module_inside
        CANARY_local_name = "CANARY_body"
        self._key += CONSTANT + ANNOTATED + BYTES.decode() + DERIVED + FIRST + JOINED + LAMBDA("")
        self.kept = helper() + cached() + Client().send() + str(Row()) + MODE + self._private()
        self.text = CANARY_name_from() + CANARY_module_imported.x + keys.x + CANARY_name_of_mixed()
        self.CANARY_named_var = str(CANARY_optional) + self._LIMIT + str(json)
        self.text += backend.CANARY_submodule.x + SECOND
        yield {"a": "CANARY_yielded"}
        match more:
            case "CANARY_pattern":
                raise ValueError("CANARY_exception")
        # CANARY_comment_at_the_end

    def _private(self) -> str:
        return "CANARY_private_method"

    @property
    def _prop(self) -> str:
        return "CANARY_property"

class Liked(rx.State, mixin=True):
    """CANARY_mixin_docstring"""
    likes: int = 0
    _who: str = "CANARY_mixin_backend_default"
    _NAME = "CANARY_mixin_constant"

    @rx.server(auth=lambda caller: caller.user != "CANARY_mixin_argument")
    def like(self, by: str = "CANARY_mixin_default") -> None:
        """CANARY_mixin_method_docstring"""
        self._who = "CANARY_mixin_body" + self._NAME + self._mixed()
        self.likes += 1

    def _mixed(self) -> str:
        return "CANARY_mixin_private_method"

class Unused(rx.State, mixin=True):
    @rx.server
    def unused(self, by: str = "CANARY_unused_default") -> None:
        raise ValueError("CANARY_unused_body")

class Book(Liked, rx.State):
    title: str = ""

class Film(Liked, rx.State):
    title: str = ""

class Star(rx.ComponentState):
    stars: int = 0
    _given: str = "CANARY_component_backend_default"

    @rx.server(version="CANARY_component_version")
    def give(self, by: str = "CANARY_component_default") -> None:
        self._given = "CANARY_component_body"
        self.stars += len(helper())

    @classmethod
    def get_component(cls) -> rx.Component:
        return rx.button(cls.stars, on_click=cls.give("x"))

@rx.server(timeout=len("CANARY_function_argument"))
@decorate("CANARY_function_decorator")
def far(shop: Shop, more: str = "CANARY_function_default") -> None:
    """CANARY_function_docstring"""
    # CANARY_function_comment
    shop.text = "CANARY_function_body" + only_far()

def only_far() -> str:
    return "CANARY_function_helper"

def index() -> rx.Component:
    return rx.box(rx.text(Shop.text), shown(), rx.button("Go", on_click=Shop.local("x")),
                  rx.button("Far", on_click=Shop.remote("y", last="z")),
                  rx.button("Function", on_click=far("y")), Star.create(), Star.create(),
                  rx.button(Book.likes, on_click=Book.like("x")),
                  rx.button(Film.likes, on_click=Film.like("x")))

app = rx.App()
app.add_page(index)
'''
X = 'x = "CANARY_value_in_{name}"\n'
OTHERS = {
    "CANARY_module_imported.py": X.format(name="imported"),
    "CANARY_module_aliased.py": X.format(name="aliased"),
    "CANARY_module_from.py": "def CANARY_name_from():\n    return 'CANARY_of_from'\n",
    "CANARY_module_inside.py": X.format(name="inside"),
    "backend/__init__.py": 'NOTE = "CANARY_package"\n',
    "backend/CANARY_submodule.py": "import wasmrx as rx\nrx.server.only()\n" + X.format(name="sub"),
    "mixed.py": '''"""CANARY_mixed_docstring"""
import wasmrx as rx

# CANARY_mixed_comment
KEY = "CANARY_mixed_constant"

def CANARY_name_of_mixed():
    return KEY + "CANARY_mixed_function"

def shown():
    return rx.text("shown")
''',
    "unused.py": 'x = "CANARY_unused_module"\n',
    ".env": "KEY=CANARY_dotenv\n",
    "prod.env": "KEY=CANARY_env\n",
    "server.pem": "CANARY_pem\n",
    "id_rsa": "CANARY_ssh\n",
    "credentials.json": '{"key": "CANARY_credentials"}\n',
    "users.sqlite3": "CANARY_sqlite\n",
    "app.db": "CANARY_db\n",
    "rows.csv": "CANARY_data_file\n",
    "notes.txt": "CANARY_text_file\n",
    ".wasmrx/backend.sqlite": "CANARY_sessions\n",
}


ROWS = [
    "app.Book.like; reads likes; writes likes; keeps _NAME, _who",
    "app.Film.like; reads likes; writes likes; keeps _NAME, _who",
    "app.Shop.app_far; writes text",
    "app.Shop.remote; reads text; writes text; keeps CANARY_named_var, _LIMIT, _key, kept",
    "app.Star_n1.give; reads stars; writes stars; keeps _given",
    "app.Star_n2.give; reads stars; writes stars; keeps _given",
]
"""What a build prints of the server handlers."""


def canaries() -> set[bytes]:
    return set(CANARY.findall("\n".join([APP, *OTHERS, *OTHERS.values()]).encode()))


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte of a site: names of files, files, what archives and images of memory hold."""
    for path in sorted(folder.rglob("*")):
        yield str(path), path.name.encode()
        if path.is_file():
            yield str(path), path.read_bytes()
            for bits in (47, -15):  # What is packed as a whole.
                with contextlib.suppress(zlib.error):
                    yield f"{path}, unpacked", zlib.decompress(path.read_bytes(), bits)
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    for name in archive.namelist():
                        yield f"{path}:{name}", name.encode() + b"\n" + archive.read(name)
    for path, memory in memories(folder):
        yield f"{path}, unpacked", memory


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("canaries") / "shop"
    for name, text in {"app.py": APP, **OTHERS}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize("backend", ["same", "https://api.example.org"])
def test_no_canary_gets_out(shop: Path, backend: str, wasmrx: Any) -> None:
    assert len(canaries()) >= 100
    out = shop.parent / "dist"
    done = wasmrx("build", shop, "--out", out, "--backend", backend)
    assert done.returncode == 0, done.stdout + done.stderr
    found = [(where, CANARY.findall(data)) for where, data in contents(out)]
    assert [each for each in found if each[1]] == []
    assert re.findall(r"^ +server +(.*)", done.stdout, re.MULTILINE) == ROWS
    published = re.search(r"published +(.*)", done.stdout)
    assert published and published[1].split(", ") == ["app.py", "mixed.py"]
    bundle = next(zipfile.ZipFile(p) for p in (out / "wasmrx").glob("app-*.zip"))
    sources = [n for n in bundle.namelist() if not n.startswith("wasmrx/")]
    assert sources == ["app.py", "mixed.py"]
    (own,) = [memory for path, memory in memories(out) if path.name.startswith("image-")]
    for name in (b"app.Shop.remote", b"SECOND", b"shared"):  # It is the app's, and can be read.
        assert name in own
    shutil.rmtree(out)


def test_errors_of_the_backend_tell_nothing(shop: Path) -> None:
    script = """
import sys, json
from pathlib import Path
from starlette.testclient import TestClient
from wasmrx.dev_server.backend import Settings, create
from wasmrx.dev_server.project import find_project
client = TestClient(create(Settings(find_project(Path(sys.argv[1])), ":memory:")))
client.base_url = "https://testserver"
from wasmrx.wasm.server_table import server_table
table = server_table().handlers
assert len(table) == 6
(id,) = (id for id, found in table.items() if found.handler.attr == "remote")
good = {"Origin": "https://testserver", "Wasmrx-Call": "x", "Idempotency-Key": "a" * 32,
        "Content-Type": "application/json"}
for at, body in (id, "{}"), (id, '{"args": {"more": 1, "zz": 2}, "reads": {}}'), (id, "{"), (
    "0" * 32, "{}"):
    answer = client.post(f"/_wasmrx/call/{at}", content=body, headers=good)
    print(answer.status_code, answer.headers, answer.text)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(shop)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"code"') == 4
    assert not CANARY.findall(done.stdout.encode())


# -- the text ----------------------------------------------------------------------------------


def test_every_line_stays_where_it_was(project: Project) -> None:
    project.write(
        app=APP.replace("CANARY_", "name_"),
        **{
            name.removesuffix(".py").replace("/", "__").replace("CANARY_", "name_"): text.replace(
                "CANARY_", "name_"
            )
            for name, text in OTHERS.items()
            if name.endswith(".py")
        },
    )
    made = project.text()
    before = {n.name: n.lineno for n in ast.walk(ast.parse(APP)) if isinstance(n, ast.FunctionDef)}
    after = {n.name: n.lineno for n in ast.walk(ast.parse(made)) if isinstance(n, ast.FunctionDef)}
    for name in ("fmt", "local", "index", "far", "like", "give", "get_component"):
        assert after[name] == before[name]
    assert (
        after["remote"]
        == APP.splitlines().index(
            next(line for line in APP.splitlines() if "async def remote" in line)
        )
        + 1
    )


def test_an_app_without_server_handlers_is_published_as_it_is(project: Project) -> None:
    text = "# a comment\nclass S(rx.State):\n    x: int = 0\n\n"
    project.app(text)
    assert project.text() == (project.root / "app.py").read_text()


@pytest.mark.parametrize(
    "line",
    [
        "SECRET = 'hidden'; other = 1",
        "other = 1; SECRET = 'hidden'",
        "SECRET = '''hid\nden'''; other = 1",
        "SECRET, x = 'hidden', 1\nother = 1",
    ],
)
def test_statements_that_share_a_line(project: Project, line: str) -> None:
    project.app(f"""
{line}
class S(rx.State):
    a: str = ""
    @rx.server
    def go(self):
        self.a = SECRET
    def local(self):
        self.a = str(other)

""")
    text = project.text()
    assert "hid" not in text and "other = 1" in text
    compile(text, "app.py", "exec")


# -- telling apart -----------------------------------------------------------------------------


def test_what_both_use_is_published(project: Project) -> None:
    project.app("""
LIMIT = 3
def check(n): return n < LIMIT
class S(rx.State):
    a: int = 0
    def local(self):
        self.a = check(1)
    @rx.server
    def go(self):
        self.a = check(2)

""")
    assert "def check(n): return n < LIMIT" in project.text()


def test_a_local_name_does_not_publish_a_global_one(project: Project) -> None:
    project.app("""
def fetch(): return 'hidden'
class S(rx.State):
    a: str = ""
    def local(self):
        fetch = lambda: 'mine'
        self.a = fetch()
    @rx.server
    def go(self):
        self.a = fetch()

""")
    assert "hidden" not in project.text()


def test_pages_that_are_imported_for_what_they_do(project: Project) -> None:
    project.write(
        app="""
            import wasmrx as rx
            from pages import about  # noqa
            import pages.more
            import store
            class S(rx.State):
                @rx.server
                def go(self): store.save()
            app = rx.App()
            """,
        pages____init__="",
        pages__about="import wasmrx as rx\n@rx.page('/about')\ndef about(): return rx.text('a')\n",
        pages__more="import wasmrx as rx\n@rx.page('/')\ndef more(): return rx.text('more')\n",
        store="def save(): 'hidden'\n",
    )
    files = project.published().files
    assert sorted(files) == ["app.py", "pages/__init__.py", "pages/about.py", "pages/more.py"]
    assert b"def more()" in files["pages/more.py"]


def test_a_marked_module_fails_with_the_chain(project: Project) -> None:
    project.write(
        app="""
            import wasmrx as rx
            from shown import page
            class S(rx.State):
                @rx.server
                def go(self): pass
            app = rx.App()
            app.add_page(page, route="/")
            """,
        shown="import wasmrx as rx\nfrom keys import TITLE\ndef page(): return rx.text(TITLE)\n",
        keys="import wasmrx as rx\nrx.server.only()\nTITLE = 'x'\n",
    )
    with pytest.raises(ServerHandlerError, match="keys, which is marked for the server") as caught:
        project.published()
    words = str(caught.value)
    assert "shown.py:2 (shown)" in words and "app.py:3 (app)" in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            """
class S(rx.State):
    _token: str = ""
    @rx.server
    def go(self): self._token = "x"
    def local(self): print(self._token)

""",
            "S._token lives on the server",
        ),
        (
            """
class S(rx.State):
    hits: int = rx.server.var(0)
    @rx.var
    def shown(self) -> int: return self.hits
    @rx.server
    def go(self): self.hits += 1

""",
            "S.hits lives on the server",
        ),
        (
            """
KEY = "k"
def connect(key): return len(key)
def setup(): connect(KEY)
setup()
class S(rx.State):
    @rx.server
    def go(self): connect(KEY)

""",
            "uses 'KEY', which server handlers use as well|uses 'connect'",
        ),
        (
            """
KEY, TITLE = "k", "t"
class S(rx.State):
    a: str = TITLE
    @rx.server
    def go(self): print(KEY)

""",
            "defines 'KEY', which only server handlers use, together",
        ),
    ],
)
def test_what_cannot_be_told_apart_fails(project: Project, text: str, words: str) -> None:
    project.app(text)
    with pytest.raises(ServerHandlerError, match=words) as caught:
        project.published()
    assert caught.value.file is not None


def test_a_data_file_goes_along_where_published_code_names_it(project: Project) -> None:
    (project.root / "prices.csv").write_text("pear,3")
    (project.root / "people.csv").write_text("ann")
    (project.root / "secrets.json").write_text("{}")
    project.app("""
class S(rx.State):
    a: str = ""
    def local(self): self.a = open("prices.csv").read()
    @rx.server
    def go(self): self.a = open("people.csv").read() + open("secrets.json").read()

""")
    found = project.published()
    assert sorted(found.files) == ["app.py", "prices.csv"]
    assert found.held_back == ("people.csv",)


def test_a_data_file_is_named_by_whole_names_of_its_path(project: Project) -> None:
    for path in ("public/prices.json", "private/prices.json", "data.csv", "S.a", "doc.txt"):
        (project.root / path).parent.mkdir(exist_ok=True)
        (project.root / path).write_text("hidden" if "public" not in path else "[]")
    project.app("""
class S(rx.State):
    "doc.txt"
    a: str = ""
    def local(self): self.a = open("./public/prices.json").read() + "userdata.csv or so"
    @rx.server(version="data.csv")
    def go(self): self.a = open("private/prices.json").read() + open("data.csv").read()

""")
    found = project.published()
    assert sorted(found.files) == ["app.py", "public/prices.json"]


def test_a_bare_name_of_two_data_files_fails(project: Project) -> None:
    for folder in ("public", "private"):
        (project.root / folder).mkdir()
        (project.root / folder / "prices.json").write_text("[]")
    project.app("""
from pathlib import Path
class S(rx.State):
    a: str = ""
    def local(self): self.a = Path("public").joinpath("prices.json").read_text()
    @rx.server
    def go(self): self.a = Path("private").joinpath("prices.json").read_text()

""")
    with pytest.raises(ServerHandlerError, match="any of private/prices") as caught:
        project.published()
    assert caught.value.file == str(project.root / "app.py") and caught.value.line == 6


def test_a_package_of_the_server_is_none_of_the_browser(tmp_path: Path, wasmrx: Any) -> None:
    text = LONELY.format(options="", click="S.go").replace("class S", "import httpx\nclass S")
    (tmp_path / "app.py").write_text(text.replace('self.a = "server"', "self.a = str(httpx)"))
    done = wasmrx("build", tmp_path, "--backend", "same")
    assert done.returncode == 0, done.stdout + done.stderr


# -- builds without a backend --------------------------------------------------------------------

LONELY = """
import wasmrx as rx
class S(rx.State):
    a: str = ""
    @rx.server({options})
    def go(self): self.a = "server"
    def local(self): self.a = "local"
app = rx.App()
app.add_page(lambda: rx.button(S.a, on_click={click}), route="/")
"""


@pytest.mark.parametrize(
    ("options", "click", "code", "words"),
    [
        ("", "S.go", 1, "A page uses app.S.go, which runs on a server, and this build has none"),
        ("", "S.local", 0, "app.S.go cannot be reached: this build has no backend"),
        ("fallback='local'", "S.go", 0, "app.S.go runs its fallback"),
        ("fallback='nowhere'", "S.go", 1, "fallback='nowhere', which is no handler"),
    ],
)
def test_a_build_without_a_backend(
    tmp_path: Path, wasmrx: Any, options: str, click: str, code: int, words: str
) -> None:
    (tmp_path / "app.py").write_text(LONELY.format(options=options, click=click))
    done = wasmrx("build", tmp_path)
    assert done.returncode == code, done.stdout + done.stderr
    assert words in done.stderr


STAND_IN = """
class S(rx.State):
    a: str = ""
    @rx.server(fallback="near")
    def far(self, word: str, more: int = 1): self.a = word
    def near(self{takes}): self.a = "near"

"""


@pytest.mark.parametrize("takes", [", word, more=2", ", word='', more=2, last=3", ", word, **more"])
def test_a_fallback_that_takes_the_call(project: Project, takes: str) -> None:
    project.app(STAND_IN.format(takes=takes))
    table = project.table()
    (far,) = table.handlers.values()
    assert table.contract(far, None)["fallback"] == "app.S.near"


@pytest.mark.parametrize("takes", ["", ", word", ", word, more", ", word, other=1", ", x, **more"])
def test_a_fallback_that_takes_something_else(project: Project, takes: str) -> None:
    project.app(STAND_IN.format(takes=takes))
    with pytest.raises(ServerHandlerError, match=r"app\.S\.near cannot stand in for app\.S\.far"):
        project.published(None)
