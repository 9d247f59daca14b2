"""The commands of getting-started.md, run as they stand there, and the site that they publish.

Left out are those that make the environment, which runs this test already, and ``serve``, which
does not end. GitHub is a bare repository beside.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from hosting import Host
from manual.document import Document
from visits import PATIENCE

LEFT_OUT = ("mkdir", "cd ", "python3 -m venv", "source", "pip install", "wasmrx serve")
NAMES = ("NAME", "EMAIL")
GITHUB = "https://github.com/NAME/my-site.git"


def commands(document: Document) -> list[str]:
    """Return the commands of all consoles, without comments."""
    consoles = [
        node.content
        for node in document.root.walk()
        if node.type == "fence" and node.info == "console"
    ]
    found = re.findall(r"^\$ ([^#\n]+)", "".join(consoles), re.MULTILINE)
    return [command.strip() for command in found]


def test_the_commands_lead_to_a_site(
    documents: dict[str, Document], tmp_path: Path, host: Host, page: Page
) -> None:
    document = documents["getting-started"]
    github = tmp_path / "github.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(github)], check=True)
    here = tmp_path / "my-site"
    here.mkdir()
    names = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in NAMES}
    environment = {**os.environ, **names, "PATH": f"{Path(sys.executable).parent}:{os.defpath}"}
    run = [command for command in commands(document) if not command.startswith(LEFT_OUT)]
    assert len(run) > 8
    for command in run:
        ready = command.replace(GITHUB, str(github))
        done = subprocess.run(
            ready, shell=True, cwd=here, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
        if command.startswith("wasmrx init"):
            (here / "hello" / "app.py").write_text(document.examples[0].code, encoding="utf-8")
    clone = tmp_path / "published"
    subprocess.run(["git", "clone", "--quiet", "-b", "main", str(github), str(clone)], check=True)
    page.goto(host.mount("/my-site/", clone / "docs"))
    page.get_by_role("button", name="+").click()
    expect(page.get_by_role("heading")).to_have_text("1", timeout=PATIENCE)
