"""How imports find packages that come later."""

from __future__ import annotations

import sys
import zipfile
from importlib.machinery import PathFinder
from pathlib import Path

from wasmrx.packages import look_anew


def test_only_folders_are_looked_into_anew(tmp_path: Path) -> None:
    """An archive that is known is not listed again: it may not have been fetched."""
    archive, folder = tmp_path / "known.zip", tmp_path / "folder"
    folder.mkdir()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("in_archive.py", "")
    path = [str(archive), str(folder)]
    assert PathFinder.find_spec("in_archive", path)
    assert PathFinder.find_spec("laid_later", path) is None
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("added_later.py", "")
    (folder / "laid_later.py").touch()
    look_anew()
    try:
        assert PathFinder.find_spec("laid_later", path)
        assert PathFinder.find_spec("added_later", path) is None
    finally:
        for each in path:
            sys.path_importer_cache.pop(each, None)
