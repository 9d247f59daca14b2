from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wasmrx.dev_server.guard import refused
from wasmrx.dev_server.static import respond


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask a server that shows the folder ``site``; the path goes out as it is written."""
    tmp_path = tmp_path_factory.mktemp("static")
    files = {
        "index.html": "home</head>",
        "404.html": "lost</head>",
        "about/index.html": "about</head>",
        "plain.html": "plain</head>",
        "wasmrx/main-0123456789abcdef.js": "1",
        "wasmrx/build.json": "{}",
        "wasmrx/python-0123456789abcdef.wasm": "",
        "photo-12345678.png": "",
        "data.parquet": "",
    }
    for name, text in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    site = tmp_path / "site"

    async def answer(request: Request) -> Response:
        return respond(request, site, lambda text: text.replace("</head>", "!"))

    app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD", "POST"])])
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()

    def ask(path: str, method: str = "GET", **headers: str) -> Answer:
        connection = HTTPConnection(*listening.getsockname(), timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=sent)
        got = connection.getresponse()
        body = got.read().decode()
        connection.close()
        return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, body)

    yield ask
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/", 200, "home!"),
        ("/about/", 200, "about!"),
        ("/plain", 200, "plain!"),
        ("/nothing", 404, "lost!"),
        ("/about/nothing/", 404, "lost!"),
        ("/wasmrx/nothing.js", 404, "lost!"),
        ("/%2e%2e/secret.txt", 404, "lost!"),
        ("/..%5csecret.txt", 404, "lost!"),
        ("/a%00b", 404, "lost!"),
        ("/index.html/", 404, "lost!"),
    ],
)
def test_finds_pages(ask: Ask, path: str, status: int, text: str) -> None:
    answer = ask(path)
    assert (answer.status, answer.text) == (status, text)


def test_a_folder_gets_its_slash(ask: Ask) -> None:
    answer = ask("/about?a=1")
    assert (answer.status, answer.headers["location"]) == (301, "/about/?a=1")


@pytest.mark.parametrize(
    ("path", "kind", "caching"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        (
            "/wasmrx/main-0123456789abcdef.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        (
            "/wasmrx/python-0123456789abcdef.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
        ("/wasmrx/build.json", "application/json", "no-cache"),
        ("/photo-12345678.png", "image/png", "no-cache"),
        ("/data.parquet", "application/octet-stream", "no-cache"),
    ],
)
def test_headers(ask: Ask, path: str, kind: str, caching: str) -> None:
    headers = ask(path).headers
    assert (headers["content-type"], headers["cache-control"]) == (kind, caching)


def test_an_unchanged_file_is_not_sent_again(ask: Ask) -> None:
    tag = ask("/wasmrx/build.json").headers["etag"]
    answer = ask("/wasmrx/build.json", if_none_match=tag)
    assert (answer.status, answer.text) == (304, "")


def test_only_reading(ask: Ask) -> None:
    assert ask("/", "HEAD").status == 200
    assert ask("/", "POST").status == 405


OPENED = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        ({"host": "localhost:8000"}, True),
        ({"host": "127.0.0.1:8000"}, True),
        ({"host": "[::1]:8000"}, True),
        ({"host": "localhost:8000", "origin": "http://localhost:8000"}, True),
        ({"host": "localhost:8000", "sec-fetch-site": "cross-site", **OPENED}, True),
        ({"host": "localhost:8000", "sec-fetch-site": "same-origin"}, True),
        ({}, False),
        ({"host": "evil.example:8000"}, False),
        ({"host": "localhost.evil.example"}, False),
        ({"host": "192.168.1.5:8000"}, False),
        ({"host": "localhost:8000", "origin": "http://localhost:9000"}, False),
        ({"host": "localhost:8000", "origin": "https://evil.example"}, False),
        ({"host": "localhost:8000", "origin": "null"}, False),
        (
            {
                "host": "localhost:8000",
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "no-cors",
                "sec-fetch-dest": "script",
            },
            False,
        ),
        (
            {
                "host": "localhost:8000",
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "navigate",
                "sec-fetch-dest": "iframe",
            },
            False,
        ),
    ],
)
def test_answers_pages_of_its_own_only(headers: dict[str, str], answered: bool) -> None:
    assert (refused(Headers(headers)) is None) == answered
