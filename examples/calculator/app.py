"""A notebook of formulas: each line is worked out by SymPy, which loads when it is first used."""

from dataclasses import dataclass

import wasmrx as rx

sympy = rx.lazy_import("sympy")

SUGGESTIONS = (
    "integrate(exp(-x) * sin(x), x)",
    "solve(x**2 - 5*x + 6)",
    "series(cos(x), x, 0, 8)",
    "factor(x**4 - 16)",
    "limit(sin(x) / x, x, 0)",
)
ALLOWED = (
    "Symbol Function Integer Float Rational integrate diff solve factor expand simplify series "
    "limit summation sin cos tan exp log sqrt pi E I oo Matrix binomial factorial"
)


@dataclass
class Cell:
    """A line and what became of it."""

    number: int
    source: str
    shown: str
    failed: bool = False


class Notebook(rx.State):
    """All lines, the newest last."""

    cells: list[Cell] = []
    line: str = ""

    @rx.event
    def type(self, text: str):
        self.line = text

    @rx.event
    def work_out(self):
        if self.line.strip():
            self.line = self.line if self.add(self.line.strip()) else ""

    @rx.event
    def suggest(self, text: str):
        self.add(text)

    def add(self, source: str) -> bool:
        """Work a line out; True where that failed."""
        number = len(self.cells) + 1
        try:
            shown, failed = f"$${sympy.latex(value_of(source))}$$", False
        except Exception as error:
            shown, failed = str(error) or type(error).__name__, True
        self.cells.append(Cell(number, source, shown, failed))
        return failed

    @rx.event
    def clear(self):
        self.cells = []


def value_of(source: str):
    """What a line means; it knows the functions of ALLOWED and letters as symbols."""
    from sympy.parsing.sympy_parser import (
        convert_xor,
        implicit_multiplication,
        parse_expr,
        standard_transformations,
    )

    steps = (*standard_transformations, convert_xor, implicit_multiplication)
    known = {name: getattr(sympy, name) for name in ALLOWED.split()}
    return parse_expr(source, transformations=steps, global_dict={"__builtins__": {}, **known})


def cell(cell: rx.Var[Cell]) -> rx.Component:
    return rx.card(
        rx.vstack(
            rx.hstack(
                rx.badge(cell.number, variant="soft"),
                rx.code(cell.source, variant="ghost", size="3"),
                align="center",
            ),
            rx.cond(
                cell.failed,
                rx.text(cell.shown, color=rx.color("ruby", 11), role="alert"),
                rx.box(
                    rx.markdown(cell.shown), width="100%", overflow_x="auto", class_name="result"
                ),
            ),
            width="100%",
        ),
        width="100%",
    )


def entry() -> rx.Component:
    return rx.form(
        rx.hstack(
            rx.input(
                value=Notebook.line,
                on_change=Notebook.type,
                placeholder="integrate(x * exp(x), x)",
                aria_label="Formula",
                size="3",
                flex_grow="1",
            ),
            rx.button("Work out", size="3"),
            width="100%",
        ),
        on_submit=Notebook.work_out,
        width="100%",
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.hstack(
                rx.heading("Formulas", size="7"),
                rx.spacer(),
                rx.color_mode.button(),
                width="100%",
                align="center",
            ),
            rx.text(
                "SymPy works them out on your machine; the first one waits until it is loaded.",
                color_scheme="gray",
            ),
            rx.foreach(Notebook.cells, cell),
            entry(),
            rx.flex(
                *[
                    rx.button(
                        text,
                        on_click=Notebook.suggest(text),
                        variant="soft",
                        size="1",
                        type="button",
                    )
                    for text in SUGGESTIONS
                ],
                wrap="wrap",
                gap="0.5rem",
            ),
            rx.cond(
                Notebook.cells.length() > 0,
                rx.button("Clear", on_click=Notebook.clear, variant="ghost", size="2"),
            ),
            spacing="4",
            width="100%",
        ),
        size="2",
        padding_y="2rem",
    )


app = rx.App(theme=rx.theme(accent_color="indigo", radius="medium"))
app.add_page(index, title="Formulas")
