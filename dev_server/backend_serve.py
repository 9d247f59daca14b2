"""Runs a backend with uvicorn, in one process or several."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import uvicorn

from .backend import asgi
from .report import explain

PATH = "wasmrx.dev_server.backend:asgi"


def serve(folder: Path, host: str, port: int, workers: int) -> None:
    """Serve until told to stop; what keeps the app from starting is explained."""
    if workers > 1:
        uvicorn.run(PATH, factory=True, host=host, port=port, workers=workers, access_log=False)
        return
    try:
        app = asgi()
    except (Exception, SystemExit) as error:
        click.secho(explain(error, folder.resolve()), fg="red", err=True)
        sys.exit(1)
    uvicorn.run(app, host=host, port=port, access_log=False)
