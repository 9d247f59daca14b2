"""Inside Pyodide: what a stored interpreter has imported, and what is renewed when it wakes up.

At release Pyodide imports this module, and its memory becomes the base snapshot.
"""

import asyncio
import datetime
import gc
import importlib
import random
import sys
import time
import zipfile
import zipimport
from collections.abc import Callable
from importlib.machinery import BuiltinImporter
from importlib.util import module_from_spec
from types import CodeType
from typing import Any

from wasmrx import alias

MODULES = """
    abc ast asyncio base64 bisect collections.abc contextlib contextvars copy dataclasses datetime
    decimal enum functools hashlib heapq importlib.util inspect io itertools json linecache logging
    math operator os pathlib pickle random re secrets string textwrap time traceback types typing
    unicodedata urllib.parse uuid warnings weakref
    pyodide.code pyodide.ffi pyodide.http pyodide.webloop
""".split()
"""What a first event is likely to need beside wasmrx: free at boot, paid for in the download.

The rest of the standard library arrives after the first event. argparse, calendar, html,
statistics and zoneinfo would add 60 to 200 kB each. Modules here must hold no JavaScript objects
besides plain globals.
"""

LATER = frozenset(
    f"wasmrx.{name}"
    for name in ("database migrations model pool pool_worker registered_models spreading").split()
)
"""Modules of wasmrx that import packages of the app, or that only a few handlers use."""

STDLIB = "/lib/python314.zip"
RUNTIME = "wasmrx/"
TIME_ZONE = ("altzone", "daylight", "timezone", "tzname")


def restored(keep_runtime: bool) -> None:
    """Renew what differs between the release machine and this visit.

    Strings keep their hashes, so the hash seed is the same in every visit, with or without a
    snapshot. Without ``keep_runtime`` the app brings its own wasmrx, and the stored one goes.
    """
    random.seed()
    spec = BuiltinImporter.find_spec("time")
    assert spec is not None
    fresh = module_from_spec(spec)
    BuiltinImporter.exec_module(fresh)
    for name in TIME_ZONE:
        setattr(time, name, getattr(fresh, name))
    if not keep_runtime:
        for name in [name for name in sys.modules if name.partition(".")[0] == "wasmrx"]:
            del sys.modules[name]


def _read_or_tell(archive: str, entry: Any) -> bytes:
    """As ``zipimport`` reads a file of the standard library; a failure is told in words.

    The library downloads when it is first read. The next import tries that again.
    """
    try:
        return _read(archive, entry)
    except (OSError, zipimport.ZipImportError):
        name = entry[0].removeprefix(f"{archive}/").removesuffix(".pyc").replace("/", ".")
        raise ImportError(
            f"The module {name!r} of the standard library could not be loaded: the connection to "
            "the server failed. Try again.",
            name=name,
        ) from None


_read: Callable[[str, Any], bytes] = vars(zipimport)["_get_data"]
zipimport.__dict__["_get_data"] = _read_or_tell


def runtime_modules() -> list[str]:
    """Return the modules of wasmrx that an app may need before its first event."""
    with zipfile.ZipFile(STDLIB) as library:
        files = [name for name in library.namelist() if name.startswith(RUNTIME)]
    return sorted({name.removesuffix(".pyc").replace("/", ".") for name in files} - LATER)


def take(app_module: str, folder: str) -> str:
    """Import the app, whose modules lie in ``folder``; return why it cannot be kept in an image.

    An empty text says that it can: no module has asked for what differs from visit to visit.
    """
    asked: list[str] = []
    monitoring: Any = vars(sys)["monitoring"]

    def on_call(code: CodeType, offset: int, function: object, first: object) -> object:
        if not code.co_filename.startswith(folder):
            return monitoring.DISABLE
        name = _of_the_visit(function, first)
        if name:
            lines = [line for start, end, line in code.co_lines() if start <= offset < end]
            place = f"{code.co_filename.removeprefix(folder)}:{lines[0]}"
            asked.append(f"{place} calls {name} while it is imported")
        return None

    tool, call = monitoring.PROFILER_ID, monitoring.events.CALL
    monitoring.use_tool_id(tool, "wasmrx")
    monitoring.register_callback(tool, call, on_call)
    monitoring.set_events(tool, call)
    try:
        alias.install()
        importlib.import_module(app_module)
    except BaseException as error:
        return f"{app_module} cannot be imported there: {type(error).__name__}: {error}"
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)
    if asyncio.all_tasks(asyncio.get_event_loop()):
        return "the app starts a task while it is imported"
    gc.collect()
    gc.freeze()
    return asked[0] if asked else ""


def _of_the_visit(function: object, first: object) -> str:
    """Return the name of a function that answers otherwise in each visit, "" for any other."""
    name = getattr(function, "__name__", "")
    owner = getattr(function, "__self__", first)
    if isinstance(owner, random.Random) or function is random.Random:
        return f"random.{name}"
    if isinstance(owner, type) and issubclass(owner, datetime.date) and name in _NOW:
        return f"{owner.__name__}.{name}"
    module = getattr(function, "__module__", "") or ""
    return f"{module}.{name}" if name in _VISITS.get(module, ()) else ""


_NOW = ("now", "today", "utcnow")
_VISITS = {
    "time": "time time_ns monotonic monotonic_ns perf_counter perf_counter_ns "
    "localtime gmtime ctime strftime".split(),
    "uuid": ["uuid1", "uuid4", "uuid6", "uuid7"],
    "secrets": ["token_bytes", "token_hex", "token_urlsafe", "choice", "randbelow", "randbits"],
    "posix": ["urandom", "getrandom"],
}

for _module in MODULES + [name for name in runtime_modules() if not name.endswith("__init__")]:
    importlib.import_module(_module)
gc.collect()
gc.freeze()
