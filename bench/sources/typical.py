"""A dialog, tabs, a select, a table and icons."""

import reflex as rx


class Page(rx.State):
    role: str = "editor"
    people: list[dict[str, str]] = [{"name": f"Person {i}", "role": "viewer"} for i in range(10)]

    @rx.event
    def choose(self, role: str):
        self.role = role


def person(row: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(rx.hstack(rx.icon("user", size=16), row["name"])),
        rx.table.cell(rx.badge(row["role"])),
    )


def people() -> rx.Component:
    return rx.table.root(
        rx.table.header(
            rx.table.row(rx.table.column_header_cell("Name"), rx.table.column_header_cell("Role"))
        ),
        rx.table.body(rx.foreach(Page.people, person)),
    )


def about() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.trigger(rx.button(rx.icon("info"), "About")),
        rx.dialog.content(
            rx.dialog.title("About"),
            rx.dialog.description("A page as many are."),
            rx.dialog.close(rx.button("Close", variant="soft")),
        ),
    )


def index() -> rx.Component:
    return rx.container(
        rx.hstack(rx.icon("house"), rx.heading("Typical"), rx.spacer(), about()),
        rx.tabs.root(
            rx.tabs.list(
                rx.tabs.trigger("People", value="people"),
                rx.tabs.trigger("Settings", value="settings"),
            ),
            rx.tabs.content(people(), value="people"),
            rx.tabs.content(
                rx.select(["viewer", "editor", "owner"], value=Page.role, on_change=Page.choose),
                value="settings",
            ),
            default_value="people",
        ),
    )


app = rx.App()
app.add_page(index, route="/", title="Typical")
