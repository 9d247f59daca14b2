"""Images of memory as a site brings them, and what the memory holds."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

HEAD = struct.Struct("<4sIIII")
"""The magic, a header's length, the end of the heap, the count of runs, the unpacked length."""

UNPACK = """
const frame = require("fs").readFileSync(0);
process.stdout.write(require("zlib").zstdDecompressSync(frame));
"""


def memories(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each image in a folder with the memory that a browser makes of it.

    An app's own is a difference, exclusive or, from the one that its build brings along.
    """
    (base,) = folder.glob("wasmrx/snapshot-*.bin")
    before = memory(base, b"")
    for path in sorted(folder.rglob("*.bin")):
        if path.read_bytes()[:3] == b"wmx":
            yield path, memory(path, before)


def memory(path: Path, before: bytes) -> bytes:
    data = path.read_bytes()
    magic, length, end, count, size = HEAD.unpack_from(data)
    frame = data[HEAD.size + length :]
    unpacked = subprocess.run(
        ["node", "-e", UNPACK], input=frame, capture_output=True, check=True
    ).stdout
    assert len(unpacked) == size
    made = bytearray(before.ljust(end, b"\0")) if magic == b"wmxd" else bytearray(end)
    at = 8 * count
    for start, run in struct.iter_unpack("<II", unpacked[:at]):
        piece = unpacked[at : at + run]
        if magic == b"wmxd":
            piece = exclusive_or(piece, made[start : start + run])
        made[start : start + run] = piece
        at += run
    return bytes(made)


def exclusive_or(one: bytes, other: bytes | bytearray) -> bytes:
    number = int.from_bytes(one, "little") ^ int.from_bytes(other, "little")
    return number.to_bytes(max(len(one), len(other)), "little")
