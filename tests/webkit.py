"""Stock WebKit, as Debian builds it, driven by its own WebDriver."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyvirtualdisplay.display import Display
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from visits import until


class WebKit:
    """A window of WebKit, with what tests do in it."""

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self.driver = driver

    def goto(self, address: str) -> None:
        self.driver.get(address)

    def reload(self) -> None:
        self.driver.refresh()

    def click(self, selector: str) -> None:
        """Click the first such element as soon as it is there; ``=Text`` means a button's."""
        until(lambda: bool(self._all(selector)))
        self._all(selector)[0].click()

    def text(self, selector: str) -> str:
        """The text that is shown of the first such element, empty where there is none."""
        try:
            return self.driver.find_element(By.CSS_SELECTOR, selector).text
        except (NoSuchElementException, StaleElementReferenceException):
            return ""

    def shows(self, selector: str, text: str) -> None:
        """Wait until the element's text contains ``text``."""
        try:
            until(lambda: text in self.text(selector))
        except AssertionError:
            shown = self.text(selector)
            raise AssertionError(f"{selector} shows {shown!r}, not {text!r}") from None

    def evaluate(self, script: str, *arguments: Any) -> Any:
        """The value, or what the promise resolves to, of a JavaScript function."""
        call = f"Promise.resolve(({script})(...given)).then(done)"
        return self.driver.execute_async_script(
            f"const given = [...arguments], done = given.pop(); {call}", *arguments
        )

    def _all(self, selector: str) -> list[Any]:
        if not selector.startswith("="):
            return self.driver.find_elements(By.CSS_SELECTOR, selector)
        return self.driver.find_elements(By.XPATH, f"//button[.='{selector[1:]}']")


def mini_browser() -> str | None:
    """Where Debian's WebKit has its browser; None where it is not installed."""
    if not shutil.which("WebKitWebDriver"):
        return None
    return next((str(path) for path in Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser")), None)


@contextmanager
def running_webkit() -> Iterator[WebKit]:
    """A WebKit of its own, on a screen of its own."""
    options = Options()
    options.binary_location = mini_browser() or ""
    options.add_argument("--automation")
    with Display(visible=False, size=(1100, 800)):
        driver = webdriver.WebKitGTK(
            options=options, service=Service(shutil.which("WebKitWebDriver") or "")
        )
        try:
            yield WebKit(driver)
        finally:
            driver.quit()
