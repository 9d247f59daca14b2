"""Server handlers that do nothing: what is left is the cost of a call."""

import wasmrx as rx


class Calls(rx.State):
    text: str = ""
    _seen: int = 0

    @rx.server
    async def nothing(self) -> None:
        pass

    @rx.server(safe=True)
    async def nothing_safe(self) -> None:
        pass

    @rx.server
    def nothing_in_thread(self) -> None:
        pass

    @rx.server
    async def visit(self) -> None:
        self._seen += 1


rx.server.configure(rate="100000000/minute", of_one=1000)

app = rx.App()
app.add_page(lambda: rx.text(Calls.text), route="/")
