"""The sound library: miniaudio, without what it would import for uses that psoas does not make of it.

It can play radio, for which it imports all of the web, 10 MiB; and it takes arrays of numpy, 67 MiB where that is
installed. Neither is as much as mentioned in what psoas calls.
"""

import builtins
import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import Lock
from typing import TYPE_CHECKING, Any

from psoas_cli.errors import PsoasError
from psoas_cli.resources import COMPLETE_IT

if TYPE_CHECKING:
    import miniaudio  # noqa: F401 - what makes one file of psoas looks for imports

_NAME = "miniaudio"
_MISSING = "numpy"  # it takes no for an answer
_PACKAGE_ALONE = {"urllib.request": "urllib"}  # it does not, and is content with a package that has no such module

_lock = Lock()


def sound_library() -> Any:  # noqa: ANN401 - miniaudio has no types
    """The module `miniaudio`, imported at the first call.

    Raises:
        PsoasError: It is not installed, or broken.
    """
    with _lock:
        try:
            return sys.modules.get(_NAME) or _imported()
        except Exception as error:
            said = f"the sound library {_NAME} cannot be used: {error}"
            raise PsoasError(said, COMPLETE_IT, exit_code=1) from error


def _imported() -> Any:  # noqa: ANN401 - miniaudio has no types
    """Import it with an `__import__` of its own; what other threads import meanwhile is as it always is."""
    spec = find_spec(_NAME)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {_NAME!r}", name=_NAME)
    module = module_from_spec(spec)
    vars(module)["__builtins__"] = {**vars(builtins), "__import__": _import}
    sys.modules[_NAME] = module
    try:
        spec.loader.exec_module(module)
    except (AttributeError, ImportError):  # another version of it may need what this one only mentions
        del sys.modules[_NAME]
        return import_module(_NAME)
    except BaseException:
        del sys.modules[_NAME]  # it is half made
        raise
    return module


def _import(name: str, *where: Any) -> Any:  # noqa: ANN401 - the signature of `__import__`
    if name == _MISSING:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return __import__(_PACKAGE_ALONE.get(name, name), *where)
