"""``rx.asset``: the address of a file that the site publishes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

_shared: dict[str, str] = {}
_SOURCES = (".jsx", ".ts", ".tsx")


class AssetPath(str):
    """The address of a file; ``importable_path`` names it as the library of a component."""

    __slots__ = ()

    @property
    def importable_path(self) -> str:
        """Return the file's name for ``library``: ``"$/public/hello.jsx"``."""
        return f"$/public{self}"


def asset(
    path: str, shared: bool = False, subfolder: str | None = None, _stack_level: int = 1
) -> AssetPath:
    """Return the address of ``assets/<path>`` on the site: ``"/logo.png"``.

    With ``shared`` the file lies beside the Python module that asks, so that a package can bring
    its own: ``"/external/my_package.ui/logo.png"``.
    """
    if not shared:
        return AssetPath("/" + path.lstrip("/"))
    caller = sys._getframe(_stack_level)  # pyright: ignore[reportPrivateUsage]
    module = str(caller.f_globals.get("__name__", "")).replace(".", "/")
    inner = "/".join(part for part in (module, subfolder, path.lstrip("/")) if part)
    address = AssetPath(f"/external/{inner}")
    if sys.platform != "emscripten":
        beside = os.path.join(os.path.dirname(caller.f_code.co_filename), path)
        if not os.path.isfile(beside):
            raise FileNotFoundError(
                f"rx.asset({path!r}, shared=True): there is no file {path} beside "
                f"{os.path.basename(caller.f_code.co_filename)}."
            )
        _shared[address] = beside
    return address


def shared_files() -> Mapping[str, str]:
    """Return the files that modules have shared, by their address."""
    return _shared


def published_files() -> Mapping[str, str]:
    """Return the shared files that the site publishes as they are: all but sources of modules."""
    return {at: path for at, path in _shared.items() if not path.endswith(_SOURCES)}
