"""Notes in a database of the visitor's own, which lies in the browser."""

from datetime import UTC, datetime

from sqlmodel import Field, col, or_, select

import wasmrx as rx

COLORS = ("amber", "grass", "sky", "plum", "gray")


class Note(rx.Model, table=True):
    title: str
    text: str = ""
    color: str = "amber"
    pinned: bool = False
    written: datetime = Field(default_factory=lambda: datetime.now(UTC))


class Notes(rx.State):
    """What the page shows of the table."""

    rows: list[Note] = []
    search: str = ""
    color: str = "amber"
    is_loaded: bool = False

    @rx.event
    def load(self):
        with rx.session() as session:
            order = col(Note.pinned).desc(), col(Note.written).desc()
            query = select(Note).order_by(*order)
            if self.search:
                fits = [col(each).icontains(self.search) for each in (Note.title, Note.text)]
                query = query.where(or_(*fits))
            self.rows = list(session.exec(query).all())
        self.is_loaded = True

    @rx.event
    def look_for(self, text: str):
        self.search = text
        return Notes.load

    @rx.event
    def pick(self, color: str):
        self.color = color

    @rx.event
    def add(self, form_data: dict[str, str]):
        title = form_data["title"].strip()
        if not title:
            return rx.toast.error("A note needs a title.")
        with rx.session() as session:
            session.add(Note(title=title, text=form_data["text"].strip(), color=self.color))
            session.commit()
        return Notes.load

    @rx.event
    def pin(self, id: int):
        with rx.session() as session:
            note = session.get_one(Note, id)
            note.pinned = not note.pinned
            session.commit()
        return Notes.load

    @rx.event
    def remove(self, id: int):
        with rx.session() as session:
            session.delete(session.get_one(Note, id))
            session.commit()
        return Notes.load

    @rx.event
    async def save(self):
        await rx.files.settled()
        return rx.download(data=rx.files.archive(), filename="notes.zip")


def swatch(color: str) -> rx.Component:
    is_it = Notes.color == color
    return rx.el.button(
        type="button",
        aria_label=color,
        aria_pressed=is_it,
        on_click=Notes.pick(color),
        style={
            "width": "1.5rem",
            "height": "1.5rem",
            "border_radius": "50%",
            "cursor": "pointer",
            "background": rx.color(color, 9),
            "border": f"2px solid {rx.color('gray', 1)}",
            "box_shadow": rx.cond(is_it, f"0 0 0 2px {rx.color(color, 9)}", "none"),
        },
    )


def form() -> rx.Component:
    return rx.card(
        rx.form(
            rx.vstack(
                rx.input(
                    name="title", placeholder="Title", aria_label="Title", width="100%", size="3"
                ),
                rx.text_area(
                    name="text", placeholder="What to keep", aria_label="Text", width="100%"
                ),
                rx.hstack(
                    *[swatch(color) for color in COLORS],
                    rx.spacer(),
                    rx.button(rx.icon("plus", size=16), "Add", type="submit"),
                    width="100%",
                    align="center",
                ),
                width="100%",
            ),
            on_submit=Notes.add,
            reset_on_submit=True,
        ),
        width="100%",
    )


def tint(note: rx.Var[Note], step: int) -> rx.Var[str]:
    known = [(color, rx.color(color, step)) for color in COLORS]
    return rx.match(note.color, *known, rx.color("gray", step))


def card(note: rx.Var[Note]) -> rx.Component:
    return rx.card(
        rx.vstack(
            rx.hstack(
                rx.heading(note.title, size="4", as_="h2", overflow_wrap="anywhere"),
                rx.spacer(),
                rx.icon_button(
                    rx.icon("pin", size=16),
                    variant=rx.cond(note.pinned, "solid", "ghost"),
                    color_scheme="gray",
                    high_contrast=True,
                    aria_label=rx.cond(note.pinned, "Unpin ", "Pin ") + note.title,
                    on_click=Notes.pin(note.id),
                ),
                rx.icon_button(
                    rx.icon("trash-2", size=16),
                    variant="ghost",
                    color_scheme="gray",
                    high_contrast=True,
                    aria_label="Delete " + note.title,
                    on_click=Notes.remove(note.id),
                ),
                width="100%",
                align="center",
                spacing="4",
            ),
            rx.text(note.text, white_space="pre-wrap", overflow_wrap="anywhere"),
            rx.moment(note.written, from_now=True, style={"font_size": "0.8rem"}),
            spacing="2",
        ),
        style={
            "background": tint(note, 3),
            "border_left": f"4px solid {tint(note, 9)}",
            "break_inside": "avoid",
            "margin_bottom": "1rem",
        },
        class_name="note",
    )


def nothing() -> rx.Component:
    return rx.text(
        rx.cond(
            Notes.search,
            "No note has these words.",
            "Nothing yet. What you write stays in this browser.",
        ),
        color_scheme="gray",
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.hstack(
                rx.heading("Notes", size="8"),
                rx.spacer(),
                rx.button(
                    rx.icon("download", size=16),
                    "Copy",
                    on_click=Notes.save,
                    variant="soft",
                    color_scheme="gray",
                    high_contrast=True,
                ),
                rx.color_mode.button(),
                width="100%",
                align="center",
            ),
            form(),
            rx.input(
                rx.input.slot(rx.icon("search", size=16)),
                placeholder="Search",
                aria_label="Search",
                on_change=Notes.look_for,
                width="100%",
            ),
            rx.cond(
                Notes.rows,
                rx.box(
                    rx.foreach(Notes.rows, card),
                    width="100%",
                    style={"columns": "18rem", "column_gap": "1rem"},
                ),
                rx.cond(Notes.is_loaded, nothing(), rx.spinner()),
            ),
            spacing="5",
            width="100%",
        ),
        size="3",
        padding_y="2rem",
    )


app = rx.App(theme=rx.theme(accent_color="amber"))
app.add_page(index, title="Notes", on_load=Notes.load)
