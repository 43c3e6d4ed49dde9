"""An image of the user's own hand: what the network makes of it, and more to learn from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout

from playground.data.dataset import DataKind, Dataset, Floats
from playground.data.images.drawing import Drawing
from playground.data.images.ink import InkRule, mnist_image
from playground.data.sources.image_source import ImageSource
from playground.data.sources.my_drawings import MyDrawings
from playground.errors import ConfigError
from playground.gui import widgets
from playground.gui.charts.scales import percent
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.pictures.answer_bars import AnswerBars
from playground.gui.plane.draw_canvas import PEN, THICKEST, THINNEST, DrawCanvas
from playground.gui.views.base import ProbeView
from playground.gui.widgets import GAP, STRETCH
from playground.language import mark, tr
from playground.probes.recognition import Answer, Recognition
from playground.probes.runner import ProbeFailure
from playground.training.project import Project
from playground.training.snapshot import Snapshot

_SMALLEST, _LARGEST = 96, 336
_TOOLS, _ADDING = 152, 184
"""Widths of the columns beside the canvas and at the right."""
_HEADING = 24
_LOWEST = 184
"""Height that the tools need."""


class DrawView(ProbeView):
    """A canvas, the drawing as the network gets it, its answer, and a button to learn from it."""

    title = "Draw"
    synonyms = mark("digit paint handwriting")
    kinds = frozenset({DataKind.IMAGES})

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._source: ImageSource | None = None
        self._rule = InkRule()
        self._image: Floats = np.zeros(self._rule.size, np.float32)
        self._question: Recognition | None = None
        self._make_parts()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(widgets.boxed(self._columns()))
        self._pages.addWidget(self._empty)
        self._pages.setCurrentWidget(self._empty)
        self._connect()

    def probe(self, snapshot: Snapshot) -> Recognition | None:
        return self._question if snapshot.dataset is self._dataset else None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        dataset = snapshot.dataset
        if dataset is self._dataset:
            return
        old, self._dataset = self._dataset, dataset
        drawable = dataset.is_classification and dataset.input_shape[2:] == (1,)
        self._pages.setCurrentIndex(0 if drawable else 1)
        if not drawable:
            self._question = None
        else:
            if old is None or old.classes != dataset.classes:
                self._show_classes(dataset)
            self._rule = InkRule.of(dataset.train.x)
            self._size.setText(self._size_text())
            self._redraw()

    def show_result(self, snapshot: Snapshot, result: Answer | ProbeFailure) -> None:
        if isinstance(result, ProbeFailure) or result.probe != self._question:
            return
        assert self._dataset is not None
        best = int(result.shares.argmax())
        name, share = self._dataset.classes[best], percent(float(result.shares[best]))
        self._verdict.setText(tr("Taken for {0}, {1}").format(name, share))
        self._bars.show_answer(result.shares)

    def show_project(self, project: Project) -> None:
        source = project.source
        self._source = source if isinstance(source, ImageSource) else None
        drawn = self._source.drawn if self._source else ()
        alone = isinstance(self._source, MyDrawings)
        words = tr("{0} of your drawings among the training images").format(len(drawn))
        self._count.setText(words if drawn and not alone else "")
        self._alone.setVisible(not alone and len({one.label for one in drawn}) > 1)
        self._class.setEditable(alone)
        self._class.setToolTip(
            tr("Type another name for a new class") if alone else tr("Its class")
        )
        self._enable()

    def minimumSizeHint(self) -> QSize:
        # not what its parts have at the moment: the dock could only grow
        least = QSize(_SMALLEST + 2 * _TOOLS + 2 * _ADDING, _LOWEST)
        return least * theme.notifier().scale

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 2 * GAP
        side = min(max(side, _SMALLEST), _LARGEST, max(_SMALLEST, self.width() // 4))
        self._canvas.setFixedSize(side, side)
        small = (side - _HEADING) // 28 * 28  # whole pixels of the screen for those of MNIST
        self._preview.setFixedSize(small, small)

    # Making

    def _make_parts(self) -> None:
        self._canvas = DrawCanvas(tr("Canvas"), tr("Draw here, with the mouse, a pen or a finger"))
        tips = {"pen": tr("Draw on the canvas"), "eraser": tr("Rub out what is drawn")}
        names = {"pen": tr("Pen"), "eraser": tr("Eraser")}
        self._tool = widgets.Segments(names, tr("Tool"), tips=tips)
        self._tool.set_choice("pen")
        self._width = widgets.EvenSlider(THINNEST, THICKEST, tr("Width of the pen"))
        self._width.set_value(PEN)
        self._width.set_tip(tr("How wide the pen and the eraser are"))
        self._undo = widgets.button(tr("Undo stroke"), "undo", tip=tr("Backspace"))
        self._clear = widgets.button(tr("Clear"), "trash-can-outline", tip=tr("Delete"))
        self._preview = widgets.Painted(
            self._paint_image, 112, tr("The drawing as the network gets it")
        )
        self._preview.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._size = widgets.label("", theme.SMALL, colour="muted", elide=True)
        self._verdict = widgets.label("", theme.BODY, 600, elide=True)
        self._bars = AnswerBars(tr("The network's answer"))
        self._bars.setToolTip(tr("How probable the network thinks each class"))
        self._class = widgets.Choice({}, tr("The class of the drawing"))
        self._add = widgets.button(tr("Add to training"), "plus")
        self._add.setToolTip(tr("Put the drawing among the training images, with its class"))
        self._alone = widgets.button(tr("Train on these alone"), kind="flat")
        self._alone.setToolTip(tr("Your drawings become a set of their own"))
        self._alone.hide()
        self._count = widgets.label("", theme.SMALL, colour="muted", wrap=True)
        canvas = (self._canvas, self._tool, self._width, self._undo, self._clear, self._preview)
        for topic, parts in (
            ("draw-canvas", canvas),
            ("drawing-add", (self._class, self._add, self._alone)),
        ):
            for part in parts:
                explain(part, topic)
        explain(self._bars, "output")
        self._empty = widgets.EmptyState("draw", "")
        self._empty.show_text(
            tr(
                "Draw here with data that are grey images of classes, such as digits: the network "
                "says what it takes your drawing for."
            ),
            tr("Show digits"),
            partial(self.asked.emit, "data.MnistDigits"),
        )

    def _columns(self) -> QVBoxLayout:
        tools = widgets.column(
            self._tool,
            widgets.column(
                widgets.label(tr("Width"), theme.SMALL, colour="muted"), self._width, gap=0
            ),
            self._undo,
            self._clear,
            STRETCH,
        )
        seen = widgets.column(self._size, self._preview, STRETCH, gap=4)
        answer = widgets.column(self._verdict, self._bars, gap=4)
        answer.setStretch(1, 1)
        adding = widgets.column(
            widgets.label(tr("Learn from it"), theme.BODY, 600),
            self._class,
            self._add,
            self._count,
            self._alone,
            STRETCH,
        )
        tools_box, adding_box = widgets.boxed(tools), widgets.boxed(adding)
        tools_box.setFixedWidth(theme.px(_TOOLS))
        adding_box.setFixedWidth(theme.px(_ADDING))
        line = widgets.row(self._canvas, tools_box, seen, answer, adding_box, gap=16)
        line.setAlignment(self._canvas, Qt.AlignmentFlag.AlignTop)
        line.setStretch(3, 1)
        return widgets.column(line, margins=(16, GAP, 16, GAP))

    def _connect(self) -> None:
        self._canvas.changed.connect(self._redraw)
        self._tool.chosen.connect(self._take_tool)
        self._width.value_changed.connect(self._take_width)
        self._undo.clicked.connect(self._canvas.undo)
        self._clear.clicked.connect(self._canvas.clear)
        self._add.clicked.connect(self._add_to_training)
        self._alone.clicked.connect(self._train_alone)

    # Showing

    def _show_classes(self, dataset: Dataset) -> None:
        self._bars.show_names(dataset.classes)
        chosen = self._class.currentText()
        self._class.clear()
        for name in dataset.classes:
            self._class.addItem(name, name)
        self._class.setCurrentIndex(max(0, self._class.findData(chosen)))

    def _size_text(self) -> str:
        height, width = self._rule.size
        return tr("{0} × {1}, as the network gets it").format(height, width)

    def _redraw(self) -> None:
        """Make the image of what has been drawn, and the question to the network."""
        empty = self._canvas.is_empty
        ink = self._canvas.ink()
        self._image = mnist_image(ink, self._rule)
        self._question = Recognition(Drawing.of(self._image)) if ink.any() else None
        if self._question is None:
            self._verdict.setText(tr("The network's answer"))
            self._bars.show_answer(None)
        self._undo.setEnabled(not empty)
        self._clear.setEnabled(not empty)
        self._preview.update()
        self._enable()

    def _enable(self) -> None:
        self._add.setEnabled(self._source is not None and self._question is not None)

    def _paint_image(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        height, width = self._image.shape
        unit = min(box.width() / width, box.height() / height)
        place = QRectF(box.left(), box.top(), unit * width, unit * height)
        painter.drawImage(place, theme.to_image(theme.ink(self._image)))

    # Acting

    def _take_tool(self, key: str) -> None:
        self._canvas.erases = key == "eraser"

    def _take_width(self, width: float) -> None:
        self._canvas.pen_width = width
        self._canvas.update()

    def _add_to_training(self) -> None:
        assert self._source is not None
        name = self._class.currentText().strip()
        drawing = Drawing.of(self._image, name)
        try:
            source = replace(self._named(self._source, name), drawn=(*self._source.drawn, drawing))
        except ConfigError as error:
            self._count.setText(str(error))
            return
        self.edited.emit({"source": source})
        self._canvas.clear()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _named(source: ImageSource, name: str) -> ImageSource:
        """Return the source with a class of this name, if it may have any."""
        if not isinstance(source, MyDrawings) or name in source.names:
            return source
        return replace(source, names=(*source.names, name))

    def _train_alone(self) -> None:
        assert self._source is not None
        self.edited.emit({"source": MyDrawings.begun_from(self._source.drawn)})
