"""How long `wasmrx build` takes, and whether two builds are the same to the byte."""

import hashlib
import statistics
import tempfile
import time
from pathlib import Path

from .site import build_example

ROUNDS = 5


def digest(folder: Path) -> str:
    """Return one hash over the names and contents of all files in ``folder``."""
    total = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def main() -> None:
    """Print the build time of the counter and the outcome of the comparison."""
    times: list[float] = []
    digests: set[str] = set()
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as scratch:
            start = time.perf_counter()
            site = build_example("counter", Path(scratch))
            times.append(time.perf_counter() - start)
            digests.add(digest(site))
    print(f"wasmrx build, counter: median {statistics.median(times):.2f} s of {ROUNDS}")
    print("builds are byte-identical" if len(digests) == 1 else "builds DIFFER")
