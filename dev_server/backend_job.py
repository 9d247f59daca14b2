"""The backend beside ``wasmrx serve``: ``python -m wasmrx.dev_server.backend_job FOLDER DATA``.

It prints the port that it listens on, and ends with the process that started it. What stops it from
starting is printed in its place.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import threading
from pathlib import Path

import uvicorn

from .backend import Settings, create
from .project import find_project
from .report import explain


def main(folder: Path, data: Path) -> None:
    """Serve until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.dont_write_bytecode = True
    try:
        app = create(Settings(find_project(folder), data))
    except (Exception, SystemExit) as error:
        print(explain(error, folder), file=answers, flush=True)
        sys.exit(1)
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], file=answers, flush=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", proxy_headers=False))
    threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
    asyncio.run(server.serve([listening]))


def _end_with_input(server: uvicorn.Server) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
