"""Drawings: each element of SVG under its own name."""

from __future__ import annotations

import wasmrx as rx


def shapes() -> rx.Component:
    """Shapes: what a drawing is made of, in the colours of the theme."""
    return rx.el.svg(
        rx.el.svg.rect(x="5", y="15", width="40", height="30", rx="5", fill=rx.color("blue", 9)),
        rx.el.svg.circle(cx="75", cy="30", r="20", fill=rx.color("grass", 9)),
        rx.el.svg.ellipse(cx="130", cy="30", rx="25", ry="12", fill=rx.color("plum", 9)),
        rx.el.svg.line(x1="165", y1="45", x2="200", y2="15", stroke=rx.color("gray", 11)),
        rx.el.svg.polyline(
            points="210,45 220,15 230,45 240,15", fill="none", stroke=rx.color("red", 9)
        ),
        rx.el.svg.polygon(points="265,15 285,45 245,45", fill=rx.color("amber", 9)),
        rx.el.svg.path(
            d="M5 70 C 60 40, 120 100, 200 70 S 280 60 295 75",
            fill="none",
            stroke=rx.color("accent", 9),
        ),
        view_box="0 0 300 90",
        width="100%",
        role="img",
        aria_label="A row of shapes",
    )


def texts() -> rx.Component:
    """Texts: straight, in parts, along a path."""
    return rx.el.svg(
        rx.el.svg.text("Plain and ", rx.el.svg.tspan("bold", font_weight="700"), x="5", y="20"),
        rx.el.svg.defs(rx.el.svg.path(id="gallery-arc", d="M 10 80 Q 110 20 230 80")),
        rx.el.svg.text(rx.el.svg.text_path("along a curve as it goes", href="#gallery-arc")),
        fill="currentColor",
        view_box="0 0 240 90",
        width="100%",
    )


def paints() -> rx.Component:
    """Paints: gradients and patterns."""
    return rx.el.svg(
        rx.el.svg.defs(
            rx.el.svg.linear_gradient(
                rx.el.svg.stop(offset="0", stop_color="#3e63dd"),
                rx.el.svg.stop(offset="1", stop_color="#30a46c"),
                id="gallery-linear",
            ),
            rx.el.svg.radial_gradient(
                rx.el.svg.stop(offset="0", stop_color="#ffc53d"),
                rx.el.svg.stop(offset="1", stop_color="#e5484d"),
                id="gallery-radial",
            ),
            rx.el.svg.pattern(
                rx.el.svg.circle(cx="5", cy="5", r="3", fill=rx.color("accent", 9)),
                id="gallery-dots",
                width="10",
                height="10",
                pattern_units="userSpaceOnUse",
            ),
        ),
        rx.el.svg.rect(width="90", height="60", fill="url(#gallery-linear)"),
        rx.el.svg.circle(cx="150", cy="30", r="30", fill="url(#gallery-radial)"),
        rx.el.svg.rect(x="210", width="90", height="60", fill="url(#gallery-dots)"),
        view_box="0 0 300 60",
        width="100%",
        role="img",
        aria_label="Three paints",
    )


def cuts() -> rx.Component:
    """Cuts and marks: clips, masks, arrow heads."""
    return rx.el.svg(
        rx.el.svg.defs(
            rx.el.svg.clip_path(rx.el.svg.circle(cx="40", cy="30", r="28"), id="gallery-clip"),
            rx.el.svg.mask(
                rx.el.svg.rect(x="100", width="80", height="60", fill="white"),
                rx.el.svg.circle(cx="140", cy="30", r="15", fill="black"),
                id="gallery-mask",
            ),
            rx.el.svg.marker(
                rx.el.svg.path(d="M0 0 L6 3 L0 6 Z", fill="currentColor"),
                id="gallery-arrow",
                marker_width="6",
                marker_height="6",
                ref_x="5",
                ref_y="3",
                orient="auto",
            ),
        ),
        rx.el.svg.rect(
            width="80", height="60", fill=rx.color("grass", 9), clip_path="url(#gallery-clip)"
        ),
        rx.el.svg.rect(
            x="100", width="80", height="60", fill=rx.color("plum", 9), mask="url(#gallery-mask)"
        ),
        rx.el.svg.line(
            x1="200",
            y1="50",
            x2="280",
            y2="10",
            stroke="currentColor",
            stroke_width="2",
            marker_end="url(#gallery-arrow)",
        ),
        view_box="0 0 300 60",
        width="100%",
        role="img",
        aria_label="A clip, a mask, an arrow",
    )


