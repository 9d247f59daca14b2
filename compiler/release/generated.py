"""Files that are generated from others and kept beside them: written, or compared."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def write_or_check(target: Path, text: str) -> int:
    """Write ``target``, or compare it where ``--check`` is asked for; return the exit code."""
    if "--check" not in sys.argv[1:]:
        target.write_text(text, encoding="utf-8")
        return 0
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return 0
    script = Path(sys.argv[0]).resolve().relative_to(ROOT)
    print(f"{target} is out of date: run python {script}")
    return 1
