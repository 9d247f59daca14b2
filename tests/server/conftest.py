"""What tests of server mode share: projects, a backend that runs for real, its visitors."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backends import Backend, Visitor, running_backend
from daemons import running_redis
from projects import Project


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run tests that are coroutines, in a thread: one that drives a browser has a loop already."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    given = {name: pyfuncitem.funcargs[name] for name in names}
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, pyfuncitem.obj(**given)).result()
    return True


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project(tmp_path)
    yield made
    made.forget()


@pytest.fixture(scope="session")
def backend_app() -> Path:
    return Path(__file__).parent / "app"


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory, backend_app: Path) -> Iterator[Backend]:
    """The backend of ``tests/server/app`` in a process of its own."""
    folder = tmp_path_factory.mktemp("backend")
    with running_backend(backend_app, folder / "data.sqlite") as running:
        yield running


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Redis."""
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def visitor(backend: Backend) -> Iterator[Visitor]:
    with backend.visitor() as made:
        yield made


@pytest.fixture
def wasmrx() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line."""

    def run(*args: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "wasmrx.dev_server", *map(str, args)]
        return subprocess.run(command, capture_output=True, text=True)

    return run
