"""The picture in words, for those who hear it."""

from __future__ import annotations

from playground.gui.network.captions import path_words
from playground.gui.network.chips import unit_name
from playground.gui.network.columns import Column
from playground.gui.selection import Selection
from playground.language import tr
from playground.nn.model import Sequential


def describe_network(columns: list[Column]) -> str:
    """Return what the network is made of."""
    names = [column.name for column in columns if column.layers]
    if not names:
        return tr("Network without layers")
    text = tr("Network of {0} layers: {1}")
    return text.format(len(names), ", ".join(names))


def describe_selection(model: Sequential, columns: list[Column], selection: Selection) -> str:
    """Return what is selected: the layer, its shape, its parameters, the unit."""
    path = selection.layer
    found = (one for one in columns if (path in one.layers if path else not one.layers))
    column = next(found, None)
    if column is None:
        return ""
    if column.message:
        return f"{column.name}: {column.message}"
    parts = [column.name, column.shape_text, column.params_text]
    if path:
        text = tr("Layer {0} of {1}")
        whole = text.format(path[0] + 1, len(model.layers))
        parts.insert(0, whole if len(path) == 1 else path_words(model, path))
    if selection.unit is not None and selection.unit < column.count:
        parts.append(unit_name(column, selection.unit))
    return ", ".join(part for part in parts if part)
