"""A package index on loopback, with wheels that a test describes; and wheels of text."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

SIMPLE = "application/vnd.pypi.simple.v1+json"
COMPILED = "cp314-cp314-pyemscripten_2026_0_wasm32"
FOREIGN = "cp314-cp314-manylinux_2_28_x86_64"
_WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\n"


def make_wheel(
    name: str,
    version: str,
    *,
    needs: tuple[str, ...] = (),
    tag: str = "py3-none-any",
    files: Mapping[str, str] | None = None,
) -> tuple[str, bytes]:
    """A wheel's file name and bytes; by default it holds one module of its name."""
    module = name.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    metadata = "".join(f"Requires-Dist: {need}\n" for need in needs)
    entries = {
        **(files or {f"{module}.py": f"version = {version!r}\n"}),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}",
        f"{info}/WHEEL": f"{_WHEEL}Tag: {tag}\n",
        f"{info}/RECORD": "",
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, text in entries.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return f"{module}-{version}-{tag}.whl", made.getvalue()


@dataclass
class Index:
    """A running index: its files by package, and what it was asked for."""

    url: str = ""
    packages: dict[str, dict[str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add(self, name: str, version: str, **options: object) -> None:
        """Publish a wheel, as ``make_wheel`` makes it."""
        file, data = make_wheel(name, version, **options)  # type: ignore[arg-type]
        self.packages.setdefault(name, {})[file] = data

    def answer(self, path: str) -> tuple[int, str, bytes]:
        self.asked.append(path)
        match path.strip("/").split("/"):
            case ["simple", name] if name in self.packages:
                listed = [
                    {
                        "filename": file,
                        "url": f"../../files/{file}",
                        "hashes": {"sha256": hashlib.sha256(data).hexdigest()},
                        "size": len(data),
                    }
                    for file, data in self.packages[name].items()
                ]
                told = {"meta": {"api-version": "1.1"}, "name": name, "files": listed}
                return 200, SIMPLE, json.dumps(told).encode()
            case ["files", file]:
                for files in self.packages.values():
                    if file in files:
                        return 200, "application/octet-stream", files[file]
            case _:
                pass
        return 404, "text/plain", b"not found"


@contextmanager
def running_index() -> Iterator[Index]:
    """An index on a free port."""
    index = Index()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = index.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    index.url = f"http://127.0.0.1:{server.server_address[1]}/simple"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield index
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
