"""The app of handlers that take long."""

import wasmrx as rx

config = rx.Config(app_name="stuck", stop_after=0.7, memory_limit=120)
