"""Tables of values: one to search and sort, and one to edit like a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from wasmrx.arg_specs import no_args_event_spec, passthrough_event_spec
from wasmrx.compiler.component import Component
from wasmrx.compiler.css_names import camel_case
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.props import hint_of
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError, InvalidPropValueError
from wasmrx.expr import Import

from .families import html, plain
from .layout import Box
from .values import is_var, var_kind

_LINE = "1px solid var(--gray-a5)"
_TABLE_STYLE: Mapping[str, Any] = {
    "width": "100%",
    "min_height": "3em",
    "& .gridjs-head": {"margin_bottom": "8px"},
    "& .gridjs-search-input": {
        "padding": "6px 10px",
        "border": _LINE,
        "border_radius": "var(--radius-2)",
        "background": "var(--color-surface)",
        "color": "var(--gray-12)",
        "font": "inherit",
        "font_size": "var(--font-size-2)",
    },
    "& .gridjs-wrapper": {
        "overflow": "auto",
        "border": _LINE,
        "border_radius": "var(--radius-4)",
        "background": "var(--color-panel)",
    },
    "& table": {
        "width": "100%",
        "border_collapse": "collapse",
        "font_size": "var(--font-size-2)",
        "color": "var(--gray-12)",
    },
    "& th, & td": {"padding": "10px 12px", "text_align": "left", "border_bottom": _LINE},
    "& tbody tr:last-child td": {"border_bottom": "0"},
    "& th": {"font_weight": "600", "background": "var(--gray-a2)", "position": "relative"},
    "& .gridjs-th-content": {"display": "inline-block"},
    "& th.gridjs-th-sort": {"cursor": "pointer"},
    "& .gridjs-sort": {
        "margin_left": "6px",
        "padding": "0 4px",
        "border": "0",
        "background": "transparent",
        "color": "inherit",
        "cursor": "pointer",
        "&::after": {"content": "'\\2195'", "opacity": "0.6"},
    },
    "& .gridjs-sort-asc::after": {"content": "'\\2191'", "opacity": "1"},
    "& .gridjs-sort-desc::after": {"content": "'\\2193'", "opacity": "1"},
    "& .gridjs-resizable": {
        "position": "absolute",
        "top": "0",
        "bottom": "0",
        "right": "0",
        "width": "5px",
        "cursor": "ew-resize",
    },
    "& .gridjs-message": {"text_align": "center", "color": "var(--gray-11)"},
    "& .gridjs-footer": {"padding": "10px 2px", "font_size": "var(--font-size-2)"},
    "& .gridjs-pagination": {
        "display": "flex",
        "flex_wrap": "wrap",
        "gap": "8px",
        "align_items": "center",
        "justify_content": "space-between",
        "color": "var(--gray-11)",
    },
    "& .gridjs-pages button": {
        "padding": "4px 10px",
        "margin_left": "4px",
        "border": _LINE,
        "border_radius": "var(--radius-2)",
        "background": "var(--color-surface)",
        "color": "var(--gray-12)",
        "font": "inherit",
        "cursor": "pointer",
        "&:disabled": {"opacity": "0.5", "cursor": "default"},
    },
    "& .gridjs-pages .gridjs-currentPage": {
        "background": "var(--accent-a3)",
        "color": "var(--accent-12)",
        "font_weight": "600",
    },
    "& .gridjs-temp": {"position": "relative"},
}


def _is_frame(value: Any) -> bool:
    """Tell whether a value is a data frame of pandas, or looks like one."""
    name: str = getattr(hint_of(value), "__name__", "") if is_var(value) else type(value).__name__
    return name == "DataFrame"


def _plain_frame(frame: Any) -> dict[str, Any]:
    return {
        "columns": [str(name) for name in frame.columns],
        "data": [list(row) for row in frame.itertuples(index=False, name=None)],
    }


class _DataTable(Component):
    """A table of rows."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the table of ``data``: rows with ``columns``, or a data frame."""
        data, columns = props.get("data"), props.get("columns")
        if _is_frame(data):
            if columns is not None:
                raise InvalidPropValueError(
                    "rx.data_table got a data frame and `columns`. A data frame has its own."
                ).at(author_line())
            if not is_var(data):
                props["data"] = _plain_frame(data)
        elif columns is None and (isinstance(data, list) or var_kind(data) == "array"):
            raise InvalidPropValueError(
                'rx.data_table needs `columns` beside rows: columns=["name", "age"].'
            ).at(author_line())
        return cls._create(children, **props)


DataTable = html(
    "data_table",
    "div",
    element=Import("wasmrx/data_table", "DataTable"),
    props={
        "data": Prop(Any),
        "columns": Prop(Any),
        "search": Prop(bool),
        "sort": Prop(bool),
        "resizable": Prop(bool),
        "pagination": Prop(Any),
    },
    style=_TABLE_STYLE,
    base=_DataTable,
)


