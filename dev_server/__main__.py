"""``python -m wasmrx.dev_server`` is the ``wasmrx`` command."""

from __future__ import annotations

from .cli import main

main(prog_name="wasmrx")
