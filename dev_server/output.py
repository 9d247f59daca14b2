"""A built site on disk: written whole or not at all, and never over files of someone else.

Every output folder carries ``wasmrx/build.json``, which lists what the build wrote. A folder
that holds anything else is refused, so a mistyped ``--out`` cannot delete work.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

MANIFEST = "wasmrx/build.json"
Content = bytes | Path

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the file name is too long",
    errno.EBUSY: "the folder is in use",
    errno.ENOTDIR: "a part of the path is a file",
}


class OutputError(Exception):
    """The site cannot be written; the text says where and why."""


def write_site(files: Mapping[str, Content], out: Path) -> str:
    """Put ``files`` (path in the site → bytes, or the file to copy) at ``out``; gives its build id.

    The folder is complete at every moment: it is written beside ``out`` and then renamed.
    """
    check_replaceable(out)
    build = build_id(files)
    manifest = {"build": build, "files": sorted(files)}
    everything = {**files, MANIFEST: (json.dumps(manifest, indent=1) + "\n").encode()}
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise OutputError(f"Cannot write {out}: {in_words(error)}.") from error
    try:
        _fill(made, everything)
        _swap(made, out)
    except OSError as error:
        raise OutputError(f"Cannot write {out}: {in_words(error)}.") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return build


def build_id(files: Mapping[str, Content]) -> str:
    """The same text for the same files, 16 hexadecimal digits."""
    digest = blake2b(digest_size=8)
    for path, content in sorted(files.items()):
        data = content if isinstance(content, bytes) else content.read_bytes()
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def check_replaceable(out: Path) -> None:
    """Raise ``OutputError`` unless ``out`` is new, empty, or holds only what a build wrote."""
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file; the site needs a folder.")
    if not any(out.iterdir()):
        return
    written = _written_before(out / MANIFEST)
    if written is None:
        raise OutputError(
            f"{out} is not empty and was not made by wasmrx (it has no {MANIFEST}). "
            "Choose another folder with --out, or empty this one."
        )
    foreign = sorted(_paths_in(out) - written - {MANIFEST})
    if foreign:
        shown = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if foreign[3:] else "")
        raise OutputError(
            f"{out} holds files that wasmrx did not write: {shown}. Building would delete them. "
            "Put what belongs to the site into the app's assets/ folder, "
            "or choose another folder with --out."
        )


def in_words(error: OSError) -> str:
    """What went wrong, and with which file."""
    reason = _WORDS.get(error.errno or 0) or error.strerror or str(error)
    return f"{reason} ({error.filename})" if error.filename else reason


def _written_before(manifest: Path) -> set[str] | None:
    try:
        listed: Any = json.loads(manifest.read_text(encoding="utf-8"))
        return set(cast("list[str]", listed["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _paths_in(folder: Path) -> set[str]:
    found: set[str] = set()
    for parent, folders, files in os.walk(folder):
        base = Path(parent)
        links = [name for name in folders if (base / name).is_symlink()]
        found.update((base / name).relative_to(folder).as_posix() for name in [*files, *links])
    return found


def _fill(folder: Path, files: Mapping[str, Content]) -> None:
    folder.chmod(0o755)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            target.write_bytes(content)
        else:
            shutil.copyfile(content, target)


def _swap(made: Path, out: Path) -> None:
    """Put ``made`` where ``out`` is; if that fails, ``out`` stands as before."""
    if not out.exists():
        made.rename(out)
        return
    aside = made.with_name(made.name + "-old")
    out.rename(aside)
    try:
        made.rename(out)
    except OSError:
        aside.rename(out)
        raise
    shutil.rmtree(aside, ignore_errors=True)
