"""Names of Reflex that wasmrx does not have, and what to write in their place."""

from __future__ import annotations

ADVICE: dict[str, str] = {
    "EMPTY_VAR_COMPONENT": "rx.fragment() is a component that shows nothing.",
    "PropsBase": "Give the props as a dict, a dataclass or a TypedDict.",
    "admin": "The admin dashboard shows all visitors' data, which the browser does not have.",
    "dynamic": "Choose among components that the page already has: rx.cond, rx.match.",
}
"""What to do instead of ``rx.<name>``; a name that the library gains is found there first."""
