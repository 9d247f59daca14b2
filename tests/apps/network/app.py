"""Requests to another site: by every library, refused, streamed, late and cancelled."""

import asyncio

import wasmrx as rx


class State(rx.State):
    base: str = ""
    out: str = ""
    log: list[str] = []

    @rx.event
    def set_base(self, base: str):
        self.base = base
        self.out = f"base {base}"

    @rx.event
    async def by_httpx(self):
        import httpx

        async with httpx.AsyncClient() as client:
            answer = await client.post(f"{self.base}/echo", json={"by": "httpx"})
        self.out = f"{answer.status_code} {answer.json()} {answer.headers['x-test']}"

    @rx.event
    def by_httpx_now(self):
        import httpx

        self.out = httpx.get(f"{self.base}/hello", params={"a": "1"}).text

    @rx.event
    async def by_httpx2(self):
        import httpx2

        async with httpx2.AsyncClient() as client:
            self.out = (await client.get(f"{self.base}/hello")).text

    @rx.event
    def by_requests(self):
        import requests

        answer = requests.post(f"{self.base}/echo", json={"by": "requests"}, timeout=20)
        self.out = f"{answer.status_code} {answer.json()}"

    @rx.event
    def by_urllib(self):
        from urllib.error import HTTPError
        from urllib.request import Request, urlopen

        with urlopen(Request(f"{self.base}/echo", data=b"\x00\xff", method="PUT")) as answer:
            self.out = f"{answer.status} {answer.read()!r}"
        try:
            urlopen(f"{self.base}/missing")
        except HTTPError as error:
            self.out += f" {error.code}"

    @rx.event
    async def by_pyfetch(self):
        from pyodide.http import pyfetch

        self.out = await (await pyfetch(f"{self.base}/hello")).text()

    @rx.event
    async def by_openai(self):
        import openai

        client = openai.AsyncOpenAI(base_url=f"{self.base}/v1", api_key="none")
        ask = [{"role": "user", "content": "Who?"}]
        words = await client.chat.completions.create(model="m", stream=True, messages=ask)
        self.out = ""
        async for piece in words:
            self.out += piece.choices[0].delta.content or ""
            yield

    @rx.event
    async def refused(self):
        import httpx

        async with httpx.AsyncClient() as client:
            await client.get(f"{self.base}/closed")

    @rx.event
    def refused_now(self):
        import requests

        requests.get(f"{self.base}/closed", timeout=20)

    @rx.event
    async def unreachable(self):
        from pyodide.http import pyfetch

        await pyfetch("http://127.0.0.1:1/")

    @rx.event
    async def streamed(self):
        import httpx

        self.log = []
        async with httpx.AsyncClient() as client, client.stream("GET", f"{self.base}/lines") as got:
            async for line in got.aiter_lines():
                self.log.append(line)
                yield
        self.out = "streamed"

    @rx.event
    async def streamed_by_requests(self):
        import requests

        self.log = []
        with requests.get(f"{self.base}/lines", stream=True, timeout=20) as got:
            for line in got.iter_lines(chunk_size=1):
                self.log.append(line.decode())
                yield
        self.out = "streamed"

    @rx.event
    async def streamed_by_urllib3(self):
        import urllib3

        self.log = []
        got = urllib3.request("GET", f"{self.base}/lines", preload_content=False)
        for line in got:
            self.log.append(line.decode().strip())
            yield
        self.out = "streamed"

    @rx.event
    async def streamed_by_urllib(self):
        from urllib.request import urlopen

        self.log = []
        with urlopen(f"{self.base}/lines", timeout=20) as got:
            for line in got:
                self.log.append(line.decode().strip())
                yield
        self.out = "streamed"

    @rx.event
    async def streamed_by_httpx(self):
        import httpx

        self.log = []
        with httpx.stream("GET", f"{self.base}/lines") as got:
            for line in got.iter_lines():
                self.log.append(line)
                yield
        self.out = "streamed"

    @rx.event
    async def left_early(self):
        from urllib.request import urlopen

        with urlopen(f"{self.base}/endless") as got:
            self.out = got.readline().decode().strip()

    @rx.event
    async def late_by_requests(self):
        import requests

        try:
            requests.get(f"{self.base}/held", timeout=0.3)
        except requests.Timeout as error:
            self.out = type(error).__name__

    @rx.event
    def late_by_urllib(self):
        from urllib.request import urlopen

        try:
            urlopen(f"{self.base}/held", timeout=0.3)
        except TimeoutError as error:
            self.out = type(error).__name__

    @rx.event
    async def held_by_requests(self):
        import requests

        self.out = "held"
        yield
        requests.get(f"{self.base}/held")

    @rx.event
    async def late(self):
        import httpx

        try:
            async with httpx.AsyncClient(timeout=0.3) as client:
                await client.get(f"{self.base}/held")
        except httpx.TimeoutException as error:
            self.out = f"{type(error).__name__}: {error}"

    @rx.event
    async def cancelled(self):
        import httpx

        async with httpx.AsyncClient(timeout=None) as client:
            waiting = asyncio.ensure_future(client.get(f"{self.base}/held"))
            await asyncio.sleep(0.2)
            waiting.cancel()
            try:
                await waiting
            except asyncio.CancelledError:
                self.out = "cancelled"


HANDLERS = (
    *("by_httpx", "by_httpx_now", "by_httpx2", "by_requests", "by_urllib", "by_pyfetch"),
    *("by_openai", "refused", "refused_now", "unreachable", "streamed", "late", "cancelled"),
    *("streamed_by_requests", "streamed_by_urllib3", "streamed_by_urllib", "streamed_by_httpx"),
    *("left_early", "late_by_requests", "late_by_urllib", "held_by_requests"),
)


def index():
    return rx.vstack(
        rx.input(id="base", on_change=State.set_base),
        rx.text(State.out, id="out"),
        rx.foreach(State.log, lambda line: rx.text(line, class_name="line")),
        rx.button("cancel", id="cancel_held", on_click=rx.cancel(State.held_by_requests)),
        *[rx.button(name, id=name, on_click=getattr(State, name)) for name in HANDLERS],
    )


app = rx.App()
app.add_page(index)
