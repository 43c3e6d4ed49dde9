"""The weights of a layer as pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout

from playground.data.dataset import DataKind
from playground.gui import widgets
from playground.gui.help.subjects import explain
from playground.gui.layers.layer_choice import LayerChoice, unit_name
from playground.gui.look import theme
from playground.gui.network.captions import MINUS, shape_text
from playground.gui.pictures.filter_detail import FilterDetail, FilterText, ScaleLegend
from playground.gui.pictures.mosaic import Mosaic, Pictures
from playground.gui.selection import Selection
from playground.gui.views.base import View
from playground.gui.widgets import GAP, MARGIN, STRETCH, Choice, EmptyState, Switch
from playground.language import mark, tr
from playground.nn.activations import ReLU
from playground.nn.arrays import Array
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.flatten import Flatten
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, line_to, line_weights, walk, weights_at
from playground.training.project import Project
from playground.training.snapshot import Snapshot

MOST = 256
"""Filters shown at once."""
WIDE = 900
"""From this width on there is room for the numbers beside the chosen filter."""
WRITTEN = 25
"""Weights of a filter that are written in numbers, at most: 5 by 5."""
_NORM, _COLOUR = "norm", "colour"


@dataclass(frozen=True, eq=False)
class FilterBank:
    """All kernels of a layer, ``(filters, height, width, channels)``, and their biases if any."""

    kernels: Array
    bias: Array | None
    coloured: bool
    """Whether the channels are red, green and blue."""

    @classmethod
    def of(cls, snapshot: Snapshot, layer: LayerPath) -> FilterBank:
        """Return the filters of a layer named by ``filter_layers``."""
        weights = weights_at(snapshot.model, snapshot.weights, layer)
        kernel, bias = weights["kernel"], weights.get("bias")
        if kernel.ndim == 2:
            kernel = kernel.reshape(*snapshot.input_shape, -1)
        # what learns nothing may pool or drop, but does not mix the colours
        raw = not any(line_weights(snapshot.model, snapshot.weights, layer))
        coloured = raw and kernel.shape[2] == 3 and snapshot.input_shape[-1] == 3
        return cls(np.moveaxis(kernel, -1, 0), bias, coloured)

    def channel(self, key: str) -> Array:
        """Return what to draw, ``(filters, height, width)`` or for colour ``(..., 3)``."""
        if key == _COLOUR:
            return self.kernels
        if key == _NORM:
            norms: Array = np.sqrt(np.square(self.kernels).sum(axis=-1))
            return norms
        return self.kernels[..., int(key)]


def filter_layers(project: Project, images: bool) -> tuple[LayerPath, ...]:
    """Return the layers whose weights are pictures: convolutions, and Dense on the pixels."""
    model = project.model
    return tuple(
        path
        for path, layer in walk(model)
        if isinstance(layer, Conv2D)
        or (images and isinstance(layer, Dense) and _is_on_pixels(model, path))
    )


def _is_on_pixels(model: Sequential, path: LayerPath) -> bool:
    return all(isinstance(one, (Flatten, Dropout)) for one in line_to(model, path).layers)


def value_range(values: Array, key: str) -> tuple[Array, Array]:
    """Return the values at the ends of the colours, of each filter by itself ``(filters,)``."""
    flat = values.reshape(len(values), -1)
    if key == _NORM:
        return flat.min(axis=1), flat.max(axis=1)
    peak = np.abs(flat).max(axis=1)
    return -peak, peak


def paint_values(values: Array, low: Array, high: Array, key: str) -> Pictures:
    """Return the pictures of filters whose colours end at ``low`` and ``high``, ``(filters,)``."""
    each = (-1, *[1] * (values.ndim - 1))
    share = (values - low.reshape(each)) / (high - low + 1e-12).reshape(each)
    if key == _COLOUR:
        return np.rint(share * 255).astype(np.uint8)
    return theme.sequential(share) if key == _NORM else theme.diverging(2 * share - 1)


class FiltersView(View):
    """All filters of a layer, and the chosen one large with its numbers."""

    title: ClassVar[str] = "Filters"
    synonyms: ClassVar[str] = mark("kernels weights images")
    kinds: ClassVar[frozenset[DataKind]] = frozenset({DataKind.IMAGES})

    def __init__(self) -> None:
        super().__init__()
        self._snapshot: Snapshot | None = None
        self._first = 0
        self._selection = Selection()
        self._layer = LayerChoice(tr("Layer whose filters are shown"))
        self._channel = Choice({}, tr("Input channel"))
        self._shared = Switch(tr("One scale"), True)
        self._mosaic = Mosaic(tr("Filters"))
        self._scale = ScaleLegend()
        self._detail = FilterDetail()
        self._scale.setToolTip(tr("The weights that the colours stand for"))
        self._detail.setToolTip(tr("The chosen filter and its weights"))
        for one in (self._channel, self._shared, self._scale):
            explain(one, "filter-scale")
        self._empty = EmptyState("grid", "")
        self._lay_out()
        self._connect()
        self._explain(images=False)
        self._pages.setCurrentWidget(self._empty)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        images = len(snapshot.input_shape) == 3
        self._layer.show_layers(snapshot.model, filter_layers(snapshot.project, images))
        self._layer.set_layer(self._selection.layer)
        layer = self._layer.layer
        self._pages.setCurrentIndex(0 if layer is not None else 1)
        if layer is None:
            self._explain(images)
        else:
            self._draw(snapshot, layer)

    def show_selection(self, selection: Selection) -> None:
        self._selection = selection
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        self._scale.setVisible(wide)
        self._detail.fit(self.height() - 4 - GAP, wide)

    def _lay_out(self) -> None:
        self._channel.setMinimumContentsLength(5)
        self._layer.setMaximumWidth(160)
        self._channel.setMaximumWidth(144)
        self._channel.setToolTip(tr("Input channel whose weights are shown"))
        self._shared.setToolTip(
            tr("On: colours compare between filters. Off: each filter in its full colours.")
        )
        header = widgets.row(
            self._layer, self._channel, self._scale, STRETCH, self._shared, margins=(4, 0, 0, 0)
        )
        page = widgets.boxed(
            widgets.row(
                widgets.column(header, self._mosaic, gap=4),
                self._detail,
                gap=16,
                margins=(MARGIN - 4, 4, MARGIN, GAP),
            )
        )
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)

    def _connect(self) -> None:
        self._layer.layer_chosen.connect(self._choose_layer)
        self._channel.chosen.connect(self._redraw)
        self._shared.toggled.connect(self._redraw)
        self._mosaic.unit_selected.connect(self._choose_unit)
        theme.notifier().changed.connect(self._redraw)

    def _redraw(self) -> None:
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def _draw(self, snapshot: Snapshot, layer: LayerPath) -> None:
        bank = FilterBank.of(snapshot, layer)
        self._offer_channels(bank)
        key = self._channel.choice()
        values = bank.channel(key)
        unit = min(self._unit(layer), len(values) - 1)
        self._first = unit // MOST * MOST
        shown = values[self._first : self._first + MOST]
        low, high = value_range(shown, key)
        if self._shared.isChecked():
            low, high = np.full_like(low, low.min()), np.full_like(high, high.max())
        pictures = paint_values(shown, low, high, key)
        names = [unit_name(snapshot, layer, self._first + i) for i in range(len(shown))]
        self._mosaic.show_pictures(pictures, names)
        self._mosaic.set_current(unit - self._first)
        self._show_scale(float(low.min()), float(high.max()), key)
        text = FilterText(names[unit - self._first], self._figures(bank, unit))
        written = values[unit] if values[unit].size <= WRITTEN else None
        self._detail.show_filter(text, pictures[unit - self._first], written)

    def _figures(self, bank: FilterBank, unit: int) -> tuple[tuple[str, str], ...]:
        kernel = bank.kernels[unit]
        bias = () if bank.bias is None else ((tr("bias"), _places(float(bank.bias[unit]))),)
        return (
            *bias,
            (tr("norm"), _places(float(np.sqrt(np.square(kernel).sum())))),
            (tr("least"), _places(float(kernel.min()))),
            (tr("most"), _places(float(kernel.max()))),
            (tr("weights"), shape_text(kernel.shape)),
        )

    def _show_scale(self, low: float, high: float, key: str) -> None:
        if self._shared.isChecked():
            ends = _places(low), _places(high)
        else:
            ends = tr("least"), tr("most")
        self._scale.show_scale(*ends, signed=key != _NORM)

    def _offer_channels(self, bank: FilterBank) -> None:
        count = bank.kernels.shape[-1]
        keys = [_COLOUR] if bank.coloured else []
        keys += [str(channel) for channel in range(count)]
        keys += [_NORM] if count > 1 else []
        if keys != [self._channel.itemData(i) for i in range(self._channel.count())]:
            self._channel.clear()
            for key in keys:
                self._channel.addItem(self._channel_name(key), key)
        self._channel.setVisible(count > 1)

    def _channel_name(self, key: str) -> str:
        if key == _COLOUR:
            return tr("In colour")
        if key == _NORM:
            return tr("All channels")
        return tr("Channel {0}").format(int(key) + 1)

    def _unit(self, layer: LayerPath) -> int:
        """Return the unit to show large."""
        selected = self._selection
        return selected.unit or 0 if selected.layer == layer else 0

    def _choose_layer(self, layer: Any) -> None:
        self._select(replace(self._selection, layer=layer, unit=None))

    def _choose_unit(self, index: int) -> None:
        unit = self._first + index
        self._select(replace(self._selection, layer=self._layer.layer, unit=unit))

    def _select(self, selection: Selection) -> None:
        self.show_selection(selection)
        self.selected.emit(selection)

    def _explain(self, images: bool) -> None:
        if images:
            sentence = tr("Filters appear when the network has a Conv2D layer.")
            self._empty.show_text(sentence, tr("Add a Conv2D layer"), self._add_one)
        else:
            self._empty.show_text(
                tr("Filters appear when the data are images and the network has a Conv2D layer."),
                tr("Show digits"),
                partial(self.asked.emit, "data.MnistDigits"),
            )

    def _add_one(self) -> None:
        if self._snapshot is not None:
            self.edited.emit({"model": beginning_with_filters(self._snapshot.model)})


def beginning_with_filters(model: Sequential) -> Sequential:
    """Return a network for images with a convolution in front."""
    return Sequential((Conv2D(filters=8, activation=ReLU()), *model.layers))


def _places(value: float) -> str:
    """Return a weight with three places."""
    return f"{value:.3f}".replace("-", MINUS)
