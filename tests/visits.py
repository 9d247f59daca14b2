"""What browser tests say and use: where things are, how long they wait, what a console showed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page

ROOT = Path(__file__).resolve().parent.parent
SUB_PATH = "/any/sub/path/"
PATIENCE = 30_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

SiteOf = Callable[[str], str]


@dataclass
class Console:
    """The errors that a page reported, and those that its test expects."""

    errors: list[str] = field(default_factory=list)
    allowed: list[re.Pattern[str]] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect errors that match ``pattern``."""
        self.allowed.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        return [e for e in self.errors if not any(p.search(e) for p in self.allowed)]

    def watch(self, page: Page) -> None:
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.errors.append(f"{error.name}: {error.message}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.errors.append(f"{message.text} ({where})")


def build_app(folder: Path, out: Path) -> None:
    """Run ``wasmrx build``; its own words are the failure."""
    command = [sys.executable, "-m", "wasmrx.dev_server", "build", str(folder), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"wasmrx build {folder.name} failed:\n{done.stdout}{done.stderr}"
