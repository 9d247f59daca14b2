"""Where an app's code is: the author's folder, and the module in it that defines ``app``.

Two layouts are known: a single ``app.py``, with or without an ``rxconfig.py``, or an
``rxconfig.py`` beside a package of the app's name. Nothing of the author's is executed here:
``rxconfig.py`` is read as text.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from wasmrx.compiler.sitemap import site_address
from wasmrx.wasm.files import shared_folder

SINGLE_FILE = "app.py"
CONFIG_FILE = "rxconfig.py"
NUMBERS = {"stop_after": "seconds (0 is never)", "memory_limit": "megabytes (0 is no limit)"}
READ_AS_TEXT = frozenset(
    (
        "app_image",
        "app_module_import",
        "backend",
        "memory_limit",
        "offline",
        "pyodide",
        "stop_after",
    )
)
SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "venv", "build", "dist"})


class ProjectError(Exception):
    """The folder does not hold an app; the text says what was looked for."""


@dataclass(frozen=True)
class Project:
    """An app folder: ``module`` is imported with ``root`` first on the import path."""

    root: Path
    module: str
    address: str = ""
    """Where the site will lie, with a slash at its end; "" where that is not known."""
    offline: bool = True
    """Whether browsers keep the site for visits without a network."""
    stop_after: float = 3
    """Seconds after which visitors are offered to stop what runs; 0 for never."""
    memory_limit: float = 400
    """Megabytes of Python's memory from which on a fresh worker takes over; 0 for any number."""
    backend: str | None = None
    """Where server handlers run: "" on the site's own host, None nowhere."""
    app_image: bool = True
    """Whether a build makes the app's own memory image, where Node is at hand."""
    pyodide: str = ""
    """The address of a shared copy of the interpreter; "" for the site's own."""
    unread_address: str = ""
    """Where ``rxconfig.py`` computes the site's address, which a build does not read; else ""."""

    @property
    def name(self) -> str:
        """The folder's name, for people to read."""
        return self.root.name

    @property
    def assets(self) -> Path:
        """The folder whose files are published as they are; it need not exist."""
        return self.root / "assets"

    @property
    def default_out(self) -> Path:
        """Where ``wasmrx build`` writes unless told otherwise."""
        return self.root / "dist"


def find_project(folder: Path) -> Project:
    """The project in ``folder``, or a ``ProjectError`` that says what is missing."""
    root = _existing_folder(folder)
    if (root / CONFIG_FILE).is_file():
        call = _config_call(root / CONFIG_FILE)
        settings, computed = _plain_arguments(call), _computed_arguments(call)
        _check_plain(root, computed)
        module = _configured_module(root, settings)
        numbers = {name: _number(root, settings, name) for name in NUMBERS if name in settings}
        backend = settings.get("backend")
        return Project(
            root,
            module,
            _address(root, settings),
            offline=settings.get("offline") != "False",
            app_image=settings.get("app_image") != "False",
            pyodide=_shared(root, settings),
            backend=backend and backend_address(backend),
            unread_address=f"{CONFIG_FILE}:{line}" if (line := computed.get("deploy_url")) else "",
            **numbers,
        )
    if (root / SINGLE_FILE).is_file():
        return Project(root, "app")
    raise ProjectError(_no_app_message(folder, root))


def backend_address(text: str) -> str:
    """Return where pages find a backend: "" for ``same``, their own host; else its address."""
    if text == "same":
        return ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise ProjectError(
            f"The backend {text!r} is no address. Write 'same' for the site's own host, or an "
            "address such as https://api.example.org."
        )
    return f"{text.rstrip('/')}/_wasmrx/"


def _existing_folder(folder: Path) -> Path:
    if folder.is_file():
        parent = folder.parent
        raise ProjectError(f"{folder} is a file. Give the folder that holds it: {parent}")
    if not folder.is_dir():
        raise ProjectError(f"There is no folder {folder}. `wasmrx init {folder}` makes a new app.")
    return folder.resolve()


def _no_app_message(folder: Path, root: Path) -> str:
    looked = f"There is no app in {folder}: it has neither {SINGLE_FILE} nor {CONFIG_FILE}."
    inside = [name for name in sorted(_subfolders(root)) if _holds_app(root / name)]
    if inside:
        listed = "\n".join(f"  {folder / name}" for name in inside)
        return f"{looked} These folders in it hold one:\n{listed}"
    candidates = [path.name for path in sorted(root.glob("*.py")) if _makes_app(path)]
    if candidates:
        return f"{looked} {candidates[0]} seems to define one: rename it to {SINGLE_FILE}."
    return f"{looked} `wasmrx init {folder}` makes a new one."


