"""A small site: several pages, links between them, and one page for every article."""

import wasmrx as rx

from content import ARTICLES, Article


class Reading(rx.State):
    """Which article the address asks for, and which ones were liked."""

    liked: list[str] = []

    @rx.var
    def article(self) -> Article:
        slug = self.router.page.params.get("slug", "")
        wanted = (article for article in ARTICLES if article.slug == slug)
        return next(wanted, Article("", "", "", ""))

    @rx.var
    def likes_it(self) -> bool:
        return self.article.slug in self.liked

    @rx.event
    def like(self):
        slug = self.article.slug
        if slug in self.liked:
            self.liked.remove(slug)
        else:
            self.liked.append(slug)

    @rx.event
    def surprise(self):
        position = [article.slug for article in ARTICLES].index(self.article.slug)
        following = ARTICLES[(position + 1) % len(ARTICLES)]
        return rx.redirect(f"/articles/{following.slug}")


def nav_link(text: str, href: str) -> rx.Component:
    return rx.link(text, href=href, color_scheme="gray", high_contrast=True)


def page(*content: rx.Component) -> rx.Component:
    """What all pages share: the bar with the links, and a column for the content."""
    return rx.box(
        rx.hstack(
            rx.link(
                rx.text("Small questions", weight="bold", white_space="nowrap"),
                href="/",
                underline="none",
                high_contrast=True,
                color_scheme="gray",
            ),
            rx.spacer(),
            nav_link("Articles", "/articles"),
            nav_link("About", "/about"),
            rx.color_mode.button(),
            align="center",
            spacing="3",
            padding="0.75rem 1rem",
            border_bottom=f"1px solid {rx.color('gray', 5)}",
        ),
        rx.container(
            rx.vstack(*content, spacing="5", width="100%"),
            size="2",
            padding="2.5rem 1rem",
        ),
    )


def teaser(article: Article) -> rx.Component:
    return rx.link(
        rx.card(
            rx.heading(article.title, as_="h2", size="4"),
            rx.text(article.summary, color_scheme="gray", margin_top="0.25rem"),
            width="100%",
            _hover={"background_color": rx.color("gray", 3)},
        ),
        href=f"/articles/{article.slug}",
        underline="none",
        width="100%",
    )


@rx.page(route="/", title="Small questions")
def index() -> rx.Component:
    return page(
        rx.heading("Small questions, short answers", size="8"),
        rx.text(
            "Things one wonders about on a walk, answered on one page each.",
            size="4",
            color_scheme="gray",
        ),
        rx.link(rx.button("Read the articles", size="3"), href="/articles"),
        rx.heading("The latest", as_="h2", size="5", margin_top="1rem"),
        teaser(ARTICLES[0]),
    )


@rx.page(route="/articles", title="Articles")
def articles() -> rx.Component:
    return page(
        rx.heading("Articles", size="8"),
        rx.vstack(*[teaser(article) for article in ARTICLES], width="100%"),
    )


@rx.page(route="/articles/[slug]", title="Article")
def article() -> rx.Component:
    return page(
        rx.cond(
            Reading.article.slug,
            rx.vstack(
                rx.heading(Reading.article.title, size="8"),
                rx.text(Reading.article.summary, size="4", color_scheme="gray"),
                rx.markdown(Reading.article.text),
                rx.hstack(
                    rx.button(
                        rx.icon("heart", size=16),
                        rx.cond(Reading.likes_it, "Liked", "Like"),
                        on_click=Reading.like,
                        variant=rx.cond(Reading.likes_it, "solid", "soft"),
                    ),
                    rx.button("Next article", on_click=Reading.surprise, variant="soft"),
                ),
                spacing="4",
                width="100%",
            ),
            rx.cond(
                Reading.is_hydrated,
                rx.vstack(
                    rx.heading("No such article", size="8"),
                    rx.link("See all articles", href="/articles"),
                ),
                rx.vstack(
                    rx.skeleton(height="2.5rem", width="70%"),
                    rx.skeleton(height="1.5rem", width="90%"),
                    rx.skeleton(height="10rem", width="100%"),
                    width="100%",
                ),
            ),
        ),
    )


@rx.page(route="/about", title="About")
def about() -> rx.Component:
    return page(
        rx.heading("About", size="8"),
        rx.markdown(
            "Every page here was built ahead of time and shows before Python runs. "
            "The like buttons are **Python in your browser**; there is no server behind them."
        ),
    )


app = rx.App(theme=rx.theme(accent_color="cyan", radius="large"))
