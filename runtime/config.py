"""``rxconfig.py``: ``rx.Config``. Keeps what it is given; the build reads what concerns it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Env(StrEnum):
    """Where an app is meant to run."""

    DEV = "dev"
    PROD = "prod"


class Config:
    """The project's configuration; unknown parameters are kept and otherwise ignored."""

    def __init__(self, app_name: str = "", *, plugins: Any = (), **options: Any) -> None:
        """Keep the name of the app's package, the plugins and everything else."""
        self.app_name = app_name
        self.plugins = list(plugins or ())
        self.options = options

    @property
    def module(self) -> str:
        """Return the module that holds the app."""
        return self.options.get("app_module_import") or f"{self.app_name}.{self.app_name}"

    def __getattr__(self, name: str) -> Any:
        """Return an option, None where it was not given."""
        if name.startswith("_") or name == "options":
            raise AttributeError(name)
        return self.options.get(name)


class DBConfig(Config):
    """A database's configuration; accepted, and used by server mode only."""


class Plugin:
    """A Reflex plugin; accepted with any options."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Keep the options."""
        self.args = args
        self.options = options


class SitemapPlugin(Plugin):
    """Accepted; every build that knows its ``deploy_url`` writes a sitemap."""


class TailwindV3Plugin(Plugin):
    """Asks for Tailwind's classes; version 4 makes them."""


class TailwindV4Plugin(Plugin):
    """Asks for Tailwind's classes; a dict holds the settings of ``tailwind.config.js``."""


class RadixThemesPlugin(Plugin):
    """Accepted; Radix Themes are always there."""


def __getattr__(name: str) -> Any:
    if name[0] == "_":
        raise AttributeError(name)
    raise AttributeError(
        f"rx.plugins has no {name!r}: what changes how Reflex compiles has no counterpart. Leave "
        "it out of rxconfig.py."
    )
