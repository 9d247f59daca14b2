"""Bodies and state that no page sends, in large numbers, against the backend in a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from counts import count

SCRIPT = Path(__file__).parent / "hostile.py"
GROWN = 150
"""Megabytes that the process may take more than after a tenth of the bodies."""


def tried(work: str, times: int) -> dict[str, Any]:
    command = [sys.executable, str(SCRIPT), work, str(times), "wasmrx"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert sum(found["statuses"].values()) >= times
    return found


@pytest.mark.timeout(1800)
def test_nothing_gets_in_with_a_wrong_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a handler gets is checked by the test's own rules, not by those of the server."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    found = tried("bodies", count(15_000, 200_000))
    assert found["wrong"] == [] and found["failed"] == [] and found["changed"] == []
    assert found["statuses"]["200"] > 100 and found["statuses"]["422"] > 1000
    assert found["grown"] < GROWN


@pytest.mark.timeout(900)
def test_tampered_state_stores_nothing_and_users_do_not_meet() -> None:
    found = tried("tampered", 10_000)
    assert found["wrong"] == []
    assert found["statuses"]["200"] > 1000 and found["statuses"]["422"] > 1000
