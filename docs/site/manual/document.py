"""A Markdown file, read: its title, its headings, its sections as text, its live examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.anchors import anchors_plugin

from .contents import file_of, route_of

LIVE = "live"
_DESCRIPTION_LENGTH = 160


@dataclass(frozen=True)
class Heading:
    """A heading: ``level`` 1 is the page's title, ``anchor`` its id."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Passage:
    """What stands under one heading, as text."""

    heading: Heading
    text: str


@dataclass(frozen=True)
class Example:
    """A live example: its name, which is that of the module that it becomes, and the code."""

    name: str
    code: str
    line: int


class Document:
    """One page of the documentation."""

    def __init__(self, page: str, text: str, path: Path) -> None:
        """Parse ``text``, which ``path`` holds."""
        self.page = page
        self.path = path
        self.route = route_of(page)
        self.root = SyntaxTreeNode(_parser().parse(text))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return all headings in order."""
        return tuple(heading_of(node) for node in self.root.children if node.type == "heading")

    @property
    def title(self) -> str:
        """Return the text of the first heading."""
        return self.headings[0].text

    @cached_property
    def description(self) -> str:
        """Return the start of the first paragraph, up to a whole sentence where one fits."""
        first = next((node for node in self.root.children if node.type == "paragraph"), None)
        text = " ".join(plain_text(first).split()) if first else self.title
        if len(text) <= _DESCRIPTION_LENGTH:
            return text
        start = text[:_DESCRIPTION_LENGTH]
        end = start.rfind(". ")
        return start[: end + 1] if end > 0 else start.rpartition(" ")[0] + " …"

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the text under each heading; code stands after the sentences."""
        found: list[tuple[Heading, list[SyntaxTreeNode]]] = []
        for node in self.root.children:
            if node.type == "heading":
                found.append((heading_of(node), []))
            elif found:
                found[-1][1].append(node)
        return tuple(Passage(heading, _joined(nodes)) for heading, nodes in found)

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Return the live examples."""
        live = [node for node in self.root.walk() if is_live(node)]
        return tuple(Example(name_of(node), node.content, line_of(node)) for node in live)


def read(page: str) -> Document:
    """Return the document of a page."""
    path = file_of(page)
    return Document(page, path.read_text(encoding="utf-8"), path)


def is_live(node: SyntaxTreeNode) -> bool:
    """Tell whether a node is a fence marked ``python live <name>``."""
    return node.type == "fence" and node.info.split()[:2] == ["python", LIVE]


def name_of(live: SyntaxTreeNode) -> str:
    """Return the name of a live example: ``counter`` for ``python live counter``."""
    words = live.info.split()
    if len(words) != 3 or not words[2].isidentifier():
        raise ValueError(f"`{live.info}`: a live example needs a name: ```python live counter")
    return words[2]


def line_of(node: SyntaxTreeNode) -> int:
    """Return the line of the file on which a block starts, from 1."""
    return node.map[0] + 1 if node.map else 0


def heading_of(node: SyntaxTreeNode) -> Heading:
    """Return what a heading's node says."""
    return Heading(int(node.tag[1]), plain_text(node), str(node.attrs.get("id", "")))


def plain_text(node: SyntaxTreeNode) -> str:
    """Return the text of a node without its marks; comments are left out."""
    return "".join(_texts(node))


def _joined(blocks: list[SyntaxTreeNode]) -> str:
    ordered = sorted(blocks, key=lambda block: block.type == "fence")
    return " ".join(" ".join(map(plain_text, ordered)).split())


def _texts(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type in ("text", "code_inline", "fence", "code_block"):
        yield node.content
    elif node.type in ("softbreak", "hardbreak"):
        yield " "
    for child in node.children:
        yield from _texts(child)
    if node.is_nested and node.type in ("paragraph", "list_item", "td", "th", "heading"):
        yield " " if node.type != "heading" else ""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"alerts": True}).enable(["table", "strikethrough"])
    return parser.use(anchors_plugin, max_level=4)
