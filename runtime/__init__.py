"""wasmrx: web apps in pure Python that run in the browser."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from . import _door
from . import color as _color_module
from . import config as _config_module
from . import kept_files as _kept_files
from .actions import back as back
from .actions import blur_focus as blur_focus
from .actions import call_function as call_function
from .actions import call_script as call_script
from .actions import cancel as cancel
from .actions import clear_local_storage as clear_local_storage
from .actions import clear_session_storage as clear_session_storage
from .actions import console_log as console_log
from .actions import download as download
from .actions import download_stream as download_stream
from .actions import noop as noop
from .actions import prevent_default as prevent_default
from .actions import redirect as redirect
from .actions import remove_cookie as remove_cookie
from .actions import remove_local_storage as remove_local_storage
from .actions import remove_session_storage as remove_session_storage
from .actions import run_script as run_script
from .actions import scroll_to as scroll_to
from .actions import set_clipboard as set_clipboard
from .actions import set_color_mode as set_color_mode
from .actions import set_focus as set_focus
from .actions import set_value as set_value
from .actions import stop_propagation as stop_propagation
from .actions import toast as toast
from .actions import toggle_color_mode as toggle_color_mode
from .actions import window_alert as window_alert
from .alias import MODULES as _MODULES
from .alias import flat as _flat
from .app import App as App
from .app import page as page
from .assets import asset as asset
from .base_model import Base as Base
from .color import Color as Color
from .component_state import ComponentState as ComponentState
from .computed import ComputedVar as ComputedVar
from .computed import var as var
from .config import Config as Config
from .config import DBConfig as DBConfig
from .config import Env as Env
from .events import EventChain as EventChain
from .events import EventHandler as EventHandler
from .events import EventSpec as EventSpec
from .events import event as event
from .fields import Field as Field
from .fields import field as field
from .form_data import FormData as FormData
from .imports import ImportDict as ImportDict
from .imports import ImportVar as ImportVar
from .packages import lazy_import as lazy_import
from .serializers import serializer as serializer
from .server_only import NAMES as _SERVER_ONLY
from .server_only import ServerOnly as _ServerOnly
from .state import State as State
from .storage import Cookie as Cookie
from .storage import LocalStorage as LocalStorage
from .storage import SessionStorage as SessionStorage
from .threads import run_in_thread as run_in_thread
from .var import Var as Var

if TYPE_CHECKING:
    from wasmrx.compiler.library.typed import *  # noqa: F403 - what `_door` finds at run time

    from .model import Model as Model
    from .model import ModelRegistry as ModelRegistry
    from .model import asession as asession
    from .model import session as session
    from .remote import server as server
    from .spreading import parallel as parallel
    from .upload_file import UploadCancelledError as UploadCancelledError
    from .upload_file import UploadFile as UploadFile
    from .uploads import cancel_upload as cancel_upload
    from .uploads import clear_selected_files as clear_selected_files
    from .uploads import get_upload_dir as get_upload_dir
    from .uploads import get_upload_url as get_upload_url
    from .uploads import selected_files as selected_files
    from .uploads import upload_files as upload_files

_LATE = {
    **dict.fromkeys(("Model", "ModelRegistry", "asession", "session"), "model"),
    "parallel": "spreading",
    **dict.fromkeys(("UploadCancelledError", "UploadFile"), "upload_file"),
    **dict.fromkeys(("cancel_upload", "clear_selected_files", "selected_files"), "uploads"),
    **dict.fromkeys(("get_upload_dir", "get_upload_url", "upload_files"), "uploads"),
}

color = _color_module.color
files = _kept_files
EMPTY_VAR_STR: Var[str] = Var.create("")
EMPTY_VAR_INT: Var[int] = Var.create(0)


def __getattr__(name: str) -> Any:
    if name in _SERVER_ONLY:
        return _ServerOnly(name)
    if name in _LATE:
        return getattr(importlib.import_module(f"wasmrx.{_LATE[name]}"), name)
    if name in ("server", "server_var"):
        remote = importlib.import_module("wasmrx.remote")
        return remote.server if name == "server" else remote.server.var
    if name == "plugins":
        return _config_module
    if name in ("Middleware", "StateUpdate"):
        return getattr(importlib.import_module("wasmrx.middleware"), name)
    if name == "_x":
        return importlib.import_module("wasmrx.client_state")
    if name == "vars":
        return importlib.import_module("wasmrx.var_kinds")
    if name in _MODULES:
        return _flat(name)
    return _door.resolve(name)
