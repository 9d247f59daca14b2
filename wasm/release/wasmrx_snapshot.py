# ruff: noqa: F401
"""Inside Pyodide: what a stored interpreter has imported, and what is renewed when it wakes up.

At release Pyodide imports this module, and its memory becomes the base snapshot. Whatever is
imported here is free at boot and costs download size (60 to 200 kB each for argparse, calendar,
html, statistics, zoneinfo, which are left out); the rest of the standard library arrives after
the first event. Modules must hold no JavaScript objects besides plain globals.
"""

import abc
import ast
import asyncio
import base64
import bisect
import collections.abc
import contextlib
import contextvars
import copy
import dataclasses
import datetime
import decimal
import enum
import functools
import gc
import hashlib
import heapq
import importlib.machinery
import importlib.util
import inspect
import io
import itertools
import json
import linecache
import logging
import math
import operator
import os
import pathlib
import pickle
import random
import re
import secrets
import string
import sys
import textwrap
import time
import traceback
import types
import typing
import unicodedata
import urllib.parse
import uuid
import warnings
import weakref

import pyodide.code
import pyodide.ffi
import pyodide.http
import pyodide.webloop

import wasmrx.bridge

TIME_ZONE = ("altzone", "daylight", "timezone", "tzname")


def restored(keep_runtime: bool) -> None:
    """Renew what differs between the release machine and this visit.

    Strings keep their hashes, so the hash seed is the same in every visit, with or without a
    snapshot. Without ``keep_runtime`` the app brings its own wasmrx, and the stored one goes.
    """
    random.seed()
    spec = importlib.machinery.BuiltinImporter.find_spec("time")
    assert spec is not None
    fresh = importlib.util.module_from_spec(spec)
    importlib.machinery.BuiltinImporter.exec_module(fresh)
    for name in TIME_ZONE:
        setattr(time, name, getattr(fresh, name))
    if not keep_runtime:
        for name in [name for name in sys.modules if name.partition(".")[0] == "wasmrx"]:
            del sys.modules[name]


gc.collect()
