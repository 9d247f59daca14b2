"""Scripts of ``rx.call_script`` as functions: the text of a trigger's script becomes code.

The engine that renders pages says what is valid JavaScript; where there is none, texts stay texts.
"""

from __future__ import annotations

import json
from functools import cache

from wasmrx.errors import EventHandlerValueError
from wasmrx.expr import Call, Chain, Literal, Raw

from .prerender import Context, new_context

_CODE_OF = {"call_script": "javascript_code", "call_function": "function"}
_CONTINUES = "+-*/%([`.,?:<>=&|^"
"""A line that begins with one of these goes on with the line before."""


_sources: dict[str, str] = {}


def source_of(function: str) -> str | None:
    """Return the script that ``with_scripts`` has made ``function`` of, None for other text."""
    return _sources.get(function)


def with_scripts(chain: Chain) -> Chain:
    """Return ``chain`` with the scripts that its calls name as text written as functions.

    Raises EventHandlerValueError for text that is no JavaScript.
    """
    if not any(call.target in _CODE_OF for _, call in chain.calls):
        return chain
    calls = tuple((when, _compiled(call)) for when, call in chain.calls)
    return Chain(chain.params, calls, chain.modifiers)


def _compiled(call: Call) -> Call:
    name = _CODE_OF.get(call.target)
    if call.kind != "action" or name is None:
        return call
    args = dict(call.args)
    code = args.get(name)
    if not isinstance(code, Literal) or not isinstance(code.value, str):
        return call
    wanted = args.get("callback") not in (None, Literal(None))
    text = expression_of(code.value) if call.target == "call_function" else None
    text = text or script_function(code.value, wanted)
    if text is None:
        return call
    _sources[text] = code.value
    args[name] = Raw((text,))
    return Call(call.kind, call.target, tuple(args.items()), call.modifiers)


def script_function(code: str, is_result_wanted: bool) -> str | None:
    """Return a function with the body ``code``; None where no engine is there to read it.

    Of an expression it returns the value; of statements, where ``is_result_wanted``, that of a last
    statement that is an expression. Raises EventHandlerValueError for what is no JavaScript.
    """
    if _engine() is None:
        return None
    code = code.strip()
    shown = expression_of(code.rstrip("; \n\t"))
    if shown is not None:
        return f"() => {shown}"
    problem = _problem(code)
    if problem is not None:
        raise EventHandlerValueError(
            f"rx.call_script got text that is no JavaScript ({problem}): {_short(code)}"
        )
    return f"() => {{\n{(is_result_wanted and _with_return(code)) or code}\n}}"


def expression_of(code: str) -> str | None:
    """Return ``code`` in brackets where it is an expression."""
    text = f"(\n{code}\n)"
    return text if code and _engine() is not None and _problem(f"return {text}") is None else None


def _with_return(code: str) -> str | None:
    """Return statements with ``return`` before the last one, where that is an expression."""
    ends = [i for i, char in enumerate(code) if char in ";\n" and code[i + 1 :].strip("; \n\t")]
    for end in reversed(ends[-50:]):
        head, tail = code[: end + 1], code[end + 1 :].strip().rstrip("; \n\t")
        if code[end] == "\n" and tail[:1] in _CONTINUES:
            continue
        shown = expression_of(tail)
        if shown is not None and _problem(head) is None:
            return f"{head}\nreturn {shown}"
    return None


@cache
def _engine() -> Context | None:
    return new_context()


def _problem(body: str) -> str | None:
    """Return why ``body`` is no body of a function in a module, None where it is one."""
    engine = _engine()
    assert engine is not None
    source = json.dumps(f'"use strict";{body}')
    try:
        engine.eval(f"new Function({source}), 0")
    except Exception as error:
        return str(error).strip().splitlines()[0]
    return None


def _short(code: str) -> str:
    first = code.splitlines()[0] if code else "''"
    return first if len(first) <= 60 else first[:57] + "…"
