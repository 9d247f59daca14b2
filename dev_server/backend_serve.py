"""Runs a backend with uvicorn, in one process or several."""

from __future__ import annotations

import logging.config
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

import click
import uvicorn
from pythonjsonlogger.core import RESERVED_ATTRS

from .backend import asgi
from .report import explain
from .rpc_metrics import FOLDER

PATH = "wasmrx.dev_server.backend:asgi"

Logs = Literal["text", "json"]

_FORMATS: dict[Logs, dict[str, Any]] = {
    "text": {"format": "%(asctime)s %(levelname)s %(message)s"},
    "json": {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "fmt": "%(levelname)s %(name)s %(process)d %(message)s",
        "rename_fields": {"levelname": "level", "name": "logger", "exc_info": "traceback"},
        "timestamp": "time",
        "reserved_attrs": [*RESERVED_ATTRS, "color_message"],
    },
}


def log_config(logs: Logs) -> dict[str, Any]:
    """Return how the log is written: lines of text, or of JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": _FORMATS[logs]},
        "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["errors"], "level": "INFO"},
    }


def serve(folder: Path, host: str, port: int, workers: int, logs: Logs) -> None:
    """Serve until told to stop; what keeps the app from starting is explained."""
    config = log_config(logs)
    logging.config.dictConfig(config)
    options: dict[str, Any] = {
        "host": host,
        "port": port,
        "access_log": False,
        "log_config": config,
    }
    if workers > 1:
        with tempfile.TemporaryDirectory(prefix="wasmrx-metrics-") as shared:
            os.environ.setdefault(FOLDER, shared)
            uvicorn.run(PATH, factory=True, workers=workers, **options)
        return
    try:
        app = asgi()
    except (Exception, SystemExit) as error:
        click.secho(explain(error, folder.resolve()), fg="red", err=True)
        sys.exit(1)
    uvicorn.run(app, **options)
