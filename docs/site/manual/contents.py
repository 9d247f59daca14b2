"""Which pages there are, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2]
ROOT = DOCS.parent
FIRST = "index"
GALLERY = "/gallery"
"""The route of the gallery of components."""


@dataclass(frozen=True)
class Section:
    """A group of pages under one title; a page is named by its file without ``.md``."""

    title: str
    pages: tuple[str, ...]


SECTIONS = (
    Section("Start", (FIRST, "getting-started", "coming-from-reflex")),
    Section(
        "State",
        (
            *("vars", "state", "computed-vars", "events"),
            *(
                "background-handlers",
                "concurrency",
                "uploads",
                "persistence",
                "files",
                "database",
                "network",
            ),
            "when-things-go-wrong",
        ),
    ),
    Section("Pages", ("components-and-styling", "wrapping-react", "pages-and-routing")),
    Section("Publish", ("packages", "building-and-deploying", "boot-and-speed", "server-mode")),
    Section("Reference", ("how-it-works", "errors", "changelog")),
)
ELSEWHERE = {"changelog": ROOT / "CHANGELOG.md"}
"""Pages whose file lies outside of ``docs/``."""


def file_of(page: str) -> Path:
    """Return the Markdown file of a page."""
    return ELSEWHERE.get(page, DOCS / f"{page}.md")


def route_of(page: str) -> str:
    """Return the route of a page: ``"/vars"``."""
    return "/" if page == FIRST else f"/{page}"


def sections() -> tuple[Section, ...]:
    """Return the sections with the pages that have a file; files that none lists come last."""
    listed = {page for section in SECTIONS for page in section.pages}
    found = [
        Section(section.title, tuple(page for page in section.pages if file_of(page).is_file()))
        for section in SECTIONS
    ]
    others = tuple(path.stem for path in sorted(DOCS.glob("*.md")) if path.stem not in listed)
    return tuple(section for section in (*found, Section("More", others)) if section.pages)
