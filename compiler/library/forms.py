"""Forms: a handler gets all named fields at once; Radix's parts add checks and their messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wasmrx.arg_specs import on_submit_event
from wasmrx.compiler.component import Component
from wasmrx.compiler.spec import Prop
from wasmrx.expr import Function, Import, Literal
from wasmrx.var import Var, local, to_expr

from .families import AS_CHILD, Props, Triggers, events, html, primitive, reference
from .form_fields import FormComponent
from .namespaces import Namespace

_FORM = Import("wasmrx/form", "Form")
_FORM_PROPS: Props = {
    **AS_CHILD,
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
        base=FormComponent,
    )


Form = _form("form")
HtmlForm = html(
    "el.form",
    "form",
    element=_FORM,
    props=_FORM_PROPS,
    triggers=_SUBMITTED,
    fixed={"as": "form"},
    base=FormComponent,
)


class _ValidityState(Component):
    """What depends on whether the control of its field is valid."""

    @classmethod
    def create(
        cls, show: Callable[[Var[dict[str, bool]]], Any] | None = None, **props: Any
    ) -> Component:
        """Return what ``show`` gives for the field's state: ``lambda it: rx.cond(it["valid"], …)``.

        The names are those of the browser's ``ValidityState``: ``valid``, ``valueMissing`` …
        """
        shown = Literal(None) if show is None else to_expr(show(local("validity", dict[str, bool])))
        child: Var[Any] = Var(Function(("validity",), shown), Any)
        return super().create(child, **props)


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
        style={"font_size": "13px", "color": "var(--red-11)"},
    ).create,
    validity_state=primitive(
        "form.validity_state", "form#ValidityState", slot=True, base=_ValidityState
    ).create,
    submit=primitive("form.submit", "form#Submit", tag="button").create,
)
