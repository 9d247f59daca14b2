"""An index of one's own and an empty cache for each test of packages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from package_index import Index, running_index


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Index]:
    with running_index() as running:
        monkeypatch.setenv("UV_DEFAULT_INDEX", running.url)
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
        monkeypatch.setenv("WASMRX_CACHE_DIR", str(tmp_path / "cache"))
        yield running
