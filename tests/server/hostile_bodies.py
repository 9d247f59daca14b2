"""Bodies of calls that are wrong in the ways in which servers have been broken before.

Each generator takes a good body and spoils it; most leave the rest as it is, so that it gets as far
as it can. ``body`` picks one.
"""

from __future__ import annotations

import base64
import copy
import gzip
import json
import pickle
import random
import zlib
from collections.abc import Callable
from typing import Any

ITEM = {"name": "x", "size": "s", "price": 1.5, "tags": ["a"]}
OFFER = {"item": ITEM, "level": 2, "more": {"a": 1, "b": None}}
GOOD: dict[str, dict[str, Any]] = {
    "plain": {
        "args": {
            "flag": True,
            "number": 3,
            "ratio": 0.5,
            "text": "t",
            "when": "2020-01-01T00:00:00",
            "day": "2020-01-01",
            "span": "PT3S",
            "price": "1.50",
            "id": "12345678-1234-5678-1234-567812345678",
            "mode": "a",
            "maybe": None,
        },
        "reads": {},
    },
    "deep": {
        "args": {
            "item": ITEM,
            "place": {"street": "s", "number": 1},
            "offers": [OFFER, OFFER],
            "sizes": ["s", "l"],
            "pair": [1, "a"],
            "table": {"a": [{"b": 1.0}]},
            "either": [1, 2],
        },
        "reads": {},
    },
    "held": {
        "args": {},
        "reads": {
            "app.Calls": {
                "number": 1,
                "items": [ITEM],
                "place": {"street": "s"},
                "when": "2020-01-01T00:00:00",
                "offers": {"a": OFFER},
            }
        },
    },
}
RAN = "open(__import__('tempfile').gettempdir() + '/wasmrx-hostile-ran', 'w')"


class _Runs:
    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return (eval, (RAN,))


PICKLED = [pickle.dumps(_Runs(), protocol) for protocol in range(6)]
CODE: list[Any] = [
    {
        "py/object": "builtins.eval",
        "py/reduce": [{"py/type": "builtins.eval"}, {"py/tuple": [RAN]}],
    },
    {"__reduce__": ["eval", RAN]},
    {"__class__": "os.system", "__init__": RAN},
    {"$type": "System.Windows.Data.ObjectDataProvider, PresentationFramework", "MethodName": RAN},
    {"@type": "com.sun.rowset.JdbcRowSetImpl", "dataSourceName": "ldap://x/y", "autoCommit": True},
    {"rce": f"_$$ND_FUNC$$_function(){{{RAN}}}()"},
    {"then": "$1:__proto__:then", "status": "resolved_model", "value": '{"then":"$B0"}'},
    {"_response": {"_prefix": RAN, "_formData": {"get": "$1:constructor:constructor"}}},
    [["Map", 1, 2], ["Set", 1], {"__proto__": 3}, ["Uint8Array", "AAAA"], ["BigInt", "1"]],
    {"t": 10, "i": 0, "p": {"k": ["constructor"], "v": [RAN]}, "o": 0},
    f"!!python/object/apply:eval ['{RAN}']",
    f"{{{{ ''.__class__.__mro__[1].__subclasses__() }}}} {RAN}",
    "${jndi:ldap://127.0.0.1/a}",
    f"'; __import__('os').system('{RAN}') #",
    "{0.__class__.__init__.__globals__}",
    "%(__class__)s",
    *(base64.b64encode(each).decode() for each in PICKLED),
]
DOTTED = [
    "__class__.__init__.__globals__.RAN",
    "__init__.__globals__.sys.modules.os.environ.PATH",
    "self.__class__.__dict__.number",
    "item.__class__.price",
    "app.Calls.__class__._count",
    "constructor.prototype.polluted",
    "__proto__.polluted",
    "__proto__[polluted]",
    "args.number",
    "reads.app.Calls.number",
    "__pydantic_fields_set__",
    "model_config",
    "__dict__",
    "__class__",
    "__wx_values__",
    "self",
    "0",
    "",
]
ODD: list[Any] = [
    *(None, True, False, 0, 1, -1, 2**31, 2**53 + 1, 2**63, 2**64, 10**40, 10**299, 0.1, -0.0),
    *(1e308, 5e-324, "", "0", "1", "true", "True", "null", "NaN", "inf", "-Infinity", "1e999"),
    *("1_000", " 1 ", "\u0661", "1\x00", "0x10", "S", "s ", "2020-01-01", "9999-99-99"),
    *("2020-01-01T00:00:00+99:99", "P99999999999D", "١٢", "\ud800", "a" * 5000, "1" * 5000),
    *([], [[]], [None], {}, {"": None}, {"s": "s"}, ["s"], {"value": 1}, [1, "a"], {"0": 1}),
]


