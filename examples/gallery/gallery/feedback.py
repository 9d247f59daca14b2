"""Messages, progress, waiting."""

from __future__ import annotations

import asyncio

import wasmrx as rx


def callout() -> rx.Component:
    """Callout: a short message beside an icon."""
    return rx.vstack(
        rx.callout("Saved in this browser.", icon="info"),
        rx.callout.root(
            rx.callout.icon(rx.icon("triangle-alert", size=18)),
            rx.callout.text("Your trial ends tomorrow."),
            color_scheme="amber",
            high_contrast=True,
            role="alert",
        ),
        width="100%",
    )


def toast() -> rx.Component:
    """Toast: a message that goes by itself."""
    return rx.hstack(
        rx.button("Tell", on_click=rx.toast("Something happened")),
        rx.button("Success", variant="soft", on_click=rx.toast.success("It worked", duration=4000)),
        rx.button(
            "Error", variant="soft", color_scheme="red", on_click=rx.toast.error("It did not work")
        ),
        wrap="wrap",
    )


def toaster() -> rx.Component:
    """Place of toasts: one provider on a page says where and how they appear."""
    return rx.fragment(
        rx.toast.provider(position="bottom-right", close_button=True),
        rx.text("Toasts of this page appear at the bottom right, with a button to close them."),
    )


class Copying(rx.State):
    percent: int = 30

    @rx.event
    async def copy(self):
        for percent in range(0, 101, 10):
            self.percent = percent
            yield
            await asyncio.sleep(0.1)


def progress() -> rx.Component:
    """Progress: how far something is; the handler yields at each step."""
    return rx.vstack(
        rx.progress(value=Copying.percent, aria_label="Copying"),
        rx.progress(value=70, fill_color=rx.color("plum", 9), size="3", aria_label="Another"),
        rx.button("Copy", on_click=Copying.copy),
        width="100%",
    )


def spinner() -> rx.Component:
    """Spinner: something is on its way."""
    return rx.hstack(rx.spinner(size="1"), rx.spinner(), rx.spinner(size="3"), align="center")


class Loading(rx.State):
    is_loading: bool = True

    @rx.event
    def set_loading(self, is_loading: bool):
        self.is_loading = is_loading


def skeleton() -> rx.Component:
    """Skeleton: the shape of what is not there yet."""
    return rx.vstack(
        rx.skeleton(rx.heading("The title", size="5", as_="h3"), loading=Loading.is_loading),
        rx.skeleton(rx.text("A text of several words."), loading=Loading.is_loading),
        rx.text(
            rx.hstack(
                rx.switch(checked=Loading.is_loading, on_change=Loading.set_loading), "loading"
            ),
            as_="label",
        ),
    )


def connection() -> rx.Component:
    """Connection: taken as in Reflex, and never seen: a page has no connection to lose."""
    return rx.fragment(
        rx.connection_banner(),
        rx.connection_modal(),
        rx.text("What runs in the browser keeps its state when the network goes."),
    )


def logo() -> rx.Component:
    """Logo: a line that says what the page is built with."""
    return rx.logo()
