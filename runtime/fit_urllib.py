"""``urllib.request`` in a worker: http and https addresses are opened by the browser's fetch."""

from __future__ import annotations

import importlib
import io
from email.message import Message
from typing import Any

from .fetching import Unreachable, fetch_now


def fit(module: Any) -> None:
    """Replace the handlers of ``urllib.request`` that would open sockets.

    The browser follows redirects, stores cookies and looks after certificates and proxies.
    """

    class HTTPHandler(module.BaseHandler):
        """Opens addresses of http."""

        def __init__(self, *_: Any, **options: Any) -> None:
            """Take what the handlers of urllib take, which is about sockets."""

        def http_open(self, request: Any) -> Any:
            """Return the answer as ``urlopen`` gives it."""
            return _opened(module, request)

    class HTTPSHandler(HTTPHandler):
        """Opens addresses of https."""

        def https_open(self, request: Any) -> Any:
            """Return the answer as ``urlopen`` gives it."""
            return _opened(module, request)

    module.HTTPHandler, module.HTTPSHandler = HTTPHandler, HTTPSHandler


def _opened(module: Any, request: Any) -> Any:
    seconds = request.timeout if isinstance(request.timeout, int | float) else None
    data = request.data
    body = data if data is None or isinstance(data, bytes) else b"".join(data)
    try:
        answer, pieces = fetch_now(
            request.get_method(), request.full_url, request.header_items(), body, seconds
        )
        content = io.BytesIO(b"".join(pieces))
    except Unreachable as error:
        raise importlib.import_module("urllib.error").URLError(str(error)) from None
    headers = Message()
    for name, value in answer.headers:
        headers[name] = value
    opened = module.addinfourl(content, headers, answer.url, answer.status)
    opened.msg = opened.reason = answer.reason
    return opened
