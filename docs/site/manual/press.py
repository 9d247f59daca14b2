"""Makes the pages from the Markdown files and of the gallery, while the app is built."""

from __future__ import annotations

from functools import partial

import wasmrx as rx

from .contents import FIRST, sections
from .document import read
from .examples import write_examples
from .gallery import add_gallery, copy_gallery, gallery_entries, gallery_links
from .index import write_index
from .layout import Layout, site_style

NAME = "wasmrx"


def press(app: rx.App) -> None:
    """Add a page for each document, and write what the browser needs besides."""
    shown = sections()
    documents = {page: read(page) for section in shown for page in section.pages}
    write_examples(documents.values())
    copy_gallery()
    write_index(documents.values(), gallery_entries())
    app.style |= site_style()
    layout = Layout(shown, documents, gallery_links())
    for page, document in documents.items():
        title = f"{NAME}: {document.title}" if page == FIRST else f"{document.title} | {NAME}"
        app.add_page(
            partial(layout.page, page),
            route=document.route,
            title=title,
            description=document.description,
        )
    add_gallery(app, layout, NAME)
    app.add_custom_404_page(layout.missing, title=f"Page not found | {NAME}")
