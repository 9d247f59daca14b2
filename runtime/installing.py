"""``import micropip`` in a worker: a package of the site is fetched, any other one is refused.

A site is complete and asks no package index. The names that stand in the source as text are among
its packages, since the build reads them; a name that is made while the app runs has to be among
its requirements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from . import packages

_NAME = re.compile(r"\s*([\w.-]+)")


class PackageMissingError(ValueError):
    """A package was to be installed that the site does not bring."""


async def install(requirements: str | Iterable[str], *_: Any, **options: Any) -> None:
    """Make packages of the site ready to be imported, with all that they need.

    The versions are those of ``wasmrx.lock``, whatever the requirement says.
    """
    wanted = [requirements] if isinstance(requirements, str) else list(requirements)
    names = [_name(text) for text in wanted]
    missing = [name for name in names if not packages.known(name)]
    if missing:
        raise PackageMissingError(
            f"The site does not bring {', '.join(missing)}: its packages are chosen when it is "
            f"built. Run `wasmrx add {' '.join(missing)}` and build it again."
        )
    for name in packages.with_needs(names):
        await packages.fetch(name)


def _name(text: str) -> str:
    found = _NAME.match(text)
    return packages.normal_name(found[1]) if found else text