def _subfolders(root: Path) -> list[str]:
    folders = (entry.name for entry in root.iterdir() if entry.is_dir())
    return [name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith(".")]


def _holds_app(folder: Path) -> bool:
    return (folder / SINGLE_FILE).is_file() or (folder / CONFIG_FILE).is_file()


def _makes_app(path: Path) -> bool:
    return ".App(" in path.read_text(encoding="utf-8", errors="replace")


def _address(root: Path, settings: dict[str, str]) -> str:
    """``deploy_url`` of ``rxconfig.py``."""
    address = settings.get("deploy_url")
    if not address:
        return ""
    try:
        return site_address(address)
    except ValueError as error:
        raise ProjectError(f"{root / CONFIG_FILE}: deploy_url={error}") from error


def _number(root: Path, settings: dict[str, str], name: str) -> float:
    try:
        found = float(settings[name])
    except ValueError:
        found = -1
    if found < 0:
        raise ProjectError(
            f"{root / CONFIG_FILE}: {name}={settings[name]!r} is no number of {NUMBERS[name]}."
        )
    return found


def shared_copy(text: str) -> str:
    """The address that ``--pyodide`` or ``pyodide`` of ``rxconfig.py`` stands for.

    Raises ValueError for what is none.
    """
    if text in ("", "self"):
        return ""
    if text == "cdn":
        return shared_folder()
    if not text.startswith(("https://", "http://")):
        raise ValueError(f"{text!r} is neither 'self' nor 'cdn' nor an address with https://")
    return text


def _shared(root: Path, settings: dict[str, str]) -> str:
    try:
        return shared_copy(settings.get("pyodide", ""))
    except ValueError as error:
        raise ProjectError(f"{root / CONFIG_FILE}: pyodide={error}") from error


def _configured_module(root: Path, settings: dict[str, str]) -> str:
    """``app_module_import`` of ``rxconfig.py``, else ``<app_name>.<app_name>``, else ``app``."""
    name, module = settings.get("app_name"), settings.get("app_module_import")
    if module is None:
        module = f"{name}.{name}"
        if not _is_module(root, module) and (root / SINGLE_FILE).is_file():
            return "app"
        if name is None:
            raise ProjectError(
                f"{root / CONFIG_FILE} does not name the app. It needs a line like "
                f'config = rx.Config(app_name="{root.name}"), the name written out as text.'
            )
    if not _is_module(root, module):
        wanted = root.joinpath(*module.split(".")).with_suffix(".py").relative_to(root)
        raise ProjectError(f"{root / CONFIG_FILE} asks for {wanted}, but there is no such file.")
    return module


def _is_module(root: Path, module: str) -> bool:
    path = root.joinpath(*module.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _check_plain(root: Path, computed: dict[str, int]) -> None:
    for name, line in computed.items():
        if name in READ_AS_TEXT:
            raise ProjectError(
                f"{root / CONFIG_FILE}:{line}: {name} must be written out, as text, a number, True "
                "or False: the build reads this file and does not run it."
            )


def _config_call(path: Path) -> ast.Call:
    """The call of ``Config``, or of a class made from it."""
    try:
        tree = ast.parse(path.read_bytes(), filename=str(path))
    except SyntaxError as error:
        raise ProjectError(f"{path}:{error.lineno}: {error.msg}") from error
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [call for call in calls if _called_name(call).endswith("Config")]
    named = [call for call in found if "app_name" in _plain_arguments(call)]
    return (named or found or [ast.Call(ast.Name("Config"), [], [])])[0]


def _called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _plain_arguments(call: ast.Call) -> dict[str, str]:
    """The keyword arguments that are text, truth or numbers."""
    return {
        keyword.arg: str(keyword.value.value)
        for keyword in call.keywords
        if keyword.arg
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, (str, bool, int, float))
    }


def _computed_arguments(call: ast.Call) -> dict[str, int]:
    """The lines of the keyword arguments that are expressions."""
    return {
        keyword.arg: keyword.value.lineno
        for keyword in call.keywords
        if keyword.arg and not isinstance(keyword.value, ast.Constant)
    }
