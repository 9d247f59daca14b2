"""A chat with a language model: the page is static, the model's key stays on a server.

`answer` runs there and streams what the model says; everything else runs in the browser.
"""

from dataclasses import dataclass
from typing import Literal

import model

import wasmrx as rx

LONGEST = 2000
SUGGESTIONS = ("What can you do?", "Where is your key?", "Tell me a story")


@dataclass
class Message:
    """What one of the two has said."""

    role: Literal["you", "model"]
    text: str


class Chat(rx.State):
    """The conversation; it lives in the browser."""

    messages: list[Message] = []
    coming: str = ""
    is_answering: bool = False

    @rx.event
    def ask(self, text: str):
        text = text.strip()
        if not text:
            return
        if len(text) > LONGEST:
            return rx.toast.error(f"That is longer than {LONGEST} letters.")
        self._keep()
        self.messages.append(Message("you", text))
        self.is_answering = True
        return Chat.answer

    @rx.event
    def send(self, form_data: dict[str, str]):
        return Chat.ask(form_data["question"])

    @rx.server(
        reads=["messages"], writes=["coming"], supersedes=True, rate="20/minute", timeout=120
    )
    async def answer(self):
        text = ""
        async for word in model.words([(each.role, each.text) for each in self.messages]):
            text += word
            self.coming = text
            yield
        yield Chat.finish

    @rx.event
    def finish(self):
        self._keep()

    @rx.event
    def stop(self):
        self._keep()
        return rx.cancel(Chat.answer)

    @rx.event
    def forget(self):
        self.reset()
        return rx.cancel(Chat.answer)

    def _keep(self):
        if self.coming:
            self.messages.append(Message("model", self.coming))
        self.coming = ""
        self.is_answering = False


def bubble(text: rx.Var[str], is_mine: rx.Var[bool] | bool) -> rx.Component:
    return rx.flex(
        rx.box(
            rx.text(text, white_space="pre-wrap", overflow_wrap="anywhere"),
            background=rx.cond(is_mine, rx.color("accent", 4), rx.color("gray", 3)),
            border_radius="1rem",
            padding="0.6rem 1rem",
            max_width="85%",
        ),
        justify=rx.cond(is_mine, "end", "start"),
        width="100%",
    )


def welcome() -> rx.Component:
    return rx.vstack(
        rx.icon("message-circle", size=32, color=rx.color("accent", 9)),
        rx.text("Ask something.", size="4"),
        rx.flex(
            *(rx.button(text, variant="soft", on_click=Chat.ask(text)) for text in SUGGESTIONS),
            wrap="wrap",
            justify="center",
            gap="0.5rem",
        ),
        align="center",
        justify="center",
        spacing="4",
        height="100%",
    )


def conversation() -> rx.Component:
    return rx.auto_scroll(
        rx.cond(
            Chat.messages.length() == 0,
            welcome(),
            rx.vstack(
                rx.foreach(
                    Chat.messages, lambda message: bubble(message.text, message.role == "you")
                ),
                rx.cond(
                    Chat.is_answering, bubble(rx.cond(Chat.coming, Chat.coming, "…"), is_mine=False)
                ),
                spacing="3",
                padding_y="1rem",
            ),
        ),
        role="log",
        tab_index=0,
        aria_label="Conversation",
        flex="1",
        min_height="0",
    )


def question() -> rx.Component:
    return rx.form(
        rx.hstack(
            rx.input(
                name="question",
                placeholder="Your question",
                aria_label="Your question",
                auto_complete=False,
                max_length=LONGEST,
                size="3",
                flex="1",
            ),
            rx.cond(
                Chat.is_answering,
                rx.icon_button(
                    rx.icon("square", size=18),
                    type="button",
                    on_click=Chat.stop,
                    aria_label="Stop",
                    size="3",
                ),
                rx.icon_button(
                    rx.icon("arrow-up", size=18), type="submit", aria_label="Ask", size="3"
                ),
            ),
            width="100%",
        ),
        on_submit=Chat.send,
        reset_on_submit=True,
    )


def index() -> rx.Component:
    return rx.container(
        rx.flex(
            rx.hstack(
                rx.heading("Chat", size="6"),
                rx.spacer(),
                rx.button("New chat", on_click=Chat.forget, variant="soft", color_scheme="gray"),
                rx.color_mode.button(aria_label="Light or dark"),
                align="center",
                width="100%",
            ),
            conversation(),
            question(),
            direction="column",
            gap="1rem",
            height="100dvh",
            padding_y="1rem",
        ),
        size="2",
        padding="0 1rem",
    )


app = rx.App()
app.add_page(index, title="Chat", on_load=Chat.finish)
