"""Pictures, sound, video."""

from __future__ import annotations

import wasmrx as rx


def image() -> rx.Component:
    """Image: a file of the folder assets, or of anywhere."""
    return rx.image(
        src="/gallery/hills.svg",
        alt="Green hills below a low sun",
        width="16rem",
        height="auto",
        border_radius="0.5rem",
    )


def avatar() -> rx.Component:
    """Avatar: a picture of someone, or their initials."""
    return rx.hstack(
        rx.avatar(src="/gallery/hills.svg", fallback="HI", size="4"),
        rx.avatar(fallback="AL", size="4"),
        rx.avatar(fallback="GH", size="4", radius="full", color_scheme="grass"),
    )


class Player(rx.State):
    is_playing: bool = False

    @rx.event
    def play(self):
        self.is_playing = True

    @rx.event
    def stop(self):
        self.is_playing = False


def audio() -> rx.Component:
    """Audio: sound with controls; Python hears what happens to it."""
    return rx.vstack(
        rx.audio(
            src="/gallery/tones.wav",
            on_play=Player.play,
            on_pause=Player.stop,
            on_ended=Player.stop,
            width="100%",
            max_width="20rem",
        ),
        rx.text(rx.cond(Player.is_playing, "playing", "silent")),
        width="100%",
    )


def video() -> rx.Component:
    """Video: a file, or an address of a site for videos."""
    return rx.video(
        src="/gallery/ball.webm",
        loop=True,
        muted=True,
        preload="auto",
        width="100%",
        max_width="20rem",
    )
