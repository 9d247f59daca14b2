"""A bare page that starts wasmrx's worker on a given project and keeps what the worker says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from wasmrx.wasm.bundle import app_bundle
from wasmrx.wasm.files import WorkerConfig, worker_site

from hosting import Host

PAGE = """<!doctype html><title>stage</title><link rel="icon" href="data:,">
<script type="module" src="stage.js"></script>"""

SCRIPT = """
window.start = (base, config, request, texts, ahead = false) => {
  const messages = [];
  const url = (name) => new URL(`${base}wasmrx/${name}`, location.href).href;
  const worker = new Worker(url(config.script), { type: "module" });
  const files = Object.fromEntries(Object.entries(config.files).map(([k, v]) => [k, url(v)]));
  const handle = { worker, messages, waiting: [] };
  handle.until = (test) =>
    new Promise((resolve, reject) => {
      const late = () => reject(new Error(`${test}: ${JSON.stringify(messages)}`));
      setTimeout(late, 30_000);
      handle.waiting.push({ test, resolve });
      handle.look();
    });
  handle.look = () => {
    handle.waiting = handle.waiting.filter(({ test, resolve }) => {
      const found = messages.find(test);
      if (found) resolve(found);
      return !found;
    });
  };
  worker.onmessage = ({ data }) => {
    if (typeof data === "string") messages.push(JSON.parse(data));
    handle.look();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    messages.push({ t: "worker error", what: event.message ?? "" });
    handle.look();
  };
  if (ahead) worker.postMessage({ prepare: { files, sizes: config.sizes } });
  worker.postMessage({ boot: { files, sizes: config.sizes, ...request } });
  for (const text of texts) worker.postMessage(text);
  return handle;
};
"""

Message = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """A mounted project: ``base`` is its address's path, ``folder`` where its files lie."""

    base: str
    folder: Path
    config: WorkerConfig

    def at(self, host: Host, base: str) -> Stage:
        """The same files under another path."""
        host.mount(base, self.folder)
        return Stage(base, self.folder, self.config)


def mount(
    host: Host, folder: Path, base: str, sources: Mapping[str, str], image: bytes | None = None
) -> Stage:
    """Lay a project with these sources, and its worker's files, where ``host`` serves them."""
    project, site = folder / "project", folder / "site"
    for name, text in sources.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    built = worker_site(app_bundle(project), image=image)
    for name, content in built.files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    (site / "index.html").write_text(PAGE)
    (site / "stage.js").write_text(SCRIPT)
    host.mount(base, site)
    return Stage(base, site, built.config)


def opened(page: Page, host: Host, stage: Stage) -> Page:
    """``page`` with the stage's scripts loaded."""
    page.goto(host.origin + stage.base)
    page.wait_for_function('() => "start" in window')
    return page


def boot(
    page: Page, stage: Stage, app: str, *texts: Message, until: str, ahead: bool = False
) -> list[Message]:
    """Start a worker; what it said until a message that satisfies the JavaScript test ``until``.

    With ``ahead`` the files' names go to it before the boot message.
    """
    manifest = json.dumps({"app": app, "routes": ["/"], "initial": {}, "dev": False})
    request = {"app": app, "manifest": manifest, "dev": False}
    script = f"""async ([base, config, request, texts, ahead]) => {{
      const handle = start(base, config, request, texts, ahead);
      await handle.until({until});
      handle.worker.terminate();
      return handle.messages;
    }}"""
    texts_json = [json.dumps(text) for text in texts]
    return page.evaluate(script, [stage.base, stage.config, request, texts_json, ahead])
