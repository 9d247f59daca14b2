"""Builds for ``serve``: each in a fresh process, the next one started ahead and waiting."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from .job import JobRequest, JobResult
from .project import Project

KEPT_BUILDS = 3


class Builder:
    """Builds one project again and again; ``folder`` is where the last good build lies."""

    def __init__(self, project: Project) -> None:
        """Prepare to build ``project`` into a temporary folder."""
        self.folder: Path | None = None
        self._project = project
        self.work = Path(tempfile.mkdtemp(prefix="wasmrx-"))
        self._built: list[Path] = []
        self._number = 0
        self._waiting: Process | None = None
        self._running: Process | None = None

    async def prepare(self) -> None:
        """Start the process of the next build, if it does not run yet."""
        if self._waiting is None:
            self._waiting = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "wasmrx.dev_server.job"),
                cwd=self._project.root,
                stdin=PIPE,
                stdout=PIPE,
                start_new_session=True,
            )

    async def build(self) -> JobResult:
        """Build once. A failed build leaves ``folder`` as it was."""
        await self.prepare()
        process = self._running = self._waiting
        self._waiting = None
        assert process is not None
        self._number += 1
        out = self.work / str(self._number)
        request = JobRequest(folder=str(self._project.root), out=str(out))
        answer, _ = await process.communicate((json.dumps(request) + "\n").encode())
        self._running = None
        await self.prepare()
        if not answer:
            text = f"The build's process ended with code {process.returncode} and no answer."
            failed = JobResult(
                ok=False, build="", routes=[], warnings=[], text="", read=[], server=False
            )
            return {**failed, "text": text}
        result: JobResult = json.loads(answer)
        if result["ok"]:
            self._keep(out)
        return result

    async def close(self) -> None:
        """End the processes and delete what was built; whoever stops the server may not wait."""
        processes = [process for process in (self._waiting, self._running) if process is not None]
        for process in processes:
            if process.returncode is None:
                process.kill()
        shutil.rmtree(self.work, ignore_errors=True)
        for process in processes:
            await process.wait()

    def _keep(self, out: Path) -> None:
        """Open pages may still ask for files of the builds just before, so these stay."""
        self.folder = out
        self._built.append(out)
        while len(self._built) > KEPT_BUILDS:
            shutil.rmtree(self._built.pop(0), ignore_errors=True)

    def folder_with(self, path: str) -> Path | None:
        """The newest kept build that has the file ``path``, else the newest one."""
        having = (out for out in reversed(self._built) if (out / path).is_file())
        return next(having, self.folder)
