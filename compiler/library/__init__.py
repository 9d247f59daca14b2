"""The component families that ``import wasmrx as rx`` offers."""
