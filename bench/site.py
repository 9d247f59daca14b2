"""The example apps, built for a measurement."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def build_example(name: str, folder: Path) -> Path:
    """Build ``examples/<name>`` into ``folder/<name>`` and return that folder."""
    return built(REPOSITORY / "examples" / name, folder / name)


def built(source: Path, site: Path) -> Path:
    """Build the app in ``source`` into ``site`` and return that folder."""
    subprocess.run(
        [Path(sys.executable).with_name("wasmrx"), "build", source, "--out", site],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return site


def site_of(source: str, scratch: Path) -> Path:
    """Build the app in bench/sources/."""
    app = scratch / source
    app.mkdir()
    (app / "app.py").write_text((REPOSITORY / f"bench/sources/{source}.py").read_text())
    return built(app, app / "dist")
