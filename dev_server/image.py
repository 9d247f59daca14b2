"""The app's own memory image, as a build wants it: where it can be made, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from wasmrx.compiler.npm.node import find_switching_node
from wasmrx.wasm.app_image import AppImage, Node, app_image

from .project import Project


def own_images(project: Project, app: bytes, *more: object) -> Iterator[AppImage]:
    """Yield the image of the app whose bundle is ``app``, or why there is none; none if unwanted.

    ``more`` is what the app's import needs beside its own files, if anything: an image cannot hold
    it. Packages that only handlers import come later.
    """
    if not project.app_image:
        return
    if any(more):
        yield AppImage(None, "the app imports packages at its start, or its vars hold components")
    else:
        yield app_image(app, project.module, _node)


def refusals(images: Iterable[AppImage]) -> Iterator[str]:
    """Yield a warning for each app that cannot be kept in an image."""
    return chain.from_iterable(map(_refusal, images))


def _refusal(image: AppImage) -> Iterator[str]:
    if image.is_refused:
        yield (
            f"The app has no memory image of its own: {image.why}. Visitors import it at every "
            "start. Move that into a handler, on_load or a var's default factory, or say "
            "app_image=False in rxconfig.py."
        )


def _node() -> Node | None:
    found = find_switching_node()
    return found and Node(found.node, found.environment())
