"""The page runtime in a real browser, with a worker that speaks the protocol without Python."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from page_peer import Visit, ready
from playwright.sync_api import Page

from hosting import Host

HERE = Path(__file__).parent
SUB_PATH = "/some/where/"


@pytest.fixture(scope="session")
def page_site(host: Host, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the test site, under a sub-path."""
    node = shutil.which("node")
    assert node, "the page runtime's tests need node on PATH"
    out = tmp_path_factory.mktemp("page-site")
    subprocess.run([node, HERE / "site/build.mjs", out], check=True, capture_output=True)
    return host.mount(SUB_PATH, out)


@pytest.fixture
def visit(page: Page, page_site: str) -> Visit:
    """Open a page of the site and wait until the worker has answered, unless told not to."""

    def go(path: str = "", *, wait: bool = True) -> Page:
        page.goto(page_site + path)
        if wait:
            ready(page)
        return page

    return go
