"""A host of one's own, visitors whose service workers run, and an app in several versions."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from hosting import Host, running_host
from versions import APP, SiteAt
from visits import PATIENCE, Console, build_app


@pytest.fixture(scope="session")
def site_at(run_folder: Path) -> SiteAt:
    """The built site of a version of the app; built once per run."""

    def site(version: str) -> Path:
        source = run_folder / f"version-{version}"
        out = source / "dist"
        with (run_folder / f"version-{version}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not out.is_dir():
                source.mkdir(exist_ok=True)
                (source / "app.py").write_text(APP.format(version=version))
                build_app(source, out)
        return out

    return site


@pytest.fixture
def visitor(browser: Browser, console: Console) -> Iterator[BrowserContext]:
    made = browser.new_context()
    made.set_default_timeout(PATIENCE)
    made.on("page", console.watch)
    yield made
    made.close()


@pytest.fixture
def own_host() -> Iterator[Host]:
    with running_host() as running:
        yield running
