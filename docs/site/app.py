"""The documentation as a wasmrx app: each file of docs/ is a page, and so is the gallery.

The pages are made from Markdown when the app is built. What runs in the browser is the search, and
the live examples, which are modules of the package `live`; and the demos of the package `gallery`.
"""

import importlib
import pkgutil
import sys

import wasmrx as rx

from manual.search import Search as Search

app = rx.App(theme=rx.theme(accent_color="indigo", gray_color="slate", radius="medium"))

if sys.platform != "emscripten":
    from manual.press import press

    press(app)

import live  # noqa: E402 - `press` writes it
from gallery.families import FAMILIES  # noqa: E402 - and this one too
from gallery.search import GallerySearch as GallerySearch  # noqa: E402

for found in pkgutil.iter_modules(live.__path__):
    importlib.import_module(f"live.{found.name}")
for family in FAMILIES:
    family.module  # noqa: B018 - its import declares the states
