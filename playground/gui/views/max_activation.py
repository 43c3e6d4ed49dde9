"""The image that each filter or neuron answers to most."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QStackedLayout

from playground.data.dataset import DataKind
from playground.gui import widgets
from playground.gui.focus_order import step_focus
from playground.gui.forms.form import ComponentForm
from playground.gui.help.subjects import explain
from playground.gui.layers.layer_choice import LayerChoice, unit_name
from playground.gui.look import theme
from playground.gui.network.captions import number
from playground.gui.pictures.mosaic import Mosaic, Pictures
from playground.gui.pictures.response_bars import Comparison, ResponseBars
from playground.gui.selection import Selection
from playground.gui.views.base import ProbeView
from playground.gui.views.filters import beginning_with_filters
from playground.gui.widgets import GAP, MARGIN, STRETCH, EmptyState, Popup, Switch
from playground.language import grouped, mark, tr
from playground.nn.arrays import Array
from playground.nn.layers.conv2d import Conv2D
from playground.nn.paths import LayerPath, layer_at, path_text, walk
from playground.probes import Probe
from playground.probes.activations import shown_examples
from playground.probes.max_activation import MaxActivation, MaxActivationResult, unit_count
from playground.probes.runner import ProbeFailure
from playground.training.snapshot import Snapshot

WIDE = 900
"""From this width on there is room for the bars beside the pictures."""
MOST = 256
"""Images shown at once."""
_CHOSEN_BY_THE_VIEW = ("layer", "first", "count")


class MaxActivationView(ProbeView):
    """The maximal images of a layer, and the chosen one beside the best real image.

    While training it is found anew again and again, and a new set of images replaces the old one
    when it is finished.
    """

    title: ClassVar[str] = "Max activation"
    synonyms: ClassVar[str] = mark("maximal images activation maximisation dream")
    kinds: ClassVar[frozenset[DataKind]] = frozenset({DataKind.IMAGES})

    def __init__(self) -> None:
        super().__init__()
        self._probe = MaxActivation(count=MOST)
        self._selection = Selection()
        self._snapshot: Snapshot | None = None
        self._shown: tuple[Snapshot, MaxActivationResult] | None = None
        self._watching = True  # the climb itself, not only its end
        self._layer = LayerChoice(tr("Layer whose maximal images are shown"))
        self._progress = widgets.label("", theme.SMALL, colour="muted")
        self._live = Switch(tr("Live"), True)
        self._again = widgets.button("", "refresh", "flat", tr("Find them again, from other noise"))
        self._settings = widgets.button("", "tune", "flat", tr("Settings of the climb"))
        self._mosaic = Mosaic(tr("Maximal images"))
        self._bars = ResponseBars()
        self._empty = EmptyState("image-search-outline", "")
        self._form = ComponentForm(Probe, self._probe, choose=False)
        self._popup = Popup(self, tr("Settings of the climb"))
        for widget, topic in (
            (self._live, "max-live"),
            (self._again, "max-live"),
            (self._settings, "Probe/MaxActivation"),
        ):
            explain(widget, topic)
        self._lay_out()
        self._connect()
        self._explain(images=False)
        self._pages.setCurrentWidget(self._empty)

    def probe(self, snapshot: Snapshot) -> Probe | None:
        asking = self._live.isChecked() or self._watching
        return self._question(snapshot) if asking else None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._offer_layers(snapshot)
        self._pages.setCurrentIndex(0 if self._layer.layers else 1)
        self._explain(images=len(snapshot.input_shape) == 3)

    def _explain(self, *, images: bool) -> None:
        if images:
            self._empty.show_text(
                tr("Maximal images appear when the network has a Conv2D or Dense layer."),
                tr("Add a Conv2D layer"),
                self._add_one,
            )
        else:
            self._empty.show_text(
                tr("Maximal images appear when the data are images."),
                tr("Show digits"),
                partial(self.asked.emit, "data.MnistDigits"),
            )

    def _add_one(self) -> None:
        if self._snapshot is not None:
            self.edited.emit({"model": beginning_with_filters(self._snapshot.model)})

    def show_result(self, snapshot: Snapshot, result: MaxActivationResult | ProbeFailure) -> None:
        if isinstance(result, ProbeFailure):
            self._progress.setText(result.message)
        elif result.probe == self._question(snapshot):  # not of a layer left meanwhile
            self._show_progress(snapshot, result)
            another = self._shown is None or self._shown[0].run_id != snapshot.run_id
            if result.finished or self._watching or another:
                self._shown = snapshot, result
                self._draw(snapshot, result)
            self._watching = self._watching and not result.finished

    def show_selection(self, selection: Selection) -> None:
        before = self._layer.layer
        self._selection = selection
        self._layer.set_layer(selection.layer)
        self._watching = self._watching or self._layer.layer != before
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bars.fit(self.height() - 4 - GAP, self.width() >= WIDE)

    def _lay_out(self) -> None:
        self._layer.setMaximumWidth(160)
        self._live.setToolTip(tr("On: follow the training. Off: keep these images."))
        header = widgets.row(
            self._layer,
            self._progress,
            STRETCH,
            self._again,
            self._settings,
            self._live,
            margins=(4, 0, 0, 0),
        )
        page = widgets.boxed(
            widgets.row(
                widgets.column(header, self._mosaic, gap=4),
                self._bars,
                gap=16,
                margins=(MARGIN - 4, 4, MARGIN, GAP),
            )
        )
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
        self._popup.setFixedWidth(320)
        self._popup.setLayout(widgets.column(self._form, margins=(MARGIN,) * 4))
        rows = self._form.layout()
        assert isinstance(rows, QFormLayout)
        for name in _CHOSEN_BY_THE_VIEW:
            rows.setRowVisible(self._form.editor(name), False)

    def _connect(self) -> None:
        self._layer.layer_chosen.connect(self._choose_layer)
        self._mosaic.unit_selected.connect(self._choose_unit)
        self._form.changed.connect(self._set_probe)
        self._again.clicked.connect(self._find_again)
        self._settings.clicked.connect(self._open_settings)
        theme.notifier().changed.connect(self._redraw)

    def _offer_layers(self, snapshot: Snapshot) -> None:
        images = len(snapshot.input_shape) == 3
        layers = walk(snapshot.model)
        self._layer.show_layers(
            snapshot.model, [path for path, layer in layers if images and unit_count(layer)]
        )
        self._layer.set_layer(self._selection.layer)

    def _question(self, snapshot: Snapshot) -> MaxActivation | None:
        """Return what to ask of a snapshot, live or not."""
        self._offer_layers(snapshot)
        layer = self._layer.layer
        if layer is None:
            return None
        first = self._unit(layer) // MOST * MOST
        return replace(self._probe, layer=path_text(layer), first=first)

    def _unit(self, layer: LayerPath) -> int:
        """Return the unit to show large."""
        selected = self._selection
        return selected.unit or 0 if selected.layer == layer else 0

    def _show_progress(self, snapshot: Snapshot, result: MaxActivationResult) -> None:
        count = unit_count(layer_at(snapshot.model, result.probe.path))
        if not result.finished:
            text = tr("step {0} of {1}").format(result.step, result.steps)
        elif len(result.images) < count:
            text = tr("{0} of {1} shown").format(len(result.images), grouped(count))
        else:
            text = ""
        self._progress.setText(text)

    def _redraw(self) -> None:
        if self._shown is not None and self._shown[1].probe.path == self._layer.layer:
            self._draw(*self._shown)

    def _draw(self, snapshot: Snapshot, result: MaxActivationResult) -> None:
        layer, first = result.probe.path, result.probe.first
        names = [unit_name(snapshot, layer, first + i) for i in range(len(result.images))]
        captions = [
            f"{name}  {number(response)}"
            for name, response in zip(names, result.responses.tolist(), strict=True)
        ]
        pictures = image_pixels(result.images)
        at = min(max(self._unit(layer) - first, 0), len(names) - 1)
        self._mosaic.show_pictures(pictures, captions, smooth=True)
        self._mosaic.set_current(at)
        examples = shown_examples(snapshot.dataset).x
        self._bars.setVisible(len(examples) > 0)
        if not len(examples):
            return  # images still to be drawn: there is no best one
        real = examples[result.best_real_index[at]]
        self._bars.show_comparison(
            Comparison(
                title=names[at],
                note=self._meaning(snapshot, layer),
                pictures=(pictures[at], image_pixels(real[None])[0]),
                names=(tr("maximal"), tr("best real"), tr("noise")),
                responses=(
                    float(result.responses[at]),
                    float(result.best_real_responses[at]),
                    float(result.noise_responses[at]),
                ),
            )
        )

    def _meaning(self, snapshot: Snapshot, layer: LayerPath) -> str:
        if isinstance(layer_at(snapshot.model, layer), Conv2D):
            return tr("Response: the mean of the feature map after ReLU")
        return tr("Response: the neuron's sum before its activation function")

    def _choose_layer(self, layer: Any) -> None:
        self._select(replace(self._selection, layer=layer, unit=None))

    def _choose_unit(self, index: int) -> None:
        if self._shown is not None:
            probe = self._shown[1].probe
            self._select(replace(self._selection, layer=probe.path, unit=probe.first + index))

    def _select(self, selection: Selection) -> None:
        self._watching = self._watching or selection.layer != self._selection.layer
        self.show_selection(selection)
        self.selected.emit(selection)

    def _set_probe(self, probe: Any) -> None:
        self._probe = probe
        self._watching = True

    def _find_again(self) -> None:
        self._set_probe(replace(self._probe, seed=(self._probe.seed + 1) % 2**31))
        self._form.show_component(self._probe)

    def _open_settings(self) -> None:
        """Show the form below its button, or above it where there is no room."""
        size, screen = self._popup.sizeHint(), self.screen().availableGeometry()
        corner = self._settings.mapToGlobal(self._settings.rect().bottomRight())
        left = max(corner.x() - self._popup.width(), screen.left())
        top = corner.y() + 4
        if top + size.height() > screen.bottom():
            top = max(corner.y() - self._settings.height() - size.height() - 4, screen.top())
        self._popup.move(left, top)
        self._popup.show()
        step_focus(self._popup, forward=True)


def image_pixels(images: Array) -> Pictures:
    """Return the pixels of grey or colour images between 0 and 1, ``(n, h, w, channels)``."""
    if images.shape[-1] == 3:
        return np.rint(np.clip(images, 0, 1) * 255).astype(np.uint8)
    return theme.ink(images.mean(axis=-1))
