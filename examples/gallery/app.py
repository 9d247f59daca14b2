"""The gallery: every component, live and with its source, on a page for each family.

The pages are made when the app is built. What runs in the browser is the search, and the states of
the demos. The documentation's site shows the package `gallery` as well, in a frame of its own.
"""

import sys

import wasmrx as rx

from gallery.families import FAMILIES
from gallery.search import GallerySearch as GallerySearch

for family in FAMILIES:
    family.module  # noqa: B018 - its import declares the states

app = rx.App(theme=rx.theme(accent_color="indigo", gray_color="slate", radius="medium"))

if sys.platform != "emscripten":
    from frame import add_pages

    add_pages(app)
