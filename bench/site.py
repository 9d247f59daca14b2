"""The example apps, built for a measurement."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def build_example(name: str, folder: Path) -> Path:
    """Build ``examples/<name>`` into ``folder/<name>`` and return that folder."""
    site = folder / name
    source = REPOSITORY / "examples" / name
    subprocess.run(
        [Path(sys.executable).with_name("wasmrx"), "build", source, "--out", site],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return site
