"""The search: over an index that the browser fetches when it is first used."""

from __future__ import annotations

import dataclasses
import re

import wasmrx as rx

INDEX = "../search.json"
"""Where the index lies, seen from the worker's script in ``wasmrx/``."""
MOST = 12
_AROUND = 60


@dataclasses.dataclass
class Hit:
    """A place that fits: ``before``, ``match`` and ``after`` are the words there."""

    href: str
    page: str
    heading: str
    before: str
    match: str
    after: str


class Search(rx.State):
    """What is looked for, and what was found."""

    is_open: bool = False
    wanted: str = ""
    hits: list[Hit] = []
    problem: str = ""
    _index: list[list[str]] = []

    @rx.event
    def show(self, is_open: bool):
        self.is_open = is_open
        self.wanted = ""
        self.hits = []

    @rx.event
    async def look_up(self, wanted: str):
        self.wanted = wanted
        words = wanted.casefold().split()
        if words and not self._index:
            await self._fetch()
        self.hits = found(self._index, words) if words else []

    @rx.event
    def open_first(self):
        if self.hits:
            self.is_open = False
            return rx.redirect(self.hits[0].href)

    async def _fetch(self):
        from pyodide.http import pyfetch

        try:
            answer = await pyfetch(INDEX)
            self._index = await answer.json()
        except OSError:
            self.problem = "The search could not be loaded. Are you offline?"
        else:
            self.problem = ""


def found(index: list[list[str]], words: list[str]) -> list[Hit]:
    """Return the best places of an index for some words, which all have to occur there."""
    starts = [re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE) for word in words]
    phrase = " ".join(words)
    rated: list[tuple[int, int]] = []
    for number, (_, page, heading, _, text) in enumerate(index):
        weights = [_weight(start, page, heading, text) for start in starts]
        if all(weights):
            together = 100 * (phrase in heading.casefold()) + 80 * (phrase in text.casefold())
            rated.append((-sum(weights) - together, number))
    return [_hit(index[number], starts) for _, number in sorted(rated)[:MOST]]


def _weight(start: re.Pattern[str], page: str, heading: str, text: str) -> int:
    """Return how well one word fits: a title counts more than any number of mentions."""
    in_titles = 60 * bool(start.search(heading)) + 40 * bool(start.search(page))
    return in_titles + min(20, len(start.findall(text)))


def _hit(entry: list[str], starts: list[re.Pattern[str]]) -> Hit:
    route, page, heading, anchor, text = entry
    match = next(filter(None, (start.search(text) for start in starts)), None)
    begin, end = match.span() if match else (0, 0)
    before, after = text[:begin], text[end:]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND * 2:
        after = after[: _AROUND * 2].rpartition(" ")[0] + " …"
    href = route + (f"#{anchor}" if anchor else "")
    return Hit(href, page, heading, before, text[begin:end], after)


def search_button() -> rx.Component:
    """Return the button that opens the search, and the search itself."""
    return rx.dialog.root(
        rx.dialog.trigger(
            rx.button(
                rx.icon("search", size=16),
                rx.text.span("Search", display=["none", "inline"]),
                variant="surface",
                color_scheme="gray",
                aria_label="Search",
            )
        ),
        rx.dialog.content(
            rx.dialog.title("Search the documentation", size="3"),
            rx.dialog.description(
                "Type what you look for; Enter opens the first page found.",
                size="2",
                color_scheme="gray",
                margin_bottom="0.75rem",
            ),
            rx.form(
                rx.input(
                    rx.input.slot(rx.icon("search", size=16)),
                    name="wanted",
                    placeholder="computed vars, deploy, …",
                    on_change=Search.look_up,
                    auto_complete=False,
                    size="3",
                    width="100%",
                    custom_attrs={"aria-label": "Search for"},
                ),
                on_submit=Search.open_first,
            ),
            rx.box(_results(), margin_top="1rem", custom_attrs={"aria-live": "polite"}),
            max_width="40rem",
        ),
        open=Search.is_open,
        on_open_change=Search.show,
    )


def _results() -> rx.Component:
    return rx.cond(
        Search.problem,
        rx.callout(Search.problem, icon="wifi-off", color_scheme="red"),
        rx.cond(
            Search.hits,
            rx.el.ul(rx.foreach(Search.hits, _result)),
            rx.cond(
                Search.wanted,
                rx.text("Nothing is found for “", Search.wanted, "”.", color_scheme="gray"),
            ),
        ),
    )


def _result(hit: rx.Var[Hit]) -> rx.Component:
    return rx.el.li(
        rx.link(
            rx.text(hit.heading, weight="bold", as_="div"),
            rx.cond(
                hit.heading != hit.page,
                rx.text(hit.page, size="1", color_scheme="gray", as_="div"),
            ),
            rx.text(
                hit.before,
                rx.el.mark(hit.match),
                hit.after,
                size="2",
                as_="div",
                color_scheme="gray",
            ),
            href=hit.href,
            on_click=Search.show(False),
            underline="none",
            display="block",
            padding="0.6rem 0.75rem",
            border_radius="var(--radius-3)",
            _hover={"background": rx.color("accent", 3)},
        ),
    )
