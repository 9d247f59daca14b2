import wasmrx as rx

config = rx.Config(app_name="starting", app_module_import="starting", offline=False)
