"""Values of settings as people read them, and as they are written in a Keras script."""

from __future__ import annotations

import re
from typing import Any

from playground.component import Component, title
from playground.language import grouped, tr
from playground.nn.regularizers import NoRegularizer

_KERAS_NAMES = {"Re_LU": "relu", "Si_LU": "silu", "Leaky_Re_LU": "leaky_relu"}


def shown(value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Component):
        return title(type(value))
    if isinstance(value, tuple):
        return ", ".join(shown(one) for one in value)
    return grouped(value) if isinstance(value, int) else str(value)


def keras(value: Any) -> str:
    """Return a value as it is written in a Keras script."""
    if value == NoRegularizer():
        return "None"
    if isinstance(value, Component):
        words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", type(value).__name__)
        return f'"{_KERAS_NAMES.get(words, words).lower()}"'
    return f'"{value}"' if isinstance(value, str) else f"{value!r}"
