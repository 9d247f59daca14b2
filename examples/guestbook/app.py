"""A guest book: the page is static and runs in the browser, the entries lie on a server.

What is marked with @rx.server runs there. GUESTBOOK_PASSWORD=… lets the owner log in.
"""

import book

import wasmrx as rx

MOST = 400


class Book(rx.State):
    """What the page shows; the entries come from the server."""

    entries: list[dict[str, str]] = []
    draft: str = ""
    is_loaded: bool = False
    is_owner: bool = False
    _written: int = 0

    @rx.var
    def left(self) -> int:
        return MOST - len(self.draft)

    @rx.event
    def type(self, text: str):
        self.draft = text

    @rx.event
    def send(self, form_data: dict[str, str]):
        name, text = form_data["name"].strip(), self.draft.strip()
        if not name or not text:
            return rx.toast.error("Write your name and a few words.")
        if self.left < 0:
            return rx.toast.error("That is too long.")
        return Book.write(name, text)

    @rx.server
    def load(self):
        self._show()

    @rx.server(idempotent=True, rate="6/minute")
    def write(self, name: str, text: str):
        if not name or len(name) > 40 or not text or len(text) > MOST:
            return rx.toast.error("The book takes a name and up to 400 letters.")
        book.add(name, text)
        self._written += 1
        self.draft = ""
        self._show()
        return rx.toast.success("Thank you!" if self._written == 1 else "Thank you again!")

    @rx.server(rate="5/minute")
    def log_in(self, form_data: dict[str, str]):
        if not book.is_password(form_data.get("password", "")):
            return rx.toast.error("That is not the password.")
        rx.server.login("owner")
        self.is_owner = True

    @rx.server
    def log_out(self):
        rx.server.logout()
        self.is_owner = False

    @rx.server(auth=True)
    def remove(self, number: int):
        book.remove(number)
        self._show()

    def _show(self):
        self.entries = [
            {
                "id": str(e.id),
                "name": e.name,
                "text": e.text,
                "written": f"{e.written:%Y-%m-%d %H:%M}",
            }
            for e in book.latest()
        ]
        self.is_loaded = True


def entry(row: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.card(
        rx.hstack(
            rx.text(row["name"], weight="bold"),
            rx.text(row["written"], size="1", color=rx.color("gray", 11)),
            rx.spacer(),
            rx.cond(
                Book.is_owner,
                rx.icon_button(
                    rx.icon("trash-2", size=16),
                    on_click=Book.remove(row["id"]),
                    variant="ghost",
                    color_scheme="gray",
                    aria_label="Remove the entry of " + row["name"],
                ),
            ),
            align="center",
            width="100%",
        ),
        rx.text(
            row["text"], white_space="pre-wrap", overflow_wrap="anywhere", margin_top="0.25rem"
        ),
        width="100%",
    )


def form() -> rx.Component:
    return rx.form(
        rx.vstack(
            rx.input(name="name", placeholder="Your name", aria_label="Your name", width="100%"),
            rx.text_area(
                value=Book.draft,
                on_change=Book.type,
                placeholder="A few words",
                aria_label="A few words",
                rows="3",
                width="100%",
            ),
            rx.hstack(
                rx.text(Book.left, " letters left", size="2", color=rx.color("gray", 11)),
                rx.spacer(),
                rx.button("Write", type="submit"),
                align="center",
                width="100%",
            ),
            width="100%",
        ),
        on_submit=Book.send,
        reset_on_submit=False,
    )


def owner() -> rx.Component:
    return rx.cond(
        Book.is_owner,
        rx.hstack(
            rx.text("You may remove entries.", size="2", color=rx.color("gray", 11)),
            rx.button("Log out", on_click=Book.log_out, variant="soft", size="1"),
            align="center",
        ),
        rx.form(
            rx.hstack(
                rx.input(
                    name="password",
                    type="password",
                    placeholder="Owner's password",
                    aria_label="Owner's password",
                    auto_complete=False,
                ),
                rx.button("Log in", type="submit", variant="soft"),
                wrap="wrap",
            ),
            on_submit=Book.log_in,
        ),
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.hstack(
                rx.heading("Guest book", size="7"),
                rx.spacer(),
                rx.color_mode.button(aria_label="Light or dark"),
                align="center",
                width="100%",
            ),
            form(),
            rx.cond(
                Book.is_loaded & (Book.entries.length() == 0),
                rx.text("Nobody has written yet.", color=rx.color("gray", 11)),
                rx.foreach(Book.entries, entry),
            ),
            owner(),
            spacing="4",
            width="100%",
        ),
        size="2",
        padding="1.5rem 1rem",
    )


app = rx.App()
app.add_page(index, title="Guest book", on_load=Book.load)
