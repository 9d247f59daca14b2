"""A thousand rows: searched as you type, and edited one at a time."""

import dataclasses

import wasmrx as rx

ROWS = 1000
ADJECTIVES = ("Brass", "Copper", "Folding", "Heavy", "Light", "Plain", "Round", "Small", "Steel")
THINGS = ("bolt", "bracket", "clamp", "hinge", "hook", "knob", "latch", "rail", "screw", "washer")
SHELVES = ("A", "B", "C", "D")


@dataclasses.dataclass
class Part:
    """One row."""

    id: int
    name: str
    shelf: str
    price: float
    stock: int


def part(number: int) -> Part:
    """A made-up part; the same number always gives the same one."""
    adjective = ADJECTIVES[number * 7 % len(ADJECTIVES)]
    thing = THINGS[number * 3 % len(THINGS)]
    return Part(
        id=number,
        name=f"{adjective} {thing} {number}",
        shelf=f"{SHELVES[number % len(SHELVES)]}{number * 13 % 40 + 1}",
        price=round(0.4 + number * 37 % 1900 / 100, 2),
        stock=number * 29 % 250,
    )


class Stock(rx.State):
    """All parts, what is searched for, and the part being edited."""

    parts: list[Part] = [part(number) for number in range(1, ROWS + 1)]
    query: str = ""
    editing: int = 0
    draft_name: str = ""
    draft_stock: int = 0

    @rx.var
    def shown(self) -> list[Part]:
        words = self.query.lower().split()
        return [
            part
            for part in self.parts
            if all(word in f"{part.name} {part.shelf}".lower() for word in words)
        ]

    @rx.var
    def summary(self) -> str:
        return f"{len(self.shown)} of {len(self.parts)} parts"

    @rx.event
    def search(self, query: str):
        self.query = query

    @rx.event
    def edit(self, number: int):
        part = self.parts[number - 1]
        self.editing = number
        self.draft_name = part.name
        self.draft_stock = part.stock

    @rx.event
    def save(self, form_data: dict):
        name = form_data["name"].strip()
        stock = form_data["stock"].strip()
        if not name or not stock.isdecimal():
            return rx.toast.error("A part needs a name, and a whole number in stock.")
        part = self.parts[self.editing - 1]
        part.name = name
        part.stock = int(stock)
        self.editing = 0

    @rx.event
    def leave(self, open_: bool):
        if not open_:
            self.editing = 0


def part_row(part: rx.Var[Part]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(part.name),
        rx.table.cell(part.shelf, display=["none", "table-cell"]),
        rx.table.cell(f"{part.price:.2f} €", text_align="right"),
        rx.table.cell(
            rx.text(
                part.stock,
                color=rx.cond(part.stock < 10, rx.color("ruby", 11), "inherit"),
                weight=rx.cond(part.stock < 10, "bold", "regular"),
            ),
            text_align="right",
        ),
        rx.table.cell(
            rx.button(
                "Edit",
                on_click=Stock.edit(part.id),
                variant="ghost",
                size="1",
                aria_label=f"Edit {part.name}",
            ),
            text_align="right",
        ),
        align="center",
    )


def parts_table() -> rx.Component:
    return rx.table.root(
        rx.table.header(
            rx.table.row(
                rx.table.column_header_cell("Part"),
                rx.table.column_header_cell("Shelf", display=["none", "table-cell"]),
                rx.table.column_header_cell("Price", text_align="right"),
                rx.table.column_header_cell("Stock", text_align="right"),
                rx.table.column_header_cell(""),
            ),
        ),
        rx.table.body(rx.foreach(Stock.shown, part_row)),
        variant="surface",
        width="100%",
    )


def field(label: str, control: rx.Component) -> rx.Component:
    return rx.el.label(
        rx.text(label, size="2", weight="medium", margin_bottom="0.25rem"),
        control,
        width="100%",
    )


def editor() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title("Edit part"),
            rx.dialog.description("Shelf and price stay as they are.", size="2"),
            rx.form(
                rx.vstack(
                    field("Name", rx.input(name="name", default_value=Stock.draft_name)),
                    field(
                        "In stock",
                        rx.input(
                            name="stock",
                            type="number",
                            default_value=Stock.draft_stock.to_string(),
                        ),
                    ),
                    rx.hstack(
                        rx.dialog.close(
                            rx.button("Cancel", type="button", variant="soft", color_scheme="gray")
                        ),
                        rx.button("Save", type="submit"),
                        justify="end",
                        width="100%",
                    ),
                    spacing="4",
                    padding_top="1rem",
                ),
                on_submit=Stock.save,
            ),
            max_width="24rem",
        ),
        open=Stock.editing > 0,
        on_open_change=Stock.leave,
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.hstack(
                rx.heading("Stock", size="7"),
                rx.spacer(),
                rx.color_mode.button(),
                align="center",
                width="100%",
            ),
            rx.hstack(
                rx.input(
                    rx.input.slot(rx.icon("search", size=16)),
                    placeholder="Search by name or shelf",
                    aria_label="Search",
                    on_change=Stock.search,
                    size="3",
                    flex="1",
                ),
                rx.text(Stock.summary, id="summary", size="2", color_scheme="gray"),
                align="center",
                width="100%",
            ),
            parts_table(),
            editor(),
            spacing="5",
        ),
        size="3",
        padding="2rem 1rem",
    )


app = rx.App(theme=rx.theme(accent_color="orange", radius="medium"))
app.add_page(index, route="/", title="Stock")
