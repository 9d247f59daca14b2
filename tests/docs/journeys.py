"""What a visitor does with each live example of the documentation, and then sees.

A function has the name of its example's module: ``vars_text`` visits ``live text`` of vars.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from visits import PATIENCE

Journey = Callable[[Locator, Page], None]
JOURNEYS: dict[str, Journey] = {}


def journey(visit: Journey) -> Journey:
    """Take the function as the visit of the live example that has its name."""
    JOURNEYS[visit.__name__] = visit
    return visit


def button(stage: Locator, name: str) -> Locator:
    return stage.get_by_role("button", name=name, exact=True)


def click(stage: Locator, *names: str) -> None:
    for name in names:
        button(stage, name).click()


def shows(stage: Locator, *texts: str) -> None:
    for text in texts:
        expect(stage).to_contain_text(text)


def choose(stage: Locator, page: Page, option: str) -> None:
    stage.get_by_role("combobox").click()
    page.get_by_role("option", name=option, exact=True).click()


@journey
def index_counter(stage: Locator, page: Page) -> None:
    click(stage, "+", "+", "−")
    expect(stage.get_by_role("heading")).to_have_text("1")


@journey
def getting_started_counter(stage: Locator, page: Page) -> None:
    click(stage, "−", "−")
    expect(stage.get_by_role("heading")).to_have_text("-2")


@journey
def getting_started_limited(stage: Locator, page: Page) -> None:
    click(stage, *["Take one"] * 6)
    shows(stage, "Taken: 5, left: 0", "All taken")
    expect(page.get_by_text("Five are enough.", exact=True)).to_be_visible()


# -- vars --------------------------------------------------------------------------------------


@journey
def vars_first(stage: Locator, page: Page) -> None:
    click(stage, "More")
    shows(stage, "Hello ANN", "5 visits, 20.00 in the end")


@journey
def vars_text(stage: Locator, page: Page) -> None:
    stage.get_by_role("textbox").fill("Grace Hopper")
    shows(stage, "GRACE HOPPER", "Initials: GH", "reppoH ecarG", "12 letters")


@journey
def vars_numbers(stage: Locator, page: Page) -> None:
    shows(stage, "135 // 60 is 2, 135 % 60 is 15", "As a time: 2:15")
    click(stage, "Earlier", "Earlier", "Earlier")
    shows(stage, "-15 // 60 is -1, -15 % 60 is 45")


@journey
def vars_truth(stage: Locator, page: Page) -> None:
    click(stage, "Invite Linus")
    shows(stage, "Here: Grace, Linus", "Linus came")
    click(stage, "Send all home")
    shows(stage, "Nobody is here.")


@journey
def vars_rows(stage: Locator, page: Page) -> None:
    button(stage, "Raise").last.click()
    shows(stage, "1. Apple", "0.50", "2. Melon", "2.50")


@journey
def vars_choice(stage: Locator, page: Page) -> None:
    shows(stage, "Wait")
    stage.get_by_role("radio", name="green").click()
    shows(stage, "Go")


# -- state -------------------------------------------------------------------------------------


@journey
def state_changes(stage: Locator, page: Page) -> None:
    button(stage, "One more").first.click()
    shows(stage, "2 × bread")
    stage.get_by_role("textbox").fill("honey")
    click(stage, "Add")
    shows(stage, "1 × honey")


@journey
def state_nested(stage: Locator, page: Page) -> None:
    button(stage, "+5").first.click()
    button(stage, "+1").first.click()
    button(stage, "+1").last.click()
    shows(stage, "5 + 1", "3 + 1")


@journey
def state_inherited(stage: Locator, page: Page) -> None:
    click(stage, "Write a note", "Sign in as Ada", "Write a note")
    shows(stage, "Note 1 of nobody", "Note 2 of Ada")


@journey
def state_other(stage: Locator, page: Page) -> None:
    click(stage, "Greet")
    shows(stage, "hello")
    stage.get_by_role("switch").click()
    click(stage, "Greet")
    shows(stage, "HELLO!")


@journey
def state_reset(stage: Locator, page: Page) -> None:
    stage.get_by_role("textbox").fill("Grace")
    click(stage, "A step")
    shows(stage, "Grace has gone 4 steps.")
    click(stage, "Start over")
    shows(stage, "Ada has gone 3 steps.")
    expect(stage.get_by_role("textbox")).to_have_value("Ada")


@journey
def state_component(stage: Locator, page: Page) -> None:
    click(stage, "More Adults", "More Adults", "Fewer Children")
    shows(stage, "Adults−2+", "Children−-1+")


# -- computed vars -----------------------------------------------------------------------------


@journey
def computed_vars_total(stage: Locator, page: Page) -> None:
    shows(stage, "16.50 net, 19.80 with 20 % tax")
    click(stage, "A book, 8.00", "No tax")
    shows(stage, "24.50 net, 24.50 with 0 % tax")


@journey
def computed_vars_search(stage: Locator, page: Page) -> None:
    shows(stage, "8 of 8")
    stage.get_by_role("textbox").fill("ar")
    shows(stage, "2 of 8", "Earth", "Mars")


@journey
def computed_vars_branches(stage: Locator, page: Page) -> None:
    shows(stage, "Ada, computed 1 times")
    name = stage.get_by_role("textbox")
    name.fill("Byron")
    expect(name).to_have_value("Byron")
    stage.get_by_role("switch").click()
    shows(stage, "Ada Byron, computed 2 times")
    name.fill("King")
    shows(stage, "Ada King, computed 3 times")


@journey
def computed_vars_across(stage: Locator, page: Page) -> None:
    shows(stage, "No coat needed.")
    click(stage, "Colder", "Colder")
    shows(stage, "12 °C", "Take a coat.")


# -- events ------------------------------------------------------------------------------------


@journey
def events_arguments(stage: Locator, page: Page) -> None:
    click(stage, "An apple", "Three pears")
    choose(stage, page, "2")
    shows(stage, "apple, 2 halves", "pear, 6 halves", "fig, 4 halves")


@journey
def events_steps(stage: Locator, page: Page) -> None:
    click(stage, "Work")
    shows(stage, "100 %")
    expect(page.get_by_text("Done", exact=True)).to_be_visible()
    expect(button(stage, "Work")).to_be_enabled()


@journey
def events_order(stage: Locator, page: Page) -> None:
    click(stage, "Run")
    lines = ["first runs", "first goes on", "second runs"]
    expect(stage.locator("p")).to_have_text(lines)
    expect(page.get_by_text("first asks for a toast", exact=True)).to_be_visible()


@journey
def events_form(stage: Locator, page: Page) -> None:
    stage.get_by_role("textbox").fill("Curry")
    choose(stage, page, "hot")
    click(stage, "Order")
    shows(stage, "dish: Curry", "taste: hot")
    expect(stage.get_by_role("textbox")).to_have_value("")


@journey
def events_keys(stage: Locator, page: Page) -> None:
    field = stage.get_by_role("textbox")
    field.press("Shift+B")
    shows(stage, "Last key: Shift and B", "When you pause: B")


@journey
def events_actions(stage: Locator, page: Page) -> None:
    click(stage, "Toast")
    expect(page.get_by_text("No Python is needed for this one", exact=True)).to_be_visible()
    with page.expect_download() as download:
        click(stage, "Download")
    assert download.value.suggested_filename == "note.txt"
    assert download.value.path().read_text() == "made in your browser\n"
    click(stage, "Measure")
    shows(stage, f"The window is {page.evaluate('innerWidth')} pixels wide.")


# -- background handlers -----------------------------------------------------------------------


@journey
def background_handlers_clock(stage: Locator, page: Page) -> None:
    click(stage, "Start")
    time = stage.get_by_role("heading")
    expect(time).not_to_have_text("0.0")
    click(stage, "Stop")


@journey
def background_handlers_beside(stage: Locator, page: Page) -> None:
    click(stage, "Work", "Click meanwhile", "Click meanwhile")
    shows(stage, "2 clicks")
    expect(stage).to_contain_text("100 %", timeout=PATIENCE)


@journey
def background_handlers_misuse(stage: Locator, page: Page) -> None:
    click(stage, "Change without the lock")
    shows(stage, "0 changes.", "ImmutableStateError")


# -- persistence -------------------------------------------------------------------------------


@journey
def uploads_lines(stage: Locator, page: Page) -> None:
    files = {"one.txt": b"a\nb\n", "two.txt": b"c\n" * 700_000}
    stage.get_by_label("Drop texts here, or click").set_input_files(
        [{"name": n, "mimeType": "text/plain", "buffer": data} for n, data in files.items()]
    )
    shows(stage, "one.txt")
    click(stage, "Count")
    shows(stage, "one.txt: 2 lines", "two.txt: 700000 lines")
    expect(stage.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "100")


@journey
def persistence_reload(stage: Locator, page: Page) -> None:
    click(stage, "Count", "Count")
    shows(stage, "2 so far")
    page.reload()
    expect(stage).to_contain_text("2 so far", timeout=PATIENCE)


@journey
def persistence_browser(stage: Locator, page: Page) -> None:
    name = stage.get_by_placeholder("Name, in all tabs")
    name.fill("Ada")
    stage.get_by_placeholder("Draft, in this tab").fill("Dear")
    choose(stage, page, "fancy")
    expect(stage.get_by_role("combobox")).to_have_text("fancy")
    other = page.context.new_page()
    other.goto(page.url)
    there = other.locator(f"#{stage.get_attribute('id')}")
    expect(there.get_by_placeholder("Name, in all tabs")).to_have_value("Ada", timeout=PATIENCE)
    expect(there.get_by_placeholder("Draft, in this tab")).to_have_value("")
    expect(there.get_by_role("combobox")).to_have_text("fancy")
    other.close()


@journey
def persistence_list(stage: Locator, page: Page) -> None:
    stage.get_by_role("textbox").fill("water the plants")
    click(stage, "Add")
    expect(stage.get_by_text("water the plants")).to_be_visible()
    stored = page.evaluate("Object.values({...localStorage}).join()")
    assert re.search("water the plants", stored)
