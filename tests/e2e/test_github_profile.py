"""The GitHub profile: a handler that asks the network, and what it says when there is none."""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext, Page, Route, expect

from visits import PATIENCE, Console, SiteOf

ADA = {
    "login": "ada",
    "name": "Ada L.",
    "bio": "Weaves algebraic patterns",
    "avatar_url": "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=",
    "html_url": "https://github.com/ada",
    "public_repos": 12,
    "followers": 345,
}


def answer(route: Route) -> None:
    login = route.request.url.rpartition("/")[2]
    status = {"ada": 200, "nobody": 404}.get(login, 403)
    headers = {"Access-Control-Allow-Origin": "*"}
    route.fulfill(
        status=status, headers=headers, content_type="application/json", body=json.dumps(ADA)
    )


def look_up(page: Page, login: str) -> None:
    field = page.get_by_role("textbox", name="GitHub name")
    field.fill(login)
    field.blur()


def test_shows_a_profile(page: Page, context: BrowserContext, site_of: SiteOf) -> None:
    context.route("https://api.github.com/**", answer)
    page.goto(site_of("github_profile"))
    look_up(page, " @ada ")
    expect(page.locator("#name")).to_have_text("Ada L.", timeout=PATIENCE)
    expect(page.get_by_text("345")).to_be_visible()
    expect(page.get_by_role("link", name="@ada")).to_have_attribute(
        "href", "https://github.com/ada"
    )


def test_says_what_went_wrong(
    page: Page, context: BrowserContext, site_of: SiteOf, console: Console
) -> None:
    console.allow("Failed to load resource.*api.github.com")
    context.route("https://api.github.com/**", answer)
    page.goto(site_of("github_profile"))
    look_up(page, "nobody")
    alert = page.get_by_role("alert")
    expect(alert).to_have_text("Nobody on GitHub is called nobody.", timeout=PATIENCE)
    look_up(page, "limited")
    expect(alert).to_have_text("GitHub refuses to answer for now (code 403).")
    look_up(page, "ada")
    expect(page.locator("#name")).to_have_text("Ada L.")
    expect(alert).to_have_count(0)


def test_says_that_it_is_offline(
    page: Page, context: BrowserContext, site_of: SiteOf, console: Console
) -> None:
    console.allow("Failed to load resource.*api.github.com")
    context.route("https://api.github.com/**", lambda route: route.abort("internetdisconnected"))
    page.goto(site_of("github_profile"))
    look_up(page, "ada")
    expect(page.get_by_role("alert")).to_have_text(
        "GitHub cannot be reached. Are you offline?", timeout=PATIENCE
    )