def _json(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container with each of its keys."""
    pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    found: list[tuple[Any, Any]] = []
    for key, inner in pairs:
        found.append((value, key))
        if isinstance(inner, dict | list):
            found.extend(_places(inner))
    return found


def _spoiled(rng: random.Random, good: Any, values: list[Any], times: int = 1) -> Any:
    """Return a copy in which other values stand in some places."""
    made = {"": copy.deepcopy(good)}
    for _ in range(times):
        home, key = rng.choice(_places(made))
        home[key] = copy.deepcopy(rng.choice(values))
    return made[""]


def _anything(rng: random.Random, depth: int = 4) -> Any:
    kind = rng.randrange(8 if depth else 5)
    if kind < 5:
        return rng.choice([*ODD, rng.random(), rng.getrandbits(70), str(rng.random())])
    if kind < 6:
        return [_anything(rng, depth - 1) for _ in range(rng.randrange(4))]
    keys = [*DOTTED, "name", "size", "item", "street", "number", "args", "reads"]
    return {rng.choice(keys): _anything(rng, depth - 1) for _ in range(rng.randrange(4))}


def confused(rng: random.Random, good: Any) -> bytes:
    """Values of other types."""
    return _json(_spoiled(rng, good, [*ODD, _anything(rng)], rng.randint(1, 3)))


def decoded(rng: random.Random, good: Any) -> bytes:
    """What other servers' decoders have run."""
    if rng.random() < 0.1:
        return rng.choice(PICKLED)
    return _json(_spoiled(rng, good, CODE, rng.randint(1, 2)))


def polluting(rng: random.Random, good: Any) -> bytes:
    """Names that lead into classes and modules."""
    made = copy.deepcopy(good)
    homes = [made, *(h[k] for h, k in _places(made) if isinstance(h[k], dict))]
    for _ in range(rng.randint(1, 2)):
        rng.choice(homes)[rng.choice(DOTTED)] = rng.choice([*ODD, RAN, {"polluted": 1}])
    return _json(made)


def missing(rng: random.Random, good: Any) -> bytes:
    """Parts that are not there, or have another name."""
    made = copy.deepcopy(good)
    home, key = rng.choice([(h, k) for h, k in _places(made) if isinstance(h, dict)])
    value = home.pop(key)
    if rng.random() < 0.5:
        names = [
            key.upper(),
            key + " ",
            f"{key}\u200b",
            key[:-1],
            f"_{key}",
            f"{key}\x00",
            f".{key}",
        ]
        home[rng.choice(names)] = value
    return _json(made)


def nested(rng: random.Random, good: Any) -> bytes:
    """Containers in containers."""
    depth = rng.choice([25, 31, 32, 33, 40, 500, 1000, 20_000])
    opened, closed = rng.choice([("[", "]"), ('{"a":', "}"), ('[{"a":[', "]}]"), ("[[],", "]")])
    bomb = opened * depth + "1" + closed * rng.choice([depth, depth, depth - 1, 0])
    text = _json(_spoiled(rng, good, ["BOMB"])).decode()
    return text.replace('"BOMB"', bomb).encode()


def numbers(rng: random.Random, good: Any) -> bytes:
    """Numbers of many digits, and what is nearly one."""
    digits = rng.choice([17, 20, 299, 300, 301, 4300, 4301, 20_000])
    sign = rng.choice(["", "-"])
    odd = [
        "1e400",
        "-1e400",
        "1e-400",
        "0e999999999",
        "1E+309",
        "00",
        "01",
        "1.",
        ".5",
        "+1",
        "0x1",
    ]
    odd += ["NaN", "Infinity", "-Infinity", "1e", "١", "1_0", "--1", "1e99999999999999999999"]
    number = rng.choice([sign + "9" * digits, sign + "0." + "1" * digits, "1" + "0" * digits])
    number = number if rng.random() < 0.5 else rng.choice(odd)
    text = _json(_spoiled(rng, good, ["NUMBER"])).decode()
    return text.replace('"NUMBER"', number).encode()


def doubled(rng: random.Random, good: Any) -> bytes:
    """Names that come twice, once written otherwise."""
    text = _json(good).decode()
    ends = [at for at, letter in enumerate(text) if letter == "}"]
    at = rng.choice(ends)
    name = rng.choice(["args", "reads", "number", "name", "item", "\\u0061rgs", "street", "size"])
    first = rng.choice([f'"{name}": 1, "{name}": 2', f'"{name}": null', f'"{name}": {{}}'])
    return f"{text[:at]}, {first}{text[at:]}".encode()


def garbled(rng: random.Random, good: Any) -> bytes:
    """Bytes that are no UTF-8, and other encodings of good text."""
    data = bytearray(_json(good))
    kind = rng.randrange(6)
    if kind == 0:
        encoding = rng.choice(["utf-16", "utf-16-le", "utf-32", "utf-7", "utf-8-sig", "cp500"])
        return data.decode().encode(encoding)
    bad = [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80", b"\xe2\x28\xa1"]
    bad += [
        b"\x00",
        b"\xef\xbb\xbf",
        b"\xf4\x90\x80\x80",
        b"\\ud800",
        b"\\u0000",
        b"\\x41",
        b"\x1f",
    ]
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(data))
        if kind < 3:
            data[at:at] = rng.choice(bad)
        elif kind < 5:
            data[at] ^= 1 << rng.randrange(8)
        else:
            del data[at : at + rng.randrange(8)]
    return bytes(data)


def cut(rng: random.Random, good: Any) -> bytes:
    """Too little, too much, or something else altogether."""
    data = _json(good)
    kind = rng.randrange(5)
    if kind == 0:
        return data[: rng.randrange(len(data))]
    if kind == 1:
        return data + rng.choice([b" x", b"{}", b"\x00", data, b",", b"]", b"//"])
    if kind == 2:
        return rng.randbytes(rng.randrange(300))
    if kind == 3:
        return _json(_anything(rng))
    return rng.choice([b"a=1&b=2", b"<a/>", b"--x\r\n", b"GET / HTTP/1.1\r\n\r\n", b"%00", b"()"])


def large(rng: random.Random, good: Any) -> bytes:
    """More than anyone needs."""
    text = _json(_spoiled(rng, good, ["LARGE"])).decode()
    many = rng.choice([1000, 20_000, 60_000, 200_000])
    kind = rng.randrange(5)
    if kind == 0:
        return text.replace("LARGE", "a" * many * 6).encode()
    if kind == 1:
        return text.replace('"LARGE"', f"[{'1,' * many}1]").encode()
    if kind == 2:
        keys = ",".join(f'"{i}":{i}' for i in range(many // 4))
        return text.replace('"LARGE"', f"{{{keys}}}").encode()
    if kind == 3:
        return text.replace('"LARGE"', f"[{'[],' * many}[]]").encode()
    return (" " * many * 6 + text).encode()


def packed(rng: random.Random, good: Any) -> bytes:
    """Compressed, much of it or little."""
    data = rng.choice([_json(good), b"[" * 5_000_000, b" " * 5_000_000])
    return rng.choice([gzip.compress, zlib.compress])(data, 1)


KINDS: dict[Callable[[random.Random, Any], bytes], float] = {
    confused: 30,
    decoded: 8,
    polluting: 12,
    missing: 10,
    nested: 3,
    numbers: 10,
    doubled: 8,
    garbled: 8,
    cut: 8,
    large: 0.3,
    packed: 0.1,
}


def body(rng: random.Random, name: str) -> tuple[bytes, dict[str, str]]:
    """Return a body for the handler ``name``, and headers that go with it."""
    (make,) = rng.choices([*KINDS], [*KINDS.values()])
    headers: dict[str, str] = {}
    if make is packed and rng.random() < 0.5:
        headers["content_encoding"] = rng.choice(["gzip", "deflate", "br", "gzip, gzip", "zstd"])
    return make(rng, GOOD[name]), headers
