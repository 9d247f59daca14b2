"""Texts with a form of their own."""

from __future__ import annotations

import datetime

import wasmrx as rx


def code_block() -> rx.Component:
    """Code block: coloured when the site is built, with a button that copies."""
    return rx.code_block(
        "def greet(name: str) -> str:\n    return f'Hello {name}'",
        language="python",
        show_line_numbers=True,
        can_copy=True,
    )


class Snippet(rx.State):
    language: str = "python"

    @rx.event
    def choose(self, language: str):
        self.language = language

    @rx.var
    def code(self) -> str:
        greetings = {
            "python": "print('hello')",
            "rust": 'println!("hello");',
            "go": 'fmt.Println("hello")',
        }
        return greetings[self.language]


def code_of_state() -> rx.Component:
    """Code of the state: the page colours it, and fetches each language when it is shown."""
    return rx.vstack(
        rx.select(
            ["python", "rust", "go"],
            value=Snippet.language,
            on_change=Snippet.choose,
            aria_label="Language",
        ),
        rx.code_block(
            Snippet.code,
            language=Snippet.language,
            theme=rx.code_block.themes.dracula,
            width="100%",
        ),
        width="100%",
    )


def markdown() -> rx.Component:
    """Markdown: known at build time, it becomes components; the page carries no parser."""
    return rx.markdown(
        """
        Text with *emphasis*, `code`, [a link](#markdown) and a formula $e^{i\\pi} = -1$.

        | plant | height |
        |-------|-------:|
        | beech |   30 m |

        - [x] tables and task lists
        - [ ] everything else
        """
    )


class Draft(rx.State):
    text: str = "Write **here**, with _marks_."

    @rx.event
    def write(self, text: str):
        self.text = text


def markdown_of_state() -> rx.Component:
    """Markdown of the state: parsed and cleaned by the page, with a look of your own."""
    return rx.vstack(
        rx.text_area(value=Draft.text, on_change=Draft.write, aria_label="Draft", width="100%"),
        rx.markdown(
            Draft.text,
            component_map={"strong": lambda text: rx.text.strong(text, color=rx.color("red", 11))},
        ),
        width="100%",
    )


def moment() -> rx.Component:
    """Moment: dates and times, in any form and language."""
    return rx.vstack(
        rx.moment("2024-05-17T12:30:00", format="dddd, D MMMM YYYY"),
        rx.moment(datetime.date(2024, 5, 17), format="LL", locale="de"),
        rx.moment("2024-05-17", add=rx.MomentDelta(weeks=2), format="YYYY-MM-DD"),
        rx.moment("2020-01-01", from_now=True),
    )


def moment_provider() -> rx.Component:
    """Moment provider: one language and form for all dates inside."""
    return rx.moment_provider(
        rx.hstack(rx.moment("2024-05-17"), rx.moment("2024-12-24"), spacing="5"),
        locale="fr",
        format="D MMMM",
    )


def html() -> rx.Component:
    """HTML: a text of HTML as it is; one from the state is cleaned."""
    return rx.html("<p>Water is H<sub>2</sub>O, and <mark>this</mark> is marked.</p>")
