"""Reading what can be read of a pickle of which a part no longer fits the app.

Loaded only for such a record: a class is gone, an enum has lost a member, a constructor raises. The
vars that hold such an object are left out, the others are kept.
"""

from __future__ import annotations

import importlib
import io
from typing import Any, ClassVar

from .record import unpickler


class _Gone:
    """Stands for an object that could not be made, whatever is done to it."""

    def __new__(cls, *_: Any, **__: Any) -> _Gone:
        return object.__new__(cls)

    def __setstate__(self, _: Any) -> None:
        pass

    def __setitem__(self, _: Any, __: Any) -> None:
        pass

    def append(self, _: Any) -> None:
        pass

    def extend(self, _: Any) -> None:
        pass

    def add(self, _: Any) -> None:
        pass

    def __reduce__(self) -> Any:
        raise ValueError("It is gone.")


def salvaged(data: bytes) -> dict[str, Any]:
    """Return the vars of a pickle that can be made; raises where it is no pickle at all."""
    pickle = importlib.import_module("pickle")
    values: dict[str, Any] = _forgiving(pickle)(io.BytesIO(data)).load()
    return {name: value for name, value in values.items() if _is_whole(pickle, value)}


def _is_whole(pickle: Any, value: Any) -> bool:
    try:
        pickle.dumps(value, 5)
    except Exception:
        return False
    return True


def _forgiving(pickle: Any) -> Any:
    """Return an unpickler that puts a stand-in where an object cannot be made."""
    base: Any = unpickler("_Unpickler")

    class Forgiving(base):
        dispatch: ClassVar[dict[int, Any]] = dict(base.dispatch)

        def find_class(self, module_name: str, global_name: str) -> Any:
            try:
                return base.find_class(self, module_name, global_name)
            except Exception:
                return _Gone

    def forgive(opcode: int, taken: int) -> None:
        step = base.dispatch[opcode]

        def run(self: Any) -> None:
            lost = self.stack[-taken:]
            below = len(self.stack) - taken
            try:
                step(self)
            except Exception:
                gone = _Gone()
                del self.stack[below:]
                self.append(gone)
                for key in [key for key, made in self.memo.items() if made is lost[0]]:
                    self.memo[key] = gone

        Forgiving.dispatch[opcode] = run

    for opcode, taken in ((pickle.REDUCE, 2), (pickle.NEWOBJ, 2), (pickle.NEWOBJ_EX, 3)):
        forgive(opcode[0], taken)
    forgive(pickle.BUILD[0], 2)
    return Forgiving
