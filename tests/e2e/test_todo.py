"""The to-do list: a form, rows, and the browser's own storage."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from visits import PATIENCE, SiteOf


def add(page: Page, *texts: str) -> None:
    field = page.get_by_role("textbox", name="New task")
    for text in texts:
        field.fill(text)
        field.press("Enter")
        expect(page.get_by_text(text, exact=True)).to_be_visible(timeout=PATIENCE)
        expect(field).to_have_value("")


def summary(page: Page, text: str) -> None:
    expect(page.locator("#summary")).to_have_text(text, timeout=PATIENCE)


def test_a_day(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("todo"))
    summary(page, "Nothing to do yet.")
    add(page, "water the plants", "call <b>Ada</b>", "sleep")
    summary(page, "3 of 3 to do")
    page.get_by_role("checkbox", name="sleep").click()
    summary(page, "2 of 3 to do")
    expect(page.get_by_text("sleep", exact=True)).to_have_css(
        "text-decoration-line", "line-through"
    )
    page.get_by_role("radio", name="Open").click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("radio", name="Done").click()
    expect(page.get_by_role("checkbox")).to_have_count(1)
    page.get_by_role("button", name="Clear done").click()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.get_by_role("radio", name="All").click()
    page.get_by_role("button", name="Remove water the plants").click()
    summary(page, "1 of 1 to do")


def test_a_later_visit_finds_the_list(page: Page, context: BrowserContext, site_of: SiteOf) -> None:
    page.goto(site_of("todo"))
    add(page, "come back")
    page.reload()
    summary(page, "1 of 1 to do")
    page.close()
    later = context.new_page()
    later.goto(site_of("todo"))
    summary(later, "1 of 1 to do")
    later.get_by_role("checkbox", name="come back").click()
    summary(later, "All done!")


def test_an_empty_task_is_refused(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("todo"))
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Write down what there is to do.")).to_be_visible(timeout=PATIENCE)
    summary(page, "Nothing to do yet.")


def test_typing_before_python_is_there(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("todo"), wait_until="commit")
    field = page.get_by_role("textbox", name="New task")
    field.fill("be quick")
    field.press("Enter")
    summary(page, "1 of 1 to do")
    expect(page.get_by_text("be quick", exact=True)).to_have_count(1)