@dataclass
class DataEditorTheme:
    """The colours and sizes of ``rx.data_editor``; what is None is as the page's theme has it."""

    accent_color: str | None = None
    accent_fg: str | None = None
    accent_light: str | None = None
    base_font_style: str | None = None
    bg_bubble: str | None = None
    bg_bubble_selected: str | None = None
    bg_cell: str | None = None
    bg_cell_medium: str | None = None
    bg_header: str | None = None
    bg_header_has_focus: str | None = None
    bg_header_hovered: str | None = None
    bg_icon_header: str | None = None
    bg_search_result: str | None = None
    border_color: str | None = None
    cell_horizontal_padding: int | None = None
    cell_vertical_padding: int | None = None
    drilldown_border: str | None = None
    editor_font_size: str | None = None
    fg_icon_header: str | None = None
    font_family: str | None = None
    header_bottom_border_color: str | None = None
    header_font_style: str | None = None
    horizontal_border_color: str | None = None
    line_height: int | None = None
    link_color: str | None = None
    text_bubble: str | None = None
    text_dark: str | None = None
    text_group_header: str | None = None
    text_header: str | None = None
    text_header_selected: str | None = None
    text_light: str | None = None
    text_medium: str | None = None


def _theme(given: Any) -> Any:
    """Return a theme by the grid's own names."""
    if is_var(given):
        return given
    values = asdict(given) if isinstance(given, DataEditorTheme) else dict(given)
    return {camel_case(name): value for name, value in values.items() if value is not None}


class _DataEditor(Component):
    """A grid of cells that can be edited."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the grid of ``data`` in a box."""
        data = props.get("data")
        if _is_frame(data) and not is_var(data):
            if props.get("columns"):
                raise InvalidPropValueError(
                    "rx.data_editor got a data frame and `columns`. A data frame has its own."
                ).at(author_line())
            props |= _plain_frame(data)
        columns = props.get("columns", [])
        if not is_var(columns):
            for column in cast("list[Any]", columns):
                _check_column(column)
        for prop in ("extended_cell_types", "custom_renderers"):
            given = props.pop(prop, None)
            if given is not None and given is not False:
                raise ComponentTypeError(
                    f"rx.data_editor has no {prop.replace('_', ' ')}: its columns are of type "
                    '"str", "int", "float", "bool", "datetime" or "image".'
                ).at(author_line())
        if props.get("theme") is not None:
            props["theme"] = _theme(props["theme"])
        width, height = props.pop("width", "100%"), props.pop("height", "100%")
        return Box.create(cls._create(children, **props), width=width, height=height)


def _check_column(column: Any) -> None:
    if isinstance(column, str) or is_var(column):
        return
    if not isinstance(column, Mapping) or "title" not in column:
        raise InvalidPropValueError(
            f"rx.data_editor got the column {column!r}. A column is its title, or a dict such as "
            '{"title": "Age", "type": "int", "width": 80}.'
        ).at(author_line())


_CELL = passthrough_event_spec(tuple[int, int])
_EDITED = passthrough_event_spec(tuple[int, int], dict[str, Any])
_TOLD = passthrough_event_spec(dict[str, Any])
_SELECT = Literal["none", "single", "multi"]
_BLENDING = Literal["exclusive", "mixed"]

DataEditor = plain(
    "data_editor",
    "wasmrx/data_editor",
    "DataEditor",
    {
        **{name: Prop(Any) for name in ("columns", "data", "theme", "grid_selection")},
        **{
            name: Prop(int)
            for name in (
                *("rows", "freeze_columns", "group_header_height", "header_height"),
                *("max_column_auto_width", "max_column_width", "min_column_width", "row_height"),
                *("row_marker_start_index", "row_marker_width", "overscroll_x", "overscroll_y"),
                *("scroll_offset_x", "scroll_offset_y"),
            )
        },
        **{
            name: Prop(bool)
            for name in (
                *("get_cells_for_selection", "on_paste", "draw_focus_ring", "fixed_shadow_x"),
                *("fixed_shadow_y", "fill_handle", "smooth_scroll_x", "smooth_scroll_y"),
                *("vertical_border", "prevent_diagonal_scrolling", "show_search"),
            )
        },
        "row_markers": Prop(
            Literal["none", "number", "checkbox", "both", "checkbox-visible", "clickable-number"]
        ),
        "column_select": Prop(_SELECT),
        "row_select": Prop(_SELECT),
        "range_select": Prop(Literal["none", "cell", "rect", "multi-cell", "multi-rect"]),
        "range_selection_blending": Prop(_BLENDING),
        "column_selection_blending": Prop(_BLENDING),
        "row_selection_blending": Prop(_BLENDING),
        "row_selection_mode": Prop(Literal["auto", "multi"]),
        "span_range_behavior": Prop(Literal["default", "allowPartial"]),
        "extended_cell_types": Prop(bool, rendered=False),
        "get_cell_content": Prop(Any, rendered=False),
        "custom_renderers": Prop(Any, rendered=False),
    },
    {
        **dict.fromkeys(
            (
                *("on_cell_activated", "on_cell_clicked", "on_cell_context_menu"),
                *("on_header_clicked", "on_header_context_menu", "on_item_hovered"),
            ),
            _CELL,
        ),
        "on_cell_edited": _EDITED,
        "on_group_header_clicked": _EDITED,
        "on_group_header_context_menu": passthrough_event_spec(int, dict[str, Any]),
        "on_group_header_renamed": passthrough_event_spec(str, str),
        "on_header_menu_click": passthrough_event_spec(int, dict[str, Any]),
        "on_delete": _TOLD,
        "on_finished_editing": passthrough_event_spec(dict[str, Any], tuple[int, int]),
        "on_grid_selection_change": _TOLD,
        "on_column_resize": passthrough_event_spec(dict[str, Any], int),
        **dict.fromkeys(
            ("on_row_appended", "on_selection_cleared", "on_search_close"), no_args_event_spec
        ),
    },
    base=_DataEditor,
)

data_table = DataTable.create
data_editor = DataEditor.create
data_editor_theme = DataEditorTheme
