"""Where the files that ship with the app are: source tree, installed wheel or frozen bundle."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (
    Path(getattr(sys, "_MEIPASS", _PACKAGE)) / "resources",  # bundle, wheel
    _PACKAGE.parent / "resources",  # source tree
)


def resource_path(*parts: str) -> Path:
    """Return the path of a file or folder below ``resources/``, e.g. ``("icons", "app.png")``."""
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(("resources", *parts)))
