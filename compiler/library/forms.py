"""Forms: a handler gets all named fields at once; Radix's parts add checks and their messages."""

from __future__ import annotations

from typing import Any

from wasmrx.arg_specs import on_submit_event
from wasmrx.compiler.spec import Prop
from wasmrx.expr import Import

from .families import Props, Triggers, events, html, primitive, reference
from .namespaces import Namespace

_FORM = Import("wasmrx/form", "Form")
_FORM_PROPS: Props = {
    "reset_on_submit": Prop(bool),
    "handle_submit_unique_name": Prop(str, rendered=False),
}
_SUBMITTED: Triggers = {"on_submit": on_submit_event, **events("on_clear_server_errors")}


def _form(name: str) -> Any:
    return html(
        name,
        "form",
        element=_FORM,
        props=_FORM_PROPS,
        triggers=_SUBMITTED,
        fixed={"as": reference("@radix-ui/react-form", "Root")},
        style={"width": "100%"},
    )


Form = _form("form")
HtmlForm = html(
    "el.form", "form", element=_FORM, props=_FORM_PROPS, triggers=_SUBMITTED, fixed={"as": "form"}
)

form = Namespace(
    "form",
    Form,
    root=_form("form.root").create,
    field=primitive(
        "form.field",
        "form#Field",
        tag="div",
        style={"display": "grid", "margin_bottom": "10px"},
    ).create,
    label=primitive(
        "form.label",
        "form#Label",
        tag="label",
        style={"font_size": "15px", "font_weight": "500", "line_height": "35px"},
    ).create,
    control=primitive("form.control", "form#Control", tag="input").create,
    message=primitive(
        "form.message",
        "form#Message",
        tag="span",
        props={"match": Prop(Any), "name": Prop(str)},
        style={"font_size": "13px", "opacity": "0.8", "color": "var(--red-11)"},
    ).create,
    validity_state=primitive("form.validity_state", "form#ValidityState").create,
    submit=primitive("form.submit", "form#Submit", tag="button").create,
)
