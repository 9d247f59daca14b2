"""The look of the gallery where the theme has no component for it. For the build."""

from __future__ import annotations

from typing import Any

import wasmrx as rx


def gallery_style() -> dict[str, Any]:
    """Return the style of the cards, the families and the search."""
    line = f"1px solid {rx.color('gray', 5)}"
    return {
        ".gallery-contents": {
            "display": "flex",
            "flex_wrap": "wrap",
            "gap": "0.25rem 1rem",
            "list_style": "none",
            "padding": "0",
            "margin": "1rem 0 0",
        },
        ".gallery-demo": {"margin_top": "2.5rem"},
        ".gallery-anchor": {
            "margin_left": "0.4em",
            "color": rx.color("gray", 11),
            "font_weight": "400",
            "opacity": "0",
        },
        ".gallery-title:hover .gallery-anchor,.gallery-anchor:focus": {"opacity": "1"},
        ".gallery-card": {
            "border": line,
            "border_radius": "var(--radius-4)",
            "overflow": "hidden",
        },
        ".gallery-stage": {
            "padding": "1.5rem",
            "overflow_x": "auto",
            "background": "var(--color-background)",
        },
        ".gallery-source": {"position": "relative", "border_top": line},
        ".gallery-code": {
            "background": rx.color("gray", 2),
            "padding": "0.9rem 1rem",
            "margin": "0",
            "max_height": "26rem",
            "overflow": "auto",
            "font_family": "var(--code-font-family)",
            "font_size": "0.82rem",
            "line_height": "1.6",
        },
        ".gallery-code code": {"background": "none"},
        ".gallery-code:focus-visible": {
            "outline": f"2px solid {rx.color('accent', 8)}",
            "outline_offset": "-2px",
        },
        ".gallery-copy": {"position": "absolute", "top": "0.5rem", "right": "0.75rem"},
        ".gallery-toggle": {"display": "none"},
        "@media (max-width: 639px)": {
            ".gallery-stage": {"padding": "1rem"},
            ".gallery-toggle": {
                "display": "flex",
                "width": "100%",
                "margin": "0",
                "padding": "0.6rem",
                "border_radius": "0",
                "border_top": line,
            },
            ".gallery-source:not(.shown)": {"display": "none"},
        },
        ".gallery-neighbours": {
            "display": "flex",
            "justify_content": "space-between",
            "gap": "1rem",
            "margin_top": "3rem",
        },
        ".gallery-neighbours a": {"display": "flex", "align_items": "center", "gap": "0.4rem"},
        ".gallery-families": {
            "display": "grid",
            "grid_template_columns": "repeat(auto-fill, minmax(15.5rem, 1fr))",
            "gap": "0.75rem",
            "list_style": "none",
            "padding": "0",
        },
        ".gallery-family": {
            "display": "flex",
            "gap": "0.9rem",
            "height": "100%",
            "padding": "1rem",
            "border": line,
            "border_radius": "var(--radius-4)",
            "color": "inherit",
        },
        ".gallery-family svg": {"flex": "none", "margin_top": "0.1rem"},
        ".gallery-family:hover": {
            "border_color": rx.color("accent", 8),
            "background": rx.color("accent", 2),
        },
        ".gallery-hit": {
            "display": "block",
            "padding": "0.5rem 0.75rem",
            "border_radius": "var(--radius-3)",
        },
        ".gallery-hit:hover": {"background": rx.color("accent", 3)},
    }
