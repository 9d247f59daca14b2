"""``rx.upload``: a zone that takes files, by dropping or in the browser's dialog."""

from __future__ import annotations

from typing import Any

from wasmrx.arg_specs import passthrough_event_spec
from wasmrx.compiler.component import Component
from wasmrx.compiler.spec import Prop
from wasmrx.expr import Import
from wasmrx.uploads import on_drop_spec

from .families import html
from .namespaces import Namespace


class _Upload(Component):
    """A zone that takes files."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the zone; ``drag_active_style`` is its style while files are over it."""
        props["class_name"] = ["rx-Upload", props.pop("class_name", None)]
        dragged = props.pop("drag_active_style", None)
        if dragged is not None:
            props["style"] = {**props.get("style", {}), "&[data-drag-active]": dragged}
        return cls._create(children, **props)


def _upload(name: str, **style: str) -> type[Component]:
    return html(
        name,
        "div",
        element=Import("wasmrx/upload", "DropZone"),
        props={
            "accept": Prop(Any),
            **{part: Prop(int) for part in ("max_files", "max_size", "min_size")},
            **{
                part: Prop(bool)
                for part in ("multiple", "disabled", "no_click", "no_drag", "no_keyboard")
            },
            "drag_active_style": Prop(Any, rendered=False),
        },
        triggers={
            "on_drop": on_drop_spec,
            "on_drop_rejected": passthrough_event_spec(list[dict[str, Any]]),
        },
        style={
            "position": "relative",
            "&:focus-within:has(> input:focus-visible)": {
                "outline": "2px solid var(--focus-8)",
                "outline_offset": "2px",
            },
            **style,
        },
        base=_Upload,
    )


UploadRoot = _upload("upload.root")
Upload = _upload("upload", border="1px dashed var(--accent-12)", padding="5em", text_align="center")

upload = Namespace("upload", Upload, root=UploadRoot.create)
