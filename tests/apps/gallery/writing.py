"""Code and Markdown, known at build time and from the state."""

from __future__ import annotations

import wasmrx as rx

SOURCE = '''import os

@cache
def f(x: int) -> str:
    """Two
    lines."""
    return f"{x}" + "<b onclick=alert(1)>"
'''


class Writing(rx.State):
    code: str = 'const a = "</code><img src=x onerror=alert(1)>";\n// end\n'
    language: str = "javascript"
    nordic: bool = False
    numbered: bool = True


def code() -> rx.Component:
    themes = rx.code_block.themes
    return rx.vstack(
        rx.code_block(SOURCE, can_copy=True, show_line_numbers=True, id="static"),
        rx.code_block("<a href='x'>y</a>", language="html", theme=themes.dracula, id="themed"),
        rx.code_block(
            Writing.code,
            language="javascript",
            show_line_numbers=Writing.numbered,
            starting_line_number=7,
            wrap_long_lines=True,
            custom_style={"width": "300px"},
            code_tag_props={"data-kind": "x"},
            id="live",
        ),
        rx.code_block(
            Writing.code,
            language=Writing.language,
            theme=rx.cond(Writing.nordic, themes.nord, themes.vs),
            copy_button=rx.button("take it", on_click=rx.set_clipboard(Writing.code)),
            can_copy=True,
            id="any",
        ),
        rx.button("nord", on_click=Writing.set_nordic(True), id="nord"),
        rx.button("python", on_click=Writing.set_language("python"), id="python"),
        rx.button("change", on_click=Writing.set_code("let x = 1;"), id="change"),
        width="100%",
    )


KNOWN = """
    # A *known* text

    Formula $\\frac{1}{2}$, `code`, [inside](/fields), <b class="mine">bold</b>.
    <script>bad()</script>

    $$
    E = mc^2
    $$

    - [x] done
    - [ ] to do

    | left | right |
    |:-----|------:|
    | 1    | 2     |

    ```python
    def f(): pass
    ```

    <details><summary>more</summary>hidden <i onclick="bad()">text</i></details>

    ![a picture](/picture.svg)

    A note[^1].

    [^1]: The note.
"""


class Text(rx.State):
    text: str = "# Told\n\nA **told** text."

    @rx.event
    def tell_all(self):
        self.text = (
            "# All\n\nFormula $x^2$ and <b>bold</b> <img src=x onerror='document.title=1'>\n\n"
            "<a id='root' href='javascript:document.title=1'>a</a> [b](javascript:x)\n\n"
            "- [x] done\n\n```python\nimport os\n```\n\n~~gone~~ note[^1]\n\n[^1]: The note.\n"
        )


def markdown() -> rx.Component:
    return rx.vstack(
        rx.markdown(KNOWN, id="known"),
        rx.markdown(
            "## Own *look*\n\n[there](/fields) and `code`\n\n```js\nlet x\n```\n",
            component_map={
                "h2": lambda text: rx.heading(text, " +", size="3", id="own-look"),
                "a": lambda text: rx.link(text, id="own-link", underline="always"),
                "code": lambda text: rx.badge(text, id="own-code"),
                "pre": lambda text, **props: rx.code_block(text, show_line_numbers=True, **props),
            },
            id="own",
        ),
        rx.markdown(Text.text, id="told"),
        rx.markdown(
            Text.text,
            use_math=False,
            use_raw=False,
            component_map={
                "h1": lambda text: rx.heading(text, " +"),
                "pre": lambda text, language: rx.code(language, ": ", text, id="own-block"),
            },
            id="told-own",
        ),
        rx.button("tell all", on_click=Text.tell_all, id="tell"),
        width="100%",
    )
