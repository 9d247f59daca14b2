"""``httpx`` in a worker: its clients send by the browser's fetch."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from typing import Any

from .fetching import Answer, Unreachable, fetch, fetch_now


def fit(httpx: Any) -> None:
    """Replace the transports of ``httpx`` by ones that know no sockets.

    What is set about certificates, proxies and connections has no effect: the browser decides.
    """

    stream, async_stream = _streams(httpx)

    class FetchTransport(httpx.BaseTransport):
        """Sends the requests of ``httpx.Client``."""

        def __init__(self, *_: Any, **options: Any) -> None:
            """Take what the transport of httpx takes."""

        def handle_request(self, request: Any) -> Any:
            """Return the answer to ``request``."""
            body = b"".join(request.stream)
            with _in_its_words(httpx, request):
                answer, pieces = fetch_now(*_asked(request), body, _seconds(request))
            return _answer(httpx, answer, stream(pieces, request))

    class AsyncFetchTransport(httpx.AsyncBaseTransport):
        """Sends the requests of ``httpx.AsyncClient``."""

        def __init__(self, *_: Any, **options: Any) -> None:
            """Take what the transport of httpx takes."""

        async def handle_async_request(self, request: Any) -> Any:
            """Return the answer to ``request``."""
            body = b"".join([piece async for piece in request.stream])
            with _in_its_words(httpx, request):
                answer = await fetch(*_asked(request), body, _seconds(request))
            return _answer(httpx, answer, async_stream(answer.pieces, request))

    httpx.HTTPTransport = httpx._client.HTTPTransport = FetchTransport
    httpx.AsyncHTTPTransport = httpx._client.AsyncHTTPTransport = AsyncFetchTransport


def _streams(httpx: Any) -> tuple[Any, Any]:
    """Return the classes of bodies, at once and awaited."""

    class Stream(httpx.SyncByteStream):
        """The body of an answer."""

        def __init__(self, pieces: Generator[bytes], request: Any) -> None:
            self._pieces, self._request = pieces, request

        def __iter__(self) -> Iterator[bytes]:
            with _in_its_words(httpx, self._request):
                yield from self._pieces

        def close(self) -> None:
            """End the request, whatever of its answer has not come."""
            self._pieces.close()

    class AsyncStream(httpx.AsyncByteStream):
        """The body of an answer that is awaited."""

        def __init__(self, pieces: Any, request: Any) -> None:
            self._pieces, self._request = pieces, request

        async def __aiter__(self) -> AsyncIterator[bytes]:
            with _in_its_words(httpx, self._request):
                async for piece in self._pieces:
                    yield piece

        async def aclose(self) -> None:
            """End the request, whatever of its answer has not come."""
            await self._pieces.aclose()

    return Stream, AsyncStream


def _asked(request: Any) -> tuple[str, str, list[tuple[str, str]]]:
    return request.method, str(request.url), request.headers.multi_items()


def _seconds(request: Any) -> float | None:
    told: dict[str, float | None] = request.extensions.get("timeout") or {}
    return told.get("read")


def _answer(httpx: Any, answer: Answer, stream: Any) -> Any:
    extensions = {"http_version": b"HTTP/1.1", "reason_phrase": answer.reason.encode()}
    return httpx.Response(
        answer.status, headers=answer.headers, stream=stream, extensions=extensions
    )


@contextmanager
def _in_its_words(httpx: Any, request: Any) -> Generator[None]:
    try:
        yield
    except Unreachable as error:
        raise httpx.ConnectError(str(error), request=request) from None
    except TimeoutError:
        raise httpx.ReadTimeout("The server did not answer in time.", request=request) from None
