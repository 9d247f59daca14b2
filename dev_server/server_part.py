"""What a build does with an app that has server handlers: which part of it is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wasmrx.errors import NeedsServerError
from wasmrx.wasm.server_published import Published, has_server_code, published
from wasmrx.wasm.server_table import ServerHandler, ServerTable, by_state, server_table

from .project import Project


@dataclass(frozen=True)
class ServerPart:
    """The server handlers, where they run (None: nowhere), and what of the app is published."""

    table: ServerTable
    address: str | None
    published: Published


def server_part(project: Project, leave_out: Iterable[Path], *, dev: bool) -> ServerPart | None:
    """Return the server's part of the app that is imported, None where it has none.

    While developing the backend is beside the pages.
    """
    table = server_table()
    if not has_server_code(project.root, table):
        return None
    address = "" if dev else project.backend
    files = published(project.root, project.module, table, address, leave_out)
    return ServerPart(table, address, files)


def without_backend(part: ServerPart, compiled: Iterable[bytes]) -> list[str]:
    """Return warnings for handlers that nothing runs; raise where a page needs one of them."""
    if part.address is not None:
        return []
    contents = list(compiled)
    found: list[str] = []
    for each in part.table.handlers.values():
        name, place = each.handler.name, each.handler.place
        if each.options.fallback is not None:
            found.append(f"{name} runs its fallback: this build has no backend.")
        elif any(name.encode() in content for content in contents):
            raise NeedsServerError(
                f"A page uses {name}, which runs on a server, and this build has none. Say where "
                "it is, wasmrx build --backend https://api.example.org (or --backend same, on the "
                "site's own host), or give the handler a fallback."
            ).at(place)
        else:
            found.append(f"{name} cannot be reached: this build has no backend.")
    return found


def described(each: ServerHandler) -> str:
    """Return in words what goes to the server and comes back."""
    words = [each.handler.name]
    for label, fields in (("reads", each.reads), ("writes", each.writes), ("keeps", each.kept)):
        names = [name for names in by_state(fields).values() for name in names]
        if names:
            words.append(f"{label} {', '.join(names)}")
    return "; ".join(words)
