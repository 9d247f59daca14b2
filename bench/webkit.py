"""First visits in stock WebKit, which takes no script ahead of a page: copies begin with it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from pyvirtualdisplay.display import Display
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

PATIENCE = 120


def mini_browser() -> Path | None:
    """Return where Debian's WebKit has its browser; None where it is not installed."""
    found = Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser")
    return next(found, None) if shutil.which("WebKitWebDriver") else None


def watched(site: Path, script: str, copy: Path) -> Path:
    """Return a copy of ``site`` whose document runs ``script`` before anything else."""
    shutil.copytree(site, copy)
    (copy / "watch.js").write_text(script)
    document = copy / "index.html"
    html = re.sub(
        r"(<html[^>]*>\s*(<head>)?)",
        r'\1<script src="watch.js"></script>',
        document.read_text(),
        count=1,
    )
    document.write_text(html)
    return copy


def visits(first: str, second: str) -> tuple[Callable[[], float], Callable[[], float]]:
    """Return what visits each address as somebody new, and gives milliseconds to the click."""
    return lambda: _cold(first), lambda: _cold(second)


def _cold(address: str) -> float:
    options = Options()
    options.binary_location = str(mini_browser())
    options.add_argument("--automation")
    with Display(visible=False, size=(1100, 800)):
        driver = webdriver.WebKitGTK(
            options=options, service=Service(shutil.which("WebKitWebDriver") or "")
        )
        try:
            driver.get(address)
            wait = WebDriverWait(driver, PATIENCE, poll_frequency=0.05)
            return float(wait.until(lambda d: d.execute_script("return window.handledAt")))
        finally:
            driver.quit()
