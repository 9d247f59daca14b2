"""Server handlers of an app that refuses everybody who is not logged in."""

from __future__ import annotations

import wasmrx as rx


class Calls(rx.State):
    text: str = ""

    @rx.server
    def shut(self) -> None:
        self.text = f"for {rx.server.user()}"

    @rx.server(auth=False)
    def enter(self, name: str) -> None:
        rx.server.login(name)

    @rx.server(auth=lambda caller: caller.user == "ann")
    def anns(self) -> None:
        self.text = "ann's"


rx.server.configure(auth=lambda caller: caller.user is not None)

app = rx.App()
app.add_page(lambda: rx.text(Calls.text), route="/")
