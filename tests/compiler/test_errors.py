"""What an author reads when a page is wrong: each file of ``errors/`` and the text beside it.

``UPDATE_GOLDEN=1`` writes the texts anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "errors"
CASES = sorted(path.stem for path in FOLDER.glob("*.py"))

SCRIPT = """
import sys
from pathlib import Path
from wasmrx.compiler.diagnostics import report
from wasmrx.compiler.pipeline import compile_app

folder = Path(sys.argv[1])
for name in sys.argv[2:]:
    source = f"{name}.py"
    text = (folder / source).read_text()
    code = compile(text, str(folder / source), "exec")
    module = {"__name__": name, "__file__": str(folder / source)}
    print(f"@@@ {name}")
    try:
        exec(code, module)
        from wasmrx import App
        from wasmrx.compiler.evaluate import evaluated_page
        from wasmrx.compiler.lower import Lowering
        app = App()
        app.add_page(module["page"], route="/")
        Lowering().page("/", evaluated_page(app.pages["/"]).component)
        print("no error")
    except Exception as error:
        print(report(error, str(folder)))
"""


@pytest.fixture(scope="module")
def reports() -> dict[str, str]:
    """Compile all cases in one fresh process."""
    command = [sys.executable, "-c", SCRIPT, str(FOLDER), *CASES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    parts = done.stdout.split("@@@ ")[1:]
    return {name: text for name, _, text in (part.partition("\n") for part in parts)}


@pytest.mark.parametrize("name", CASES)
def test_error(name: str, reports: dict[str, str]) -> None:
    golden = FOLDER / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(reports[name])
    assert reports[name] == golden.read_text()
