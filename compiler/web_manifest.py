"""What a browser needs to install the site as an app: a name, an icon, where it starts.

See w3.org/TR/appmanifest. An author's own file in ``assets/`` takes the place of this one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from .page_meta import PageMeta

MANIFEST = "/manifest.webmanifest"

_ICONS = {
    "favicon.svg": "image/svg+xml",
    "favicon.ico": "image/x-icon",
    "favicon.png": "image/png",
}


def icon_of(root: Path) -> str:
    """Return the address of the site's icon; of one that draws nothing where there is none."""
    found = _icon_file(root)
    return f"/{found}" if found else "data:,"


def _icon_file(root: Path) -> str | None:
    return next((name for name in _ICONS if (root / "assets" / name).is_file()), None)


def web_manifest(root: Path, metas: Sequence[PageMeta]) -> dict[str, bytes]:
    """Return the manifest by its path, nothing where the author has written one."""
    path = MANIFEST.lstrip("/")
    if (root / "assets" / path).is_file():
        return {}
    first = next((meta for meta in metas if meta.route == "/"), metas[0])
    content: dict[str, object] = {
        "name": first.title,
        "short_name": root.name.replace("_", " ").replace("-", " ").strip().capitalize(),
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
    }
    icon = _icon_file(root)
    if icon is not None:
        content["icons"] = [{"src": icon, "type": _ICONS[icon], "sizes": "any"}]
    return {path: (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()}
