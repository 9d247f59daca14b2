"""A to-do list that the browser keeps: it is still there after closing the tab."""

import dataclasses
import json

import wasmrx as rx


@dataclasses.dataclass
class Task:
    """One line of the list."""

    id: int
    text: str
    done: bool = False


class Todo(rx.State):
    """The list, stored as text in the browser's local storage."""

    stored: str = rx.LocalStorage("[]", name="todo", sync=True)
    show: str = "All"

    @rx.var
    def tasks(self) -> list[Task]:
        return [Task(**entry) for entry in json.loads(self.stored or "[]")]

    @rx.var
    def shown(self) -> list[Task]:
        if self.show == "All":
            return self.tasks
        return [task for task in self.tasks if task.done == (self.show == "Done")]

    @rx.var
    def summary(self) -> str:
        left = sum(not task.done for task in self.tasks)
        if not self.tasks:
            return "Nothing to do yet."
        return "All done!" if not left else f"{left} of {len(self.tasks)} to do"

    @rx.var
    def some_done(self) -> bool:
        return any(task.done for task in self.tasks)

    def _store(self, tasks: list[Task]):
        self.stored = json.dumps([dataclasses.asdict(task) for task in tasks])

    @rx.event
    def add(self, form_data: dict):
        text = form_data["text"].strip()
        if not text:
            return rx.toast.error("Write down what there is to do.")
        number = max((task.id for task in self.tasks), default=0) + 1
        self._store([*self.tasks, Task(number, text)])

    @rx.event
    def mark(self, number: int, done: bool):
        self._store(
            [
                dataclasses.replace(task, done=done) if task.id == number else task
                for task in self.tasks
            ]
        )

    @rx.event
    def remove(self, number: int):
        self._store([task for task in self.tasks if task.id != number])

    @rx.event
    def clear_done(self):
        self._store([task for task in self.tasks if not task.done])

    @rx.event
    def choose(self, value: str | list[str]):
        self.show = str(value)


def task_row(task: rx.Var[Task]) -> rx.Component:
    return rx.hstack(
        rx.checkbox(
            checked=task.done,
            on_change=lambda done: Todo.mark(task.id, done),
            size="3",
            aria_label=task.text,
        ),
        rx.text(
            task.text,
            flex="1",
            overflow_wrap="anywhere",
            color=rx.cond(task.done, rx.color("gray", 9), rx.color("gray", 12)),
            text_decoration=rx.cond(task.done, "line-through", "none"),
        ),
        rx.icon_button(
            rx.icon("trash-2", size=16),
            on_click=Todo.remove(task.id),
            variant="ghost",
            color_scheme="gray",
            aria_label="Remove " + task.text,
        ),
        align="center",
        width="100%",
        padding="0.6rem 0.5rem",
        border_radius="0.5rem",
        _hover={"background_color": rx.color("gray", 3)},
    )


def entry_form() -> rx.Component:
    return rx.form(
        rx.hstack(
            rx.input(
                name="text",
                placeholder="What is there to do?",
                aria_label="New task",
                auto_focus=True,
                size="3",
                flex="1",
            ),
            rx.button("Add", type="submit", size="3"),
            width="100%",
        ),
        on_submit=Todo.add,
        reset_on_submit=True,
        width="100%",
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.hstack(
                rx.heading("To do", size="7"),
                rx.spacer(),
                rx.text(Todo.summary, id="summary", size="2", color_scheme="gray"),
                rx.color_mode.button(),
                align="center",
                width="100%",
            ),
            rx.card(
                rx.vstack(
                    entry_form(),
                    rx.vstack(rx.foreach(Todo.shown, task_row), spacing="0", width="100%"),
                    rx.divider(),
                    rx.hstack(
                        rx.segmented_control.root(
                            rx.segmented_control.item("All", value="All"),
                            rx.segmented_control.item("Open", value="Open"),
                            rx.segmented_control.item("Done", value="Done"),
                            value=Todo.show,
                            on_change=Todo.choose,
                            size="1",
                        ),
                        rx.spacer(),
                        rx.button(
                            "Clear done",
                            on_click=Todo.clear_done,
                            disabled=~Todo.some_done,
                            variant="soft",
                            size="1",
                        ),
                        align="center",
                        width="100%",
                    ),
                    spacing="4",
                    width="100%",
                ),
                size="3",
                width="100%",
            ),
            rx.text("Kept in this browser, nowhere else.", size="2", color_scheme="gray"),
            spacing="5",
        ),
        size="1",
        padding="2rem 1rem",
    )


app = rx.App(theme=rx.theme(accent_color="teal", radius="large"))
app.add_page(index, route="/", title="To do")
