"""The file that the search looks through: one entry for each heading of each page."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .document import Document, Passage
from .examples import SITE, write_if_changed

FILE = "search.json"


def write_index(documents: Iterable[Document], more: Iterable[list[str]]) -> None:
    """Write the index into the assets: the worker asks for it when the search is first used.

    ``more`` are entries of other pages: route, page, heading, anchor, text.
    """
    entries = [
        [document.route, document.title, passage.heading.text, anchor_of(passage), passage.text]
        for document in documents
        for passage in document.passages
    ]
    write_if_changed(SITE / "assets" / FILE, json.dumps([*entries, *more], ensure_ascii=False))


def anchor_of(passage: Passage) -> str:
    """Return the anchor of a passage; the page's own title needs none."""
    return "" if passage.heading.level == 1 else passage.heading.anchor
