"""wasmrx: web apps in pure Python that run in the browser."""
