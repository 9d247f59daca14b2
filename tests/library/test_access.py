"""What holds for the whole set of components: accessible, and at home under a strict policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from visits import Console, SiteOf, at, under_a_strict_policy, violations

FAMILIES = (
    *("", "typography", "display", "fields", "overlays", "charts"),
    *("code", "markdown", "media", "tables"),
)
NO_VIDEO = r"/none\.(mp4|webm)"


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    page: Page, site_of: SiteOf, console: Console, family: str, scheme: str
) -> None:
    console.allow(NO_VIDEO)
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    at(page, site_of, family)
    if family == "tables":
        expect(page.locator("[data-testid=data-grid-canvas]")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_no_component_breaks_a_strict_policy(
    page: Page, site_of: SiteOf, console: Console, family: str
) -> None:
    console.allow(NO_VIDEO)
    if family == "overlays":
        console.allow(
            "Executing inline script violates|policy script-src-elem inline"
        )  # rx.script of text

    under_a_strict_policy(page)
    at(page, site_of, family)
    if family == "markdown":
        console.allow(r"404.*/x\)$")  # the picture of the text does not exist
        page.locator("#tell").click()
        expect(page.locator("#told .katex-html").first).to_be_visible()
    if family == "charts":
        expect(page.locator(".js-plotly-plot .trace").first).to_be_visible()
