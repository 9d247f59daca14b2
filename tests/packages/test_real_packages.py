"""Packages of PyPI in a real browser: those that come first, those that come when imported."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hosting import Fault, Host
from visits import PATIENCE, Console, SiteOf

RESULTS = {
    "versions": re.compile(r"^\d+\.\d+\.\d+ \d+\.\d+\.\d+$"),
    "messages": "{'one': [1, 2.5, None]} [True]",
    "contours": "FillType.OuterCode True",
    "symbols": "exp(x)*sin(x)/2 - exp(x)*cos(x)/2",
    "graph": "[0, 1, 2]",
    "invented": "a name",
    "figure": '{"data":[{"x":["a","b"],"y":[3,1],"type":',
    "database": re.compile(r"^\[Hero\((?=.*name='Zed').*id=1.*\)\]$"),
    "installed": "1,234,567",
    "own": "9",
}


def open_app(page: Page, site_of: SiteOf) -> str:
    url = site_of("packages")
    page.goto(url)
    return url


def archives(host: Host) -> list[str]:
    names = [path.rpartition("/")[2] for path in host.asked if path.endswith(".bin")]
    return [name.rpartition("-")[0] for name in names]


def test_every_package_works_from_a_handler(page: Page, site_of: SiteOf, host: Host) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    open_app(page, site_of)
    for name, result in RESULTS.items():
        page.click(f"#{name}")
        expect(page.locator("#out")).to_have_text(result, timeout=PATIENCE)
    assert any("/sympy-" in url for url in asked)
    elsewhere = [url for url in asked if not url.startswith((f"{host.origin}/", "data:", "blob:"))]
    assert not elsewhere


def test_packages_are_bytecode_of_the_workers_python(dist_of: Callable[[str], Path]) -> None:
    folder = dist_of("packages") / "wasmrx"
    (library,) = folder.glob("stdlib-*.zip")
    (sympy,) = folder.glob("sympy-*.bin")
    with zipfile.ZipFile(library) as archive:
        magic = archive.read(next(name for name in archive.namelist() if name.endswith(".pyc")))[:4]
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(sympy.read_bytes()))) as archive:
        names = [name for name in archive.namelist() if name.endswith((".py", ".pyc"))]
        assert "sympy/core/add.pyc" in names
        assert {name for name in names if archive.read(name)[:4] != magic} == set()


def test_the_page_shows_how_far_a_package_is_that_a_handler_waits_for(
    page: Page, site_of: SiteOf, host: Host
) -> None:
    url = site_of("packages")
    line = page.get_by_role("progressbar", name="Loading packages")
    said = page.get_by_text(re.compile(r"^Loading sympy: [1-9]\d*\.\d of \d+\.\d MB$"))
    with host.failing(r"sympy-.*\.bin", "half"):
        page.goto(url)
        page.click("#symbols")
        expect(said).to_be_visible(timeout=PATIENCE)
        expect(line).to_have_attribute("aria-valuenow", re.compile(r"^[1-9]\d$"))
    expect(page.locator("#out")).to_have_text(RESULTS["symbols"], timeout=PATIENCE)
    expect(line).to_have_count(0, timeout=PATIENCE)
    expect(said).to_have_count(0)


def test_what_the_page_needs_at_once_is_there_for_its_first_event(
    page: Page, site_of: SiteOf, host: Host
) -> None:
    url = site_of("packages")
    host.asked.clear()
    with host.failing(r"(sympy|faker|plotly|networkx|msgspec|sqlalchemy)-.*\.bin", "held"):
        page.goto(url)
        page.fill("#person", '{"name": "Ada", "age": -1}')
        page.locator("#person").blur()
        text = "Input should be greater than or equal to 0"
        expect(page.locator("#out")).to_have_text(text, timeout=PATIENCE)
    first = {"annotated-types", "pydantic", "pydantic-core"}
    asked = {re.sub(r"-[\d.]+$", "", name) for name in archives(host)}
    assert first <= asked


@pytest.mark.parametrize("fault", ["wrong bytes", "one byte"])
def test_a_damaged_package_is_refused_by_name(
    page: Page, site_of: SiteOf, host: Host, console: Console, fault: Fault
) -> None:
    console.allow("networkx-.* is damaged: its content is not what belongs to this build")
    url = site_of("packages")
    with host.failing(r"networkx-.*\.bin", fault):
        page.goto(url)
        page.click("#graph")
        expect(page.get_by_text("The package networkx cannot be used: networkx-")).to_be_visible(
            timeout=PATIENCE
        )
    page.click("#own")
    expect(page.locator("#out")).to_have_text("9", timeout=PATIENCE)


def test_a_package_that_the_site_does_not_bring_is_told(
    page: Page, site_of: SiteOf, console: Console
) -> None:
    console.allow("does not bring numpy")
    open_app(page, site_of)
    page.click("#not_installed")
    text = "The site does not bring numpy: its packages are chosen when it is built."
    expect(page.get_by_text(text)).to_be_visible(timeout=PATIENCE)


def test_an_error_in_a_package_of_ones_own_has_its_lines(
    page: Page, site_of: SiteOf, console: Console
) -> None:
    console.allow("own_fails failed")
    open_app(page, site_of)
    page.click("#own_fails")
    expect(page.get_by_text("own_fails failed")).to_be_visible(timeout=PATIENCE)
    assert any("app.py" in error for error in console.errors)


@pytest.mark.parametrize("fault", [404, "cut"])
def test_boot_says_which_package_did_not_come(
    page: Page, site_of: SiteOf, host: Host, console: Console, fault: int | str
) -> None:
    console.allow("pydantic-core|Failed to load|ERR_CONTENT_LENGTH")
    url = site_of("packages")
    with host.failing(r"pydantic-core-.*\.bin", fault):  # type: ignore[arg-type]
        page.goto(url)
        page.click("#own")
        expect(page.get_by_text("pydantic-core-").first).to_be_visible(timeout=PATIENCE)
