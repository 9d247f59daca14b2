"""Sound and video. A file is played by the browser's own element; other addresses need a player."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from wasmrx.arg_specs import ArgsSpec, no_args_event_spec, passthrough_event_spec
from wasmrx.compiler.component import Component
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Import

from .families import html, reference
from .values import constant, var_kind

_RENAMED = {
    "url": "src",
    "on_duration": "on_duration_change",
    "on_playback_rate_change": "on_rate_change",
    "on_seek": "on_seeked",
    "on_buffer": "on_waiting",
    "on_buffer_end": "on_playing",
    "on_enable_pip": "on_enter_picture_in_picture",
    "on_disable_pip": "on_leave_picture_in_picture",
}
_FILE = re.compile(
    r"(?i)[^?#]+\.(?:mp4|og[gamv]|webm|mov|m4[av]|mpg|wav|mp3|aac|flac|opus|weba)(?:$|[?#])"
)
_SECONDS = passthrough_event_spec(float)
_TRIGGERS: Mapping[str, ArgsSpec] = {
    **dict.fromkeys(
        (
            *("on_ready", "on_start", "on_play", "on_playing", "on_pause", "on_waiting"),
            *("on_seeking", "on_ended", "on_error", "on_click_preview"),
            *("on_enter_picture_in_picture", "on_leave_picture_in_picture"),
        ),
        no_args_event_spec,
    ),
    **dict.fromkeys(
        ("on_time_update", "on_duration_change", "on_seeked", "on_rate_change"), _SECONDS
    ),
    "on_progress": passthrough_event_spec(dict[str, float]),
}
_PROPS = {
    "src": Prop(Any),
    "light": Prop(Any),
    "volume": Prop(float),
    "playback_rate": Prop(float),
    "config": Prop(Any),
    "preload": Prop(str),
    "cross_origin": Prop(str),
    "plays_inline": Prop(bool),
    **{
        name: Prop(bool)
        for name in (
            *("playing", "loop", "controls", "muted", "auto_play", "pip"),
            "disable_remote_playback",
        )
    },
}


class _Player(Component):
    """A player of what ``src`` leads to."""

    _of_file: ClassVar[type[Component]]
    _of_any: ClassVar[type[Component]]
    _of_many: ClassVar[type[Component]]

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the player; for an address that is known to be a file's, the browser's own."""
        for old, new in _RENAMED.items():
            if old in props:
                if new in props:
                    raise ComponentTypeError(
                        f"{cls.spec.name} got both `{old}` and `{new}`, which are the same. "
                        f"Give `{new}`."
                    )
                props[new] = props.pop(old)
        src = constant(props.get("src"))
        if isinstance(src, (list, tuple)) or var_kind(src) == "array":
            return cls._of_many.create(*children, **props)
        is_file = src is None or (isinstance(src, str) and _FILE.match(src))
        return (cls._of_file if is_file else cls._of_any).create(*children, **props)


def _player(name: str, tag: str, of_file: str) -> type[Component]:
    def made(element: Import | str, **options: Any) -> type[Component]:
        return html(
            name,
            tag,
            element=element,
            props=_PROPS,
            triggers=_TRIGGERS,
            defaults={"controls": True},
            **options,
        )

    file, other = Import("wasmrx/player_file", of_file), Import("wasmrx/player", "Player")
    sourced = Import("wasmrx/media", "Sourced")
    parts = {
        "_of_file": made(sourced, fixed={"as": reference(file.module, file.name)}),
        "_of_any": made(
            sourced, fixed={"as": reference(other.module, other.name)}, client_only=True
        ),
        "_of_many": made(file, client_only=True),
    }
    main = made(tag, base=_Player)
    for part, cls in parts.items():
        setattr(main, part, cls)
    return main


Audio = _player("audio", "audio", "AudioFile")
Video = _player("video", "video", "VideoFile")

audio = Audio.create
video = Video.create
