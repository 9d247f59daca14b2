"""The app: its pages, its style, and what wraps it. Only data; nothing renders here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from .errors import NeedsServerError, PageValueError, RouteValueError, caller_place
from .state import State

PageFunction = Callable[[], Any]


@dataclass(frozen=True)
class Page:
    """One page: its route, what builds it, and what the document says about it."""

    route: str
    component: Any
    title: Any = None
    description: Any = None
    image: str = ""
    meta: tuple[Any, ...] = ()
    on_load: list[Any] = field(default_factory=list[Any])
    context: dict[str, Any] = field(default_factory=dict[str, Any])
    script_tags: tuple[Any, ...] = ()
    place: tuple[str, int] | None = None


DECORATED_PAGES: dict[str, list[Page]] = {}
"""Pages of ``@rx.page``, by the module that declares them, in order."""


class App:
    """A wasmrx app. ``pages`` maps each route to its page, in the order they were added."""

    def __init__(
        self,
        *,
        theme: Any = None,
        style: Any = None,
        stylesheets: Sequence[str] = (),
        reset_style: bool = True,
        head_components: Sequence[Any] = (),
        html_lang: str | None = None,
        html_custom_attrs: dict[str, str] | None = None,
        app_wraps: dict[Any, Any] | None = None,
        extra_app_wraps: dict[Any, Any] | None = None,
        toaster: Any = None,
        overlay_component: Any = None,
        frontend_exception_handler: Callable[[Exception], Any] | None = None,
        backend_exception_handler: Callable[[Exception], Any] | None = None,
        hydrate_fallback: Any = None,
        enable_state: bool = True,
        _state: type[State] | None = None,
        **server_only: Any,
    ) -> None:
        """Declare the app; the parameters are Reflex's.

        Raises NeedsServerError for a parameter that only a server can serve.
        """
        for name, value in server_only.items():
            if value is None:
                continue
            if name not in _SERVER_ONLY:
                raise TypeError(f"rx.App has no parameter {name!r}.")
            raise NeedsServerError(
                f"rx.App({name}=...) needs a server, and this app runs in the browser. Leave it "
                "out, or run that part as a server of its own."
            ).at(caller_place())
        self.theme = theme
        self.style: Any = style or {}
        self.stylesheets = list(stylesheets)
        self.reset_style = reset_style
        self.head_components = list(head_components)
        self.html_lang = html_lang
        self.html_custom_attrs = html_custom_attrs or {}
        self.app_wraps = {**(app_wraps or {}), **(extra_app_wraps or {})}
        self.toaster = toaster
        self.overlay_component = overlay_component
        self.frontend_exception_handler = frontend_exception_handler
        self.backend_exception_handler = backend_exception_handler
        self.hydrate_fallback = hydrate_fallback
        self.enable_state = enable_state
        self.pages: dict[str, Page] = {}
        self.middleware: list[Any] = []
        for name in ("frontend_exception_handler", "backend_exception_handler"):
            if getattr(self, name) is not None and not callable(getattr(self, name)):
                raise ValueError(
                    f"rx.App({name}=...) takes a function of the exception, "
                    f"and got {getattr(self, name)!r}."
                )

    def add_page(
        self,
        component: Any = None,
        route: str | None = None,
        title: Any = None,
        description: Any = None,
        image: str = "",
        on_load: Any = None,
        meta: Sequence[Any] = (),
        context: dict[str, Any] | None = None,
        **_: Any,
    ) -> None:
        """Add a page: a function that returns a component, or a component.

        ``route`` is the function's name where it is not given; ``index`` is ``/``. Parts in
        brackets are dynamic: ``/post/[id]`` declares the var ``State.id``.
        """
        if component is None and route != "404":
            raise PageValueError("app.add_page needs a component.").at(caller_place())
        if route is None:
            if not callable(component) or not hasattr(component, "__name__"):
                raise PageValueError(
                    "app.add_page needs a route: only a function's name can stand for it."
                ).at(caller_place())
            route = str(component.__name__)
        self._add(
            Page(
                route=normalize(route),
                component=component,
                title=title,
                description=description,
                image=image,
                meta=tuple(meta),
                on_load=as_list(on_load),
                context=context or {},
                place=caller_place(),
            )
        )

    def _add(self, page: Page) -> None:
        old = self.pages.get(page.route)
        if old is not None and old.component is not page.component:
            raise RouteValueError(
                f"The route {page.route!r} has two pages. Give one of them another route."
            ).at(page.place)
        State.setup_dynamic_args(dynamic_args(page.route))
        self.pages[page.route] = page

    def add_decorated_pages(self, module: str = "") -> None:
        """Add the pages of ``@rx.page`` that are not added yet; ``module`` keeps to one package."""
        for name, pages in DECORATED_PAGES.items():
            if module and name != module and not name.startswith(module.partition(".")[0]):
                continue
            for page in pages:
                if self.pages.get(page.route) is not page:
                    self._add(page)

    def add_custom_404_page(self, component: Any = None, **options: Any) -> None:
        """Set the page that is shown for addresses without a page."""
        self.add_page(component, route="404", **options)

    def add_middleware(self, middleware: Any, index: int | None = None) -> None:
        """Let ``middleware``, an ``rx.Middleware``, see every event before its handler runs.

        Several run in the order in which they were added; ``index`` puts one elsewhere.
        """
        self.middleware.insert(len(self.middleware) if index is None else index, middleware)

    def register_lifespan_task(self, *_: Any, **__: Any) -> None:
        """Refuse: lifespan tasks need a server."""
        raise NeedsServerError(
            "app.register_lifespan_task needs a server. For work while a page is open use a "
            "background handler (@rx.event(background=True)) from on_load."
        ).at(caller_place())

    def __getattr__(self, name: str) -> Any:
        """Say of what a server has that it needs one."""
        advice = _ABSENT.get(name)
        raise AttributeError(f"rx.App has no {name!r}." + (f" {advice}" if advice else ""))


_ABSENT = {
    "api": "It is Reflex's server; run yours beside the site and fetch from it.",
    "modify_state": "It changes another visitor's state on a server; each tab has its own here.",
}

_SERVER_ONLY = frozenset(("sio", "api_transformer", "admin_dash", "transform_api", "api"))


def page(
    route: str | None = None,
    title: Any = None,
    image: str = "",
    description: Any = None,
    meta: Sequence[Any] = (),
    script_tags: Sequence[Any] = (),
    on_load: Any = None,
    context: dict[str, Any] | None = None,
    **_: Any,
) -> Callable[[PageFunction], PageFunction]:
    """Declare a function as a page: ``@rx.page("/about")``."""

    def declare(component: PageFunction) -> PageFunction:
        code = getattr(component, "__code__", None)
        place = (code.co_filename, code.co_firstlineno) if code is not None else caller_place()
        made = Page(
            route=normalize(route if route is not None else component.__name__),
            component=component,
            title=title,
            description=description,
            image=image,
            meta=tuple(meta),
            on_load=as_list(on_load),
            context=context or {},
            script_tags=tuple(script_tags),
            place=place,
        )
        pages = DECORATED_PAGES.setdefault(component.__module__, [])
        pages[:] = [p for p in pages if p.route != made.route]
        pages.append(made)
        return component

    return declare


def normalize(route: str) -> str:
    """Return a route with a leading slash and no trailing one; ``index`` is ``/``.

    Raises RouteValueError for a route that is not well-formed.
    """
    bare = route.strip("/")
    if bare in ("", "index"):
        return "/"
    parts = bare.split("/")
    for i, part in enumerate(parts):
        if part.startswith("[[...") and (i != len(parts) - 1 or part != "[[...splat]]"):
            raise RouteValueError(
                f"The route {route!r}: only a last part [[...splat]] catches the rest."
            ).at(caller_place())
        if part.count("[") != part.count("]"):
            raise RouteValueError(f"The route {route!r} has a bracket without its twin.").at(
                caller_place()
            )
        name = part.strip("[]").removeprefix("...")
        if part.startswith("[") and not name.isidentifier():
            raise RouteValueError(
                f"The route {route!r}: {name!r} is no name for a var. Use letters, digits and _."
            ).at(caller_place())
    return "/" + "/".join(parts)


def dynamic_args(route: str) -> dict[str, str]:
    """Return the dynamic parts of a route: name → ``"single"`` or ``"list"``."""
    found: dict[str, str] = {}
    for part in route.split("/"):
        if part.startswith("["):
            name = part.strip("[]")
            found[name.removeprefix("...")] = "list" if name.startswith("...") else "single"
    return found


def as_list(value: object) -> list[Any]:
    """Return ``value`` as a list: None is empty, anything but a list or tuple is one item."""
    if value is None:
        return []
    return list(cast("list[Any]", value)) if isinstance(value, (list, tuple)) else [value]
