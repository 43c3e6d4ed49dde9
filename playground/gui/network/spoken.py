"""The picture in words, for those who hear it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.gui.network.chips import unit_name
from playground.gui.network.columns import Column
from playground.gui.selection import Selection


def describe_network(columns: list[Column]) -> str:
    """Return what the network is made of."""
    names = ", ".join(column.name for column in columns[1:])
    if not names:
        return QCoreApplication.translate("network", "Network without layers")
    text = QCoreApplication.translate("network", "Network of {0} layers: {1}")
    return text.format(len(columns) - 1, names)


def describe_selection(columns: list[Column], selection: Selection) -> str:
    """Return what is selected: the layer, its shape, its parameters, the unit."""
    place = 0 if selection.layer is None else selection.layer + 1
    if place >= len(columns):
        return ""
    column = columns[place]
    if column.message:
        return f"{column.name}: {column.message}"
    parts = [column.name, column.shape_text, column.params_text]
    if place:
        text = QCoreApplication.translate("network", "Layer {0} of {1}")
        parts.insert(0, text.format(place, len(columns) - 1))
    if selection.unit is not None and selection.unit < column.count:
        parts.append(unit_name(column, selection.unit))
    return ", ".join(part for part in parts if part)
