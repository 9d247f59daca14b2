"""One build in its own process: ``python -m wasmrx.dev_server.job``.

The process imports the compiler, then waits for one line on its input, builds, answers one line
on its output, and ends. A process started ahead of time has the imports behind it, and every
build sees the author's modules fresh. What the author's code prints goes to the terminal.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Literal, TypedDict

from .build import make_site
from .output import write_site
from .project import find_project
from .reads import Reads
from .report import explain


class JobRequest(TypedDict):
    """Build the app of ``folder`` into ``out``."""

    folder: str
    out: str


class JobResult(TypedDict):
    """What became of a build; ``text`` is the error where it failed.

    ``read`` lists the files outside of the app's folder that the build read. ``server`` tells that
    the app has handlers for a server.
    """

    ok: bool
    build: str
    routes: list[str]
    warnings: list[str]
    text: str
    read: list[str]
    server: bool


def main() -> Literal[0]:
    """Answer one request."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.dont_write_bytecode = True
    line = sys.stdin.readline()
    if line:
        request: JobRequest = json.loads(line)
        json.dump(_run(request), answers)
    answers.close()
    return 0


def _run(request: JobRequest) -> JobResult:
    folder = Path(request["folder"])
    out = Path(request["out"])
    reads = Reads()
    reads.start()
    result = JobResult(ok=False, build="", routes=[], warnings=[], text="", read=[], server=False)
    try:
        site = make_site(find_project(folder), dev=True)
        result["build"] = write_site(site.files, out)
    except (Exception, SystemExit) as error:
        result["text"] = explain(error, folder)
    else:
        result.update(ok=True, routes=list(site.routes), warnings=list(site.warnings))
        result["server"] = site.server is not None and bool(site.server.table.handlers)
    result["read"] = reads.outside(folder, out.parent)
    return result


if __name__ == "__main__":
    sys.exit(main())
