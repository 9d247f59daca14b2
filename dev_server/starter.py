"""``wasmrx init``: the files of a new app."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates" / "starter"
FILES = {
    "app.py.txt": "app.py",
    "gitignore.txt": ".gitignore",
    "assets/favicon.svg": "assets/favicon.svg",
}


class FolderTakenError(Exception):
    """The folder already holds something; the text says what."""


def write_starter(folder: Path) -> list[Path]:
    """Write a new app into ``folder``, and give the paths written; overwrites nothing."""
    if folder.exists() and not folder.is_dir():
        raise FolderTakenError(f"{folder} is a file; a new app needs a folder.")
    taken = [name for name in FILES.values() if (folder / name).exists()]
    taken += [name for name in ("rxconfig.py",) if (folder / name).exists()]
    if taken:
        raise FolderTakenError(
            f"{folder} already has {', '.join(taken)}. Nothing was written; "
            "name a new folder: wasmrx init my_app"
        )
    title = folder.resolve().name.replace("_", " ").replace("-", " ").capitalize()
    for source, name in FILES.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (TEMPLATES / source).read_text(encoding="utf-8")
        target.write_text(text.replace("{{title}}", _in_quotes(title)), encoding="utf-8")
    return [folder / name for name in FILES.values()]


def _in_quotes(text: str) -> str:
    """``text`` as it may stand between double quotes in Python source."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
