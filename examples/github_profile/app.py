"""Who is behind a GitHub name? The handler asks GitHub, straight from the visitor's browser."""

from urllib.parse import quote

import wasmrx as rx

API = "https://api.github.com/users/"


class Profile(rx.State):
    """What GitHub says about one user."""

    name: str = ""
    login: str = ""
    bio: str = ""
    avatar: str = ""
    address: str = ""
    repositories: int = 0
    followers: int = 0
    problem: str = ""
    asking: bool = False

    @rx.event
    async def look_up(self, login: str):
        login = login.strip().lstrip("@")
        if not login or login == self.login:
            return
        self.asking = True
        self.problem = ""
        yield
        # This module exists in the browser only, where handlers run.
        from pyodide.http import pyfetch

        try:
            response = await pyfetch(API + quote(login, safe=""))
        except OSError:
            self.problem = "GitHub cannot be reached. Are you offline?"
        else:
            if response.status == 200:
                self._show(await response.json())
            elif response.status == 404:
                self.problem = f"Nobody on GitHub is called {login}."
            else:
                self.problem = f"GitHub refuses to answer for now (code {response.status})."
        self.asking = False

    def _show(self, user: dict):
        self.login = user["login"]
        self.name = user["name"] or user["login"]
        self.bio = user["bio"] or ""
        self.avatar = user["avatar_url"]
        self.address = user["html_url"]
        self.repositories = user["public_repos"]
        self.followers = user["followers"]


def figure(label: str, value: rx.Var[int]) -> rx.Component:
    return rx.vstack(
        rx.text(value, size="6", weight="bold"),
        rx.text(label, size="2", color_scheme="gray"),
        spacing="0",
        align="center",
        flex="1",
    )


def profile() -> rx.Component:
    return rx.vstack(
        rx.avatar(src=Profile.avatar, fallback=Profile.login[:1], size="9", radius="full"),
        rx.heading(Profile.name, id="name", size="6"),
        rx.link("@" + Profile.login, href=Profile.address, is_external=True),
        rx.cond(Profile.bio, rx.text(Profile.bio, text_align="center")),
        rx.hstack(
            figure("repositories", Profile.repositories),
            figure("followers", Profile.followers),
            width="100%",
        ),
        align="center",
        spacing="3",
        width="100%",
    )


def nobody() -> rx.Component:
    return rx.vstack(
        rx.avatar(fallback="?", size="9", radius="full", color_scheme="gray"),
        rx.text(
            "Type a name above, then leave the field.",
            color_scheme="gray",
            text_align="center",
        ),
        align="center",
        spacing="4",
        width="100%",
    )


def index() -> rx.Component:
    return rx.center(
        rx.card(
            rx.vstack(
                rx.hstack(
                    rx.heading("GitHub profile", size="5"),
                    rx.spacer(),
                    rx.color_mode.button(),
                    align="center",
                    width="100%",
                ),
                rx.input(
                    rx.input.slot(rx.icon("search", size=16)),
                    placeholder="octocat",
                    aria_label="GitHub name",
                    on_blur=Profile.look_up,
                    size="3",
                    width="100%",
                ),
                rx.cond(
                    Profile.problem,
                    rx.callout(
                        Profile.problem,
                        icon="triangle_alert",
                        color_scheme="ruby",
                        role="alert",
                        width="100%",
                    ),
                ),
                rx.cond(
                    Profile.asking,
                    rx.center(rx.spinner(size="3"), width="100%", padding="4rem"),
                    rx.cond(Profile.login, profile(), nobody()),
                ),
                spacing="5",
                width="100%",
            ),
            size="4",
            width="100%",
            max_width="26rem",
        ),
        min_height="100vh",
        padding="1rem",
    )


app = rx.App(theme=rx.theme(accent_color="violet", radius="large"))
app.add_page(index, route="/", title="GitHub profile")
