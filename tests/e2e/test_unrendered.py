"""Where no engine can render pages at build time, the browser draws them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from hosting import Host
from visits import PATIENCE, ROOT


def test_a_page_that_was_not_rendered_appears_and_works(
    page: Page, host: Host, tmp_path: Path
) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "quickjs.py").write_text("raise ImportError('not installed')")
    out = tmp_path / "site"
    command = [sys.executable, "-m", "wasmrx.dev_server", "build", "examples/counter"]
    done = subprocess.run(
        [*command, "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(hidden)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.count("pages are not prerendered") == 1
    assert "pip install quickjs-ng" in done.stderr
    assert 'data-route="/"></div>' in (out / "index.html").read_text()
    page.goto(host.mount("/unrendered/", out))
    page.get_by_role("button", name="More").click()
    expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)
