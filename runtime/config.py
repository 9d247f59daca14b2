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
    """Accepted; the build writes no sitemap."""


class TailwindV3Plugin(Plugin):
    """Asks for Tailwind's classes."""


class TailwindV4Plugin(Plugin):
    """Asks for Tailwind's classes."""


class RadixThemesPlugin(Plugin):
    """Accepted; Radix Themes are always there."""
