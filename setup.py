"""Adds one step to the build that ``pyproject.toml`` describes: the prebuilt files.

``WASMRX_SKIP_ASSETS=1`` leaves the step out, for an editable install whose assets are built by
other means (``make``).
"""

import os
import runpy
import shutil
from pathlib import Path

from setuptools import Command, setup
from setuptools.command.build import build

ROOT = Path(__file__).resolve().parent


class BuildAssets(Command):
    """Build what the wheel ships prebuilt, before Python files and data are collected."""

    description = "build the prebuilt component library and Python for the browser"
    user_options = []  # noqa: RUF012

    def initialize_options(self) -> None:
        """Set what setuptools asks of every part of a build."""
        self.editable_mode = False
        self.build_lib = ""

    def finalize_options(self) -> None:
        """Take the folder of the build from ``build``."""
        self.set_undefined_options("build", ("build_lib", "build_lib"))

    def run(self) -> None:
        """Build the assets; drop an earlier build, which may hold modules that are gone."""
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)
        if os.environ.get("WASMRX_SKIP_ASSETS") != "1":
            runpy.run_path(str(ROOT / "compiler/release/assets.py"))["build_assets"]()

    def get_source_files(self) -> list[str]:
        """Return nothing: ``MANIFEST.in`` names the sources."""
        return []

    def get_outputs(self) -> list[str]:
        """Return nothing: the files are package data."""
        return []

    def get_output_mapping(self) -> dict[str, str]:
        """Return nothing: the files stay where they are."""
        return {}


class Build(build):
    """The usual build, after the assets."""

    sub_commands = [("build_assets", None), *build.sub_commands]  # noqa: RUF012


setup(cmdclass={"build": Build, "build_assets": BuildAssets})
