"""What the compiler emits, in a browser, with Python behind it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from visits import PATIENCE, Console, SiteOf

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def shop(page: Page, site_of: SiteOf) -> Page:
    """The first page, once Python has answered it."""
    page.goto(site_of("everything"))
    expect(page.locator("#mounted")).to_have_text("1")
    return page


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def renders(page: Page, name: str) -> int:
    return page.evaluate(f"globalThis.renders.{name}")


def test_events(shop: Page) -> None:
    title = shop.locator("#title")
    for name, count in (("one", 1), ("five", 6), ("own", 12), ("both", 42), ("choice", 142)):
        click(shop, name)
        expect(title).to_have_text(f"Ann has {count}")
    expect(shop.locator("#double")).to_have_text("284")


def test_only_what_reads_a_var_renders_again(shop: Page) -> None:
    before = renders(shop, "double"), renders(shop, "rows")
    shop.locator("#name").fill("Bo")
    expect(shop.locator("#title")).to_have_text("Bo has 0")
    assert (renders(shop, "double"), renders(shop, "rows")) == before


def test_one_changed_row_renders_again(shop: Page) -> None:
    before = renders(shop, "rows")
    click(shop, "milk")
    expect(shop.locator("#items .row").nth(1)).to_have_text("milk ✓")
    assert renders(shop, "rows") == before + 1


def test_rows_keep_their_identity_when_one_is_put_before_them(shop: Page) -> None:
    before = renders(shop, "rows")
    shop.locator("#items .row").first.evaluate("(row) => (row.dataset.mark = 'tea')")
    click(shop, "first")
    expect(shop.locator("#items .row")).to_have_count(4)
    expect(shop.locator("#items .row").nth(1)).to_have_attribute("data-mark", "tea")
    assert renders(shop, "rows") == before + 1


def test_dicts_ranges_and_nested_rows(shop: Page) -> None:
    expect(shop.locator(".price")).to_have_text(["0 tea=1.5", "1 milk=2.25"])
    shop.locator(".price").first.click()
    expect(shop.locator(".price").first).to_have_text("0 tea=2.5")
    expect(shop.locator(".pair")).to_have_text(
        ["teaa", "teab", "milka", "milkb", "breada", "breadb"]
    )
    click(shop, "five")
    expect(shop.locator(".number")).to_have_text(["0", "1", "2", "3", "4"])


def test_cond_and_match(shop: Page) -> None:
    expect(shop.locator("#match")).to_have_text("none")
    expect(shop.locator("#part")).to_have_text("none")
    click(shop, "one")
    expect(shop.locator("#match")).to_have_text("few")
    expect(shop.locator("#part")).to_have_text("some")
    shop.locator("#name").fill("x")
    shop.locator("#name").fill("")
    expect(shop.locator("#named")).to_have_count(0)


def test_memo_components(shop: Page) -> None:
    expect(shop.locator(".still")).to_have_text(["root", "root.", "root.."])
    click(shop, "root..")
    expect(shop.locator("#title")).to_have_text("Ann has 1000")
    expect(shop.locator(".live")).to_have_count(3)


def test_placed_components_have_states_of_their_own(shop: Page) -> None:
    shop.locator("#left").click()
    shop.locator("#left").click()
    shop.locator("#right").click()
    expect(shop.locator("#left")).to_have_text("left 2")
    expect(shop.locator("#right")).to_have_text("right 1")


def test_hooks_of_the_author(shop: Page) -> None:
    shop.keyboard.press("q")
    shop.keyboard.press("x")
    expect(shop.locator("#keys")).to_have_text("qx")


def test_a_trigger_with_state_opens_its_dialog(shop: Page) -> None:
    click(shop, "five")
    click(shop, "Open 5")
    expect(shop.locator("#inside")).to_have_text("Ann")
    click(shop, "Shut")
    expect(shop.locator("#inside")).to_have_count(0)


def test_styles(shop: Page) -> None:
    expect(shop.locator("#inline")).to_have_css("color", "rgb(255, 0, 0)")
    expect(shop.locator("#hover")).to_have_css("color", "rgb(255, 0, 0)")
    click(shop, "repaint")
    expect(shop.locator("#inline")).to_have_css("color", "rgb(0, 0, 255)")
    shop.locator("#hover").hover()
    expect(shop.locator("#hover")).to_have_css("color", "rgb(0, 128, 0)")
    expect(shop.locator("#wide")).to_have_css("width", "40px")
    shop.set_viewport_size({"width": 800, "height": 800})
    expect(shop.locator("#wide")).to_have_css("width", "30px")
    shop.set_viewport_size({"width": 400, "height": 800})
    expect(shop.locator("#wide")).to_have_css("width", "10px")


def test_the_apps_own_style_and_head(shop: Page) -> None:
    expect(shop.locator("#double")).to_have_css("letter-spacing", "1px")
    expect(shop.locator("#title")).to_have_css("font-style", "italic")
    assert shop.evaluate("globalThis.fromHead") == 1


def test_pages(shop: Page) -> None:
    click(shop, "five")
    shop.get_by_role("link", name="seven").click()
    expect(shop.locator("#post")).to_have_text("Post 7")
    expect(shop.locator("#entered")).to_contain_text("7")
    expect(shop.locator("#shared")).to_have_text("5")
    expect(shop).to_have_title("Post of Ann")
    shop.get_by_role("link", name="deep").click()
    expect(shop.locator("#deep")).to_be_visible()
    shop.go_back()
    expect(shop.locator("#post")).to_have_text("Post 7")


def test_a_dynamic_route_by_its_address(page: Page, site_of: SiteOf, console: Console) -> None:
    console.allow("404")
    page.goto(site_of("everything") + "post/31")
    expect(page.locator("#post")).to_have_text("Post 31")
    expect(page).to_have_title("Post of Ann")


def test_an_unknown_address(page: Page, site_of: SiteOf, console: Console) -> None:
    console.allow("404")
    page.goto(site_of("everything") + "no/such/page")
    expect(page.locator("#missing")).to_be_visible()
    page.get_by_role("link", name="home").click()
    expect(page.locator("#title")).to_have_text("Ann has 0")


def test_a_page_is_complete_without_scripts(page: Page, site_of: SiteOf) -> None:
    html = page.request.get(site_of("everything") + "docs/deep/er/").text()
    assert ">Deep</h1>" in html
    assert '<meta name="robots" content="all">' in html
    assert '<meta name="description" content="Deep">' in html
