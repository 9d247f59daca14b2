"""The Markdown: links lead somewhere, pieces of Python are Python, every error is listed."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from manual.contents import SECTIONS, sections
from manual.document import Document, is_live, line_of
from visits import ROOT, build_app

FILES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def fences(path: Path) -> Iterator[SyntaxTreeNode]:
    """Yield the pieces of Python of a Markdown file."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").parse(path.read_text(encoding="utf-8")))
    for node in tree.walk():
        if node.type == "fence" and node.info.split()[:1] == ["python"]:
            yield node


def name_of(value: object) -> str:
    return value.name if isinstance(value, Path) else ""


def is_python(code: str) -> bool:
    """Whether ``code`` is a module, or part of one: of a class, or of a handler."""
    for candidate in (code, f"async def handler(self):\n{textwrap.indent(code, '    ')}"):
        try:
            ast.parse(candidate)
        except SyntaxError:
            continue
        return True
    return False


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_piece_of_python_is_python(path: Path) -> None:
    for fence in fences(path):
        code = textwrap.dedent(fence.content)
        assert is_python(code), f"{path.name}:{line_of(fence)}: this is no Python:\n{code}"


def complete_apps() -> Iterator[tuple[str, str]]:
    """Yield the pieces of Python that are apps, with where each stands."""
    for path in FILES:
        for fence in fences(path):
            if re.search(r"^app = rx\.App\(", fence.content, re.MULTILINE) and (
                "import wasmrx as rx" in fence.content
            ):
                yield f"{path.name}:{line_of(fence)}", fence.content


@pytest.mark.parametrize("code", [pytest.param(code, id=place) for place, code in complete_apps()])
def test_complete_apps_build(code: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(code, encoding="utf-8")
    build_app(tmp_path, tmp_path / "dist")


def test_the_files_hold_a_complete_app() -> None:
    places = " ".join(place for place, _ in complete_apps())
    assert "README.md" in places
    assert "getting-started.md" in places


def test_every_document_is_in_the_list_of_pages() -> None:
    listed = {page for section in SECTIONS for page in section.pages}
    shown = {page for section in sections() for page in section.pages}
    assert shown == listed


def test_every_link_leads_somewhere(documents: dict[str, Document]) -> None:
    anchors = {
        document.path.resolve(): {heading.anchor for heading in document.headings}
        for document in documents.values()
    }
    for document in documents.values():
        for node in document.root.walk():
            if node.type == "link":
                check_link(document, str(node.attrs["href"]), anchors)


def check_link(document: Document, href: str, anchors: dict[Path, set[str]]) -> None:
    if re.match(r"[a-z]+:", href):
        return
    path, _, anchor = href.partition("#")
    target = (document.path.parent / path).resolve() if path else document.path.resolve()
    assert target.exists(), f"{document.path.name}: {href} leads nowhere"
    if anchor and target in anchors:
        assert anchor in anchors[target], f"{document.path.name}: {href} names no heading"


def test_every_page_has_one_title_and_a_description(documents: dict[str, Document]) -> None:
    for document in documents.values():
        levels = [heading.level for heading in document.headings]
        assert levels[0] == 1, document.path.name
        assert levels.count(1) == 1, document.path.name
        assert len(document.description) > 20, document.path.name


def test_live_examples_are_complete(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for example in document.examples:
            functions = {
                node.name
                for node in ast.parse(example.code).body
                if isinstance(node, ast.FunctionDef)
            }
            assert "index" in functions, f"{document.path.name}:{example.line}: no `index`"
            assert "import wasmrx as rx" in example.code, f"{document.path.name}:{example.line}"
    assert is_live(next(n for n in documents["index"].root.walk() if n.type == "fence"))


# -- errors ------------------------------------------------------------------------------------

FOLDERS = ("runtime", "compiler", "wasm", "dev_server")
BASE = "WasmrxError"


def error_classes() -> tuple[set[str], set[str]]:
    """Return the error classes that wasmrx defines, and those of them that it raises."""
    defined: set[str] = {BASE}
    called: set[str] = set()
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not {"release", "_assets"} & set(path.parts)
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            if {ast.unparse(base).rpartition(".")[2] for base in node.bases} & defined:
                defined.add(node.name)
        elif isinstance(node, ast.Call):
            called.add(ast.unparse(node.func).rpartition(".")[2])
    return defined, (defined & called) - {BASE}


def test_the_list_of_errors_is_complete() -> None:
    defined, raised = error_classes()
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert sorted(raised - set(rows)) == [], "raised, and not in docs/errors.md"
    unknown = {row for row in rows if row.endswith("Error")} - defined
    assert sorted(unknown) == [], "in docs/errors.md, and defined nowhere"
    assert sorted((set(rows) & defined) - raised) == [], "in docs/errors.md, and never raised"
