"""The examples that use packages: SymPy, Plotly, networkx, pydantic, SQLModel, one of their own."""

from __future__ import annotations

import re
from importlib.util import find_spec

from playwright.sync_api import Page, expect

from visits import PATIENCE, SiteOf, violations


def test_formulas_are_worked_out(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("calculator"))
    field = page.get_by_label("Formula")
    field.fill("diff(x^3, x)")
    page.get_by_role("button", name="Work out").click()
    expect(page.locator(".result annotation")).to_have_text("3 x^{2}", timeout=2 * PATIENCE)
    expect(field).to_have_value("")
    field.fill("solve(")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible(timeout=PATIENCE)
    expect(field).to_have_value("solve(")
    assert violations(page) == []


def test_a_table_is_drawn_as_chosen(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("explorer"))
    expect(page.locator("#summary")).to_have_text(
        "weather.csv: 48 rows, 4 columns", timeout=2 * PATIENCE
    )
    expect(page.locator(".js-plotly-plot .trace")).to_have_count(4, timeout=PATIENCE)
    page.locator("#csv input[type=file]").set_input_files(
        [{"name": "two.csv", "mimeType": "text/csv", "buffer": b"who,many\na,1\nb,2\n"}]
    )
    expect(page.locator("#summary")).to_have_text("two.csv: 2 rows, 2 columns", timeout=PATIENCE)
    expect(page.locator(".js-plotly-plot .trace")).to_have_count(1, timeout=PATIENCE)
    assert violations(page) == []


def test_a_network_shows_the_way_between_two(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("examples/network"))
    expect(page.locator(".dot")).to_have_count(34, timeout=2 * PATIENCE)
    expect(page.locator("#told")).to_have_text("33 is first by this measure.")
    for name in ("16", "26"):
        page.locator(".dot", has=page.locator("title", has_text=re.compile(f"^{name}$"))).click()
    expect(page.locator("#told")).to_have_text(re.compile("^16 → .* → 26$"), timeout=PATIENCE)
    expect(page.locator(".way")).to_have_count(5)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Families of Florence").click()
    expect(page.locator("#told")).to_have_text("Medici is first by this measure.", timeout=PATIENCE)
    assert violations(page) == []


def test_a_form_says_at_each_field_what_is_wrong(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("booking"))
    book = page.get_by_role("button", name="Book", exact=True)
    book.click()
    expect(page.locator("#email-wrong")).to_have_text(
        "This is no address for e-mail.", timeout=2 * PATIENCE
    )
    expect(page.get_by_label("Name")).to_be_focused()
    assert violations(page) == []
    given = {"Name": "Ada", "E-mail": "ada@example.org", "Arrival": "2099-05-04", "Guests": "2"}
    for label, text in {**given, "Departure": "2099-05-01"}.items():
        page.get_by_label(label).fill(text)
    book.click()
    expect(page.get_by_role("alert")).to_have_count(1, timeout=PATIENCE)
    expect(page.get_by_role("alert")).to_have_text("You leave after you arrive.")
    page.get_by_label("Departure").fill("2099-05-07")
    book.click()
    expect(page.locator("#told")).to_have_text(
        "3 nights from 04 May 2099, double room: 360 €", timeout=PATIENCE
    )


def test_a_package_of_the_workspace_is_used(page: Page, site_of: SiteOf) -> None:
    """It is not installed here: neither the build nor the browser needs that."""
    assert find_spec("trip") is None
    page.goto(site_of("workspace"))
    expect(page.locator("#total")).to_have_text("294 km")
    expect(page.get_by_role("cell", name="2:47 h")).to_be_visible()
    page.get_by_role("slider").press("ArrowRight")
    expect(page.get_by_role("cell", name="2:37 h")).to_be_visible(timeout=2 * PATIENCE)
    page.get_by_role("combobox", name="To").click()
    page.get_by_role("option", name="Linz").click()
    expect(page.locator("#total")).to_have_text("85 km", timeout=PATIENCE)
    assert violations(page) == []


def test_notes_are_kept_found_and_removed(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("notes"))
    expect(page.get_by_text("Nothing yet")).to_be_visible(timeout=2 * PATIENCE)
    for number, title in enumerate(("Pears", "Oats"), start=1):
        page.get_by_label("Title").fill(title)
        page.get_by_role("button", name="Add").click()
        expect(page.locator(".note")).to_have_count(number, timeout=PATIENCE)
    page.get_by_label("Pin Pears").click()
    expect(page.locator(".note").first).to_contain_text("Pears", timeout=PATIENCE)
    assert violations(page) == []
    page.reload()
    expect(page.locator(".note")).to_have_count(2, timeout=2 * PATIENCE)
    page.get_by_label("Search").fill("oAt")
    expect(page.locator(".note")).to_have_count(1, timeout=PATIENCE)
    page.get_by_label("Delete Oats").click()
    expect(page.get_by_text("No note has these words.")).to_be_visible(timeout=PATIENCE)
