"""The meta elements of a page."""

from __future__ import annotations

import wasmrx as rx
from wasmrx.compiler.evaluate import evaluated_page
from wasmrx.compiler.page_meta import page_meta


class Film(rx.State):
    poster: str = "/poster.png"


def test_an_image_known_only_in_the_browser_is_left_out() -> None:
    app = rx.App()
    app.add_page(rx.text("Film"), route="/", image=Film.poster)
    metas = page_meta(evaluated_page(app.pages["/"]), "films").metas
    assert all(meta.get("property") != "og:image" for meta in metas)
