"""Where wasmrx keeps what it downloaded or made for some build."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wasmrx.wasm.cache import cache_folder, keep


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("WASMRX_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("platform", "place"), [("linux", ".cache/wasmrx"), ("darwin", "Library/Caches/wasmrx")]
)
def test_the_system_says_where(
    home: Path, monkeypatch: pytest.MonkeyPatch, platform: str, place: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert cache_folder("images") == home / place / "images"
    assert cache_folder("images").is_dir()


def test_the_environment_says_otherwise(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "caches"))
    assert cache_folder("images") == home / "caches/wasmrx/images"
    monkeypatch.setenv("WASMRX_CACHE_DIR", str(home / "own"))
    assert cache_folder("images") == home / "own/images"


def test_a_place_that_cannot_be_is_replaced(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").touch()
    monkeypatch.setenv("WASMRX_CACHE_DIR", str(home / "file"))
    folder = cache_folder("images")
    assert keep(folder / "some", b"bytes").read_bytes() == b"bytes"
    assert cache_folder("images") == folder


def test_what_is_kept_replaces_what_was(home: Path) -> None:
    folder = cache_folder("images")
    keep(folder / "some", b"old")
    assert keep(folder / "some", b"new").read_bytes() == b"new"
    assert [path.name for path in folder.iterdir()] == ["some"]
