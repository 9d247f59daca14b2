"""Inside Pyodide: what a stored interpreter has imported, and what is renewed when it wakes up.

At release Pyodide imports this module, and its memory becomes the base snapshot.
"""

import gc
import importlib
import random
import sys
import time
from importlib.machinery import BuiltinImporter
from importlib.util import module_from_spec

MODULES = """
    abc ast asyncio base64 bisect collections.abc contextlib contextvars copy dataclasses datetime
    decimal enum functools hashlib heapq importlib.util inspect io itertools json linecache logging
    math operator os pathlib pickle random re secrets string textwrap time traceback types typing
    unicodedata urllib.parse uuid warnings weakref
    pyodide.code pyodide.ffi pyodide.http pyodide.webloop
    wasmrx.bridge
""".split()
"""What a first event is likely to need: free at boot, paid for in the download.

The rest of the standard library arrives after the first event. argparse, calendar, html,
statistics and zoneinfo would add 60 to 200 kB each. Modules here must hold no JavaScript objects
besides plain globals.
"""

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


for _module in MODULES:
    importlib.import_module(_module)
gc.collect()