def reuse() -> rx.Component:
    """Groups and symbols: drawn once, used often."""
    return rx.el.svg(
        rx.el.svg.symbol(
            rx.el.svg.circle(cx="10", cy="10", r="8"), id="gallery-dot", view_box="0 0 20 20"
        ),
        rx.el.svg.g(
            *[
                rx.el.svg.use(href="#gallery-dot", x=str(x), y="0", width="40", height="40")
                for x in (0, 50, 100)
            ],
            fill=rx.color("accent", 9),
        ),
        rx.el.svg.switch(
            rx.el.svg.text("Hallo", system_language="de", x="160", y="26", fill="currentColor"),
            rx.el.svg.text("Hello", x="160", y="26", fill="currentColor"),
        ),
        rx.el.svg.view(id="gallery-view", view_box="0 0 50 40"),
        view_box="0 0 240 40",
        width="100%",
        role="img",
        aria_label="Three dots and a word",
    )


def guests() -> rx.Component:
    """Links, pictures, HTML: within a drawing."""
    return rx.el.svg(
        rx.el.svg.a(
            rx.el.svg.text(
                "A link", x="5", y="30", text_decoration="underline", fill=rx.color("accent", 11)
            ),
            href="#guests",
        ),
        rx.el.svg.image(
            href="data:image/gif;base64,R0lGODlhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=",
            x="70",
            y="10",
            width="40",
            height="30",
            preserve_aspect_ratio="none",
        ),
        rx.el.svg.foreign_object(
            rx.text("HTML in SVG", size="2"), x="130", y="8", width="120", height="40"
        ),
        view_box="0 0 260 50",
        width="100%",
    )


def words_about() -> rx.Component:
    """Words about a drawing: for those who cannot see it, and for programs; a style of its own."""
    return rx.el.svg(
        rx.el.svg.title("A square"),
        rx.el.svg.desc("It has a dashed edge."),
        rx.el.svg.metadata("made by hand"),
        rx.el.svg.style(".gallery-dashed { stroke-dasharray: 4 3; }"),
        rx.el.svg.script('{"kind": "data"}', type="application/json"),
        rx.el.svg.rect(
            x="5",
            y="5",
            width="40",
            height="40",
            fill="none",
            stroke="currentColor",
            class_name="gallery-dashed",
        ),
        view_box="0 0 50 50",
        width="80",
        role="img",
    )


def moving() -> rx.Component:
    """Moving: attributes, places and turns over time."""
    return rx.el.svg(
        rx.el.svg.circle(
            rx.el.svg.animate(
                attribute_name="r", values="6;14;6", dur="3s", repeat_count="indefinite"
            ),
            rx.el.svg.set(attribute_name="fill", to="#30a46c", begin="0s"),
            cx="30",
            cy="30",
            r="6",
        ),
        rx.el.svg.rect(
            rx.el.svg.animate_transform(
                attribute_name="transform",
                type="rotate",
                from_="0 90 30",
                to="360 90 30",
                dur="6s",
                repeat_count="indefinite",
            ),
            x="75",
            y="15",
            width="30",
            height="30",
            fill="#8e4ec6",
        ),
        rx.el.svg.path(id="gallery-track", d="M150 30 H 280", stroke="gray", stroke_dasharray="2"),
        rx.el.svg.circle(
            rx.el.svg.animate_motion(
                rx.el.svg.mpath(href="#gallery-track"), dur="4s", repeat_count="indefinite"
            ),
            r="6",
            fill="#e5484d",
        ),
        view_box="0 0 300 60",
        width="100%",
        role="img",
        aria_label="Three moving shapes",
    )


def filters() -> rx.Component:
    """Filters: blur, shadow, noise."""
    return rx.el.svg(
        rx.el.svg.defs(
            rx.el.svg.filter(rx.el.svg.fe_gaussian_blur(std_deviation="3"), id="gallery-blur"),
            rx.el.svg.filter(
                rx.el.svg.fe_drop_shadow(dx="3", dy="3", std_deviation="2", flood_opacity="0.5"),
                id="gallery-shadow",
            ),
            rx.el.svg.filter(
                rx.el.svg.fe_turbulence(base_frequency="0.08", num_octaves="2"),
                id="gallery-noise",
            ),
        ),
        *[
            rx.el.svg.rect(
                x=str(10 + 100 * place),
                y="10",
                width="70",
                height="40",
                fill=rx.color("accent", 9),
                filter=f"url(#gallery-{name})",
            )
            for place, name in enumerate(("blur", "shadow", "noise"))
        ],
        view_box="0 0 300 60",
        width="100%",
        role="img",
        aria_label="Three filters",
    )
