"""What an app writes for uploads, beside the component: which files, what is chosen, where to.

The page holds the files that were chosen, by the id of their ``rx.upload``. An event carries them
to the worker as the browser's own handles; see ``upload_file`` for what a handler gets.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

from . import stored_files
from .binding import bind
from .callbacks import way_into
from .errors import UploadTypeError, UploadValueError, caller_place
from .expr import Array, Chain, Expr, Import, Literal, Object, Op, Raw, StateVar, free_locals
from .handlers import EventSpec
from .upload_file import UploadFile
from .var import Var, to_expr

DEFAULT_ID = "default"


def _from_page(function: str, arg: Expr) -> Raw:
    """Return the call of a function of the page's code for uploads."""
    return Raw((f"{function}(", arg, ")"), ((function, Import("wasmrx/uploads", function)),))


def _object(**parts: Expr) -> Object:
    return Object(tuple((Literal(key), value) for key, value in parts.items()))


def upload_files(
    upload_id: Any = None, on_upload_progress: Any = None, extra_headers: Any = None
) -> Var[list[UploadFile]]:
    """Return the files chosen in ``rx.upload(id=upload_id)``, to give to a handler.

    ``on_upload_progress`` gets ``{"loaded", "total", "progress"}`` while the handler reads them.
    ``extra_headers`` is accepted and has no effect: nothing is sent to a server.
    """
    id_ = _checked(DEFAULT_ID if upload_id is None else upload_id)
    wanted = _object(id=id_, steps=_steps(on_upload_progress))
    return Var(_from_page("uploadFiles", wanted), list[UploadFile])


def _checked(upload_id: Any) -> Expr:
    if isinstance(upload_id, Var) or (isinstance(upload_id, str) and upload_id):
        return to_expr(cast("object", upload_id))
    raise UploadValueError(
        f"An upload is named by the text that its rx.upload has as id, not by {upload_id!r}."
    ).at(caller_place())


def progress_spec(progress: Var[Any]) -> tuple[Var[dict[str, float]]]:
    """Give how far reading is: ``loaded`` and ``total`` bytes, and ``progress`` from 0 to 1."""
    return (Var(to_expr(progress), dict[str, float]),)


def _steps(on_progress: Any) -> Expr:
    """Return what runs with the progress as data, which the worker reads."""
    chain = bind(on_progress, progress_spec, trigger="on_upload_progress")
    return Array(tuple(_step(chain, when, call) for when, call in chain.calls))


def _step(chain: Chain, when: Expr | None, call: Any) -> Expr:
    args: list[tuple[Expr, Expr]] = []
    ways: list[tuple[Expr, Expr]] = []
    for name, expr in call.args:
        way = way_into(expr, chain.params)
        if way is not None:
            ways.append((Literal(name), to_expr(way)))
        else:
            args.append((Literal(name), expr))
    if any(free_locals(each) & set(chain.params) for each in (*dict(args).values(), when) if each):
        raise UploadTypeError(
            "on_upload_progress computes with the progress, which comes from Python itself. Give "
            "the whole or a part of it, such as p['loaded'], and compute in the handler."
        ).at(caller_place())
    return _object(
        when=Literal(True) if when is None else when,
        kind=Literal(call.kind),
        name=Literal(call.target),
        args=Object(tuple(args)),
        ways=Object(tuple(ways)),
    )


def on_drop_spec(files: Var[Any]) -> tuple[Var[list[UploadFile]]]:
    """Give the files that were dropped or chosen."""
    return (Var(_from_page("droppedFiles", to_expr(files)), list[UploadFile]),)


def selected_files(id_: Any = DEFAULT_ID) -> Var[list[str]]:
    """Return the names of the files chosen in the upload ``id_``, for the page to show."""
    known = Op("unless_unset", (StateVar("client", "files"), Object(())))
    names = Op("key", (known, _checked(id_)))
    return Var(Op("unless_unset", (names, Array(()))), list[str])


def clear_selected_files(id_: Any = DEFAULT_ID) -> EventSpec:
    """Forget the files chosen in the upload ``id_``."""
    _checked(id_)
    return EventSpec("clear_selected_files", (("id", id_),))


def cancel_upload(upload_id: Any = DEFAULT_ID) -> EventSpec:
    """Stop the handlers that read files of this upload, and those that have not begun."""
    _checked(upload_id)
    return EventSpec("cancel_upload", (("id", upload_id),))


def get_upload_dir() -> Path:
    """Return the folder for files that handlers write: it lives as long as the worker does."""
    folder = Path(os.environ.get("REFLEX_UPLOADED_FILES_DIR") or "uploaded_files").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    stored_files.watch(folder)
    return folder


def get_upload_url(file_path: Any) -> Var[str]:
    """Return the address of a file in ``rx.get_upload_dir()``, for an image or a download.

    It is empty until a handler has written the file.
    """
    urls = StateVar("client", "upload_urls")
    return Var(_from_page("uploadUrl", Array((urls, to_expr(file_path)))), str)
