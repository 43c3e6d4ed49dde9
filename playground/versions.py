"""Which versions of what this program is made of, for people who report or compare something."""

from __future__ import annotations

import platform

import playground
from playground.language import tr, tr_n

_PACKAGES = (
    "PySide6-Essentials",
    "numpy",
    "pandas",
    "pillow",
    "pyqtgraph",
    "qtawesome",
    "safetensors",
    "superqt",
    "threadpoolctl",
)
Row = tuple[str, str]


def versions() -> list[Row]:
    """Return the app, Python, the libraries and what computes the matrix products."""
    return [
        ("Neural Playground", playground.__version__),
        ("Python", tr("{0} on {1}").format(platform.python_version(), platform.platform())),
        *((name, _version(name)) for name in _PACKAGES),
        *_products(),
    ]


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # the start needs none of it

    try:
        return version(package)
    except PackageNotFoundError:
        return tr("unknown")  # a bundle may leave the packages' own descriptions out


def _products() -> list[Row]:
    """Return the libraries for matrix products that are in memory by now."""
    from threadpoolctl import threadpool_info

    return [
        (
            library["internal_api"],
            tr_n("{0}, {1} thread", "{0}, {1} threads", count).format(library["version"], count),
        )
        for library in threadpool_info()
        for count in [library["num_threads"]]
    ]
