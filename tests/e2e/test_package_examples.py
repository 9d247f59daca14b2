"""The examples that use packages: formulas by SymPy, charts by Plotly, notes by SQLModel."""

from __future__ import annotations

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
