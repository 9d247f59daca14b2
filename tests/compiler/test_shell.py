"""The HTML documents."""

from __future__ import annotations

import re
from dataclasses import replace

from wasmrx.compiler.ir import Element, Text
from wasmrx.compiler.shell import Document, SiteFiles, html_path, missing_html, page_html
from wasmrx.expr import Literal

SITE = SiteFiles(
    style="style-1.css",
    main="main-1.js",
    main_preload=("core-1.js",),
    integrity={"main-1.js": "sha256-M", "style-1.css": "sha256-S", "p.js": "sha256-P"},
    icon="/favicon.svg",
    manifest="/manifest.webmanifest",
    stylesheets=("/own.css", "https://fonts.example/x.css"),
    head=(Element("link", (("rel", Literal("preconnect")), ("href", Literal("/a&b")))),),
    lang="de",
    html_attrs=(("data-x", "1"),),
    color_mode="dark",
)
PAGE = Document(
    "/docs/intro", 'A "title" </title>', ({"name": "a", "content": "<b>"},), ("p.js",), "<p>x</p>"
)


def test_urls_are_relative_to_the_page() -> None:
    html = page_html(PAGE, SITE)
    assert re.findall(r'(?:src|href)="([^"]+)"', html) == [
        "../../wasmrx/early.js",
        "../../favicon.svg",
        "../../manifest.webmanifest",
        "../../own.css",
        "https://fonts.example/x.css",
        "../../wasmrx/style-1.css",
        "../../wasmrx/core-1.js",
        "../../wasmrx/p.js",
        "../../wasmrx/main-1.js",
        "../../a&amp;b",
    ]


def test_browsers_check_scripts_and_styles() -> None:
    html = page_html(PAGE, SITE)
    assert re.findall(r'wasmrx/(\S+)" integrity="([^"]+)"', html) == [
        ("style-1.css", "sha256-S"),
        ("p.js", "sha256-P"),
        ("main-1.js", "sha256-M"),
    ]


def test_text_is_escaped_and_html_is_kept() -> None:
    html = page_html(PAGE, SITE)
    assert "<title>A &#34;title&#34; &lt;/title&gt;</title>" in html
    assert '<meta name="a" content="&lt;b&gt;">' in html
    assert '<div id="root" data-route="/docs/intro"><p>x</p></div>' in html
    assert '<html lang="de" data-color-mode="dark" data-x="1">' in html


def test_no_script_is_inline() -> None:
    script = Element("script", (("src", Literal("/x.js")), ("async", Literal(True))))
    html = page_html(PAGE, replace(SITE, head=(script,)))
    assert re.findall(r"<script[^>]*>([^<]*)</script>", html) == ["", "", ""]
    assert '<script src="../../x.js" async></script>' in html


def test_a_style_cannot_end_early() -> None:
    style = Element("style", (), (Text("a</style><script>"),))
    html = page_html(PAGE, replace(SITE, head=(style,)))
    assert "</style><script>" not in html


def test_the_404_page_looks_for_the_site_above_it() -> None:
    html = missing_html(PAGE, SITE)
    found = re.findall(r'type="module" src="([^"]+)"', html)
    assert found[:3] == ["./wasmrx/main-1.js", "../wasmrx/main-1.js", "../../wasmrx/main-1.js"]
    assert len(found) == 7


def test_files_of_routes() -> None:
    assert html_path("/") == "index.html"
    assert html_path("/docs/intro") == "docs/intro/index.html"
    assert html_path("/post/[id]") is None
