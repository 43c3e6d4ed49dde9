"""The start page: one click and something is learning."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from playground.gui import theme, welcome_pictures
from playground.gui.cards import Card, Start
from playground.gui.status_strip import StatusStrip
from playground.gui.widgets import GAP, STRETCH, boxed, button, column, label, row
from playground.language import tr

COLUMNS = 3
_RECENT = 4


class WelcomePage(QWidget):
    """Large cards to start from, recent projects, and what else can be opened."""

    preset_chosen = Signal(str)
    draw_requested = Signal()
    open_csv_requested = Signal()
    open_images_requested = Signal()
    open_project_requested = Signal()
    samples_requested = Signal()
    recent_chosen = Signal(Path)
    cancel_requested = Signal()
    """Of the loading that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Start page"))
        self._cards = [Card(start, COLUMNS) for start in self._starts()]
        self._recent = row()
        more = [self._more(preset, title) for preset, title in self._networks()]
        self._more_part = row(label(tr("More networks"), weight=600), *more)
        self._recent_part = boxed(row(label(tr("Recent"), weight=600), self._recent))
        self._strip = StatusStrip()
        self._strip.hide()
        self._strip.cancel_requested.connect(self.cancel_requested)
        for i, card in enumerate(self._cards):
            card.clicked.connect(partial(self._choose, card.start.preset))
            card.moved.connect(partial(self._move_focus, i))
        self._lay_out()
        self.show_recent([])

    def card(self, preset: str) -> Card:
        """Return the card of a preset; that of the user's own data for an empty name."""
        return next(card for card in self._cards if card.start.preset == preset)

    def show_recent(self, paths: list[Path]) -> None:
        """Offer projects that were saved lately, the newest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()  # not now: its click may be what is handled
        for path in paths[:_RECENT]:
            name = path.stem if len(path.stem) <= 28 else path.stem[:27] + "\u2026"
            entry = button(name, "file-outline", "flat", str(path))
            entry.clicked.connect(partial(self._choose_recent, path))
            self._recent.addWidget(entry)
        self._recent_part.setVisible(bool(paths))

    def show_loading(self, title: str, share: float) -> None:
        """Say how much of the data is there, until ``end_loading``."""
        self._strip.show_loading(title, share)
        self._strip.show()

    def end_loading(self) -> None:
        """Forget the loading."""
        self._strip.end_loading()
        self._strip.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._cards[0].setFocus(Qt.FocusReason.OtherFocusReason)  # Enter begins at once

    def _networks(self) -> list[tuple[str, str]]:
        """Return the presets that have no card: what they show is best seen beside the others."""
        return [
            ("digits-inception", tr("Inception block")),
            ("digits-residual", tr("Residual blocks")),
            ("digits-two-outputs", tr("Two outputs")),
            ("digits-cnn-augmented", tr("Augmentation")),
        ]

    def _more(self, preset: str, title: str) -> QPushButton:
        entry = button(title, "source-branch", "flat", tr("Digits: {0}").format(title))
        entry.clicked.connect(partial(self.preset_chosen.emit, preset))
        return entry

    def _starts(self) -> list[Start]:
        pictures = welcome_pictures
        return [
            Start(
                "digits-cnn",
                tr("Digits with a CNN"),
                tr("See filters and feature maps form on real handwriting."),
                tr("10,000 images · 2 convolutions"),
                pictures.convolution,
            ),
            Start(
                "digits-mlp",
                tr("Digits with an MLP"),
                tr("Every pixel to every neuron: quick, and surprisingly good."),
                tr("10,000 images · 784–128–10 network"),
                pictures.dense_network,
            ),
            Start(
                "spiral",
                tr("Spiral"),
                tr("Watch a few neurons bend a boundary round."),
                tr("400 points · 2–8–8–1 network"),
                pictures.spiral,
            ),
            Start(
                "iris",
                tr("Iris"),
                tr("Tell three flowers apart from four measurements."),
                tr("150 rows · 4–8–3 network"),
                pictures.iris,
            ),
            Start(
                "circle-logistic",
                tr("One neuron"),
                tr("It draws one straight line. Is that enough for a circle?"),
                tr("400 points · 2–1 network"),
                pictures.one_neuron,
            ),
            Start(
                "",
                tr("Your own data"),
                tr("Open a CSV file and pick the column to predict."),
                tr("Types and missing values found for you"),
                pictures.table,
            ),
        ]

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(24)
        for i, card in enumerate(self._cards):
            grid.addWidget(card, i // COLUMNS, i % COLUMNS)
        images = button(
            tr("Open images..."),
            "image-multiple-outline",
            "",
            tr("MNIST and its kin, CIFAR-10, or a folder of pictures for each class"),
        )
        project = button(tr("Open project..."), "folder-open-outline")
        more = button(tr("Samples..."), "view-grid-outline", "", tr("All the data in the box"))
        draw = button(
            tr("Draw points..."),
            "pencil-plus-outline",
            "",
            tr("Put points of two classes or more into an empty plane"),
        )
        draw.clicked.connect(self.draw_requested)
        more.clicked.connect(self.samples_requested)
        images.clicked.connect(self.open_images_requested)
        project.clicked.connect(self.open_project_requested)
        hint = label(
            tr("Or drop a table, images or a project anywhere"),
            colour="muted",
        )
        foot = row(self._recent_part, STRETCH, hint, GAP, draw, more, images, project)
        heading = label(tr("What shall the network learn?"), theme.DISPLAY, 600)
        head = row(heading, STRETCH, self._more_part)
        page = column(head, grid, foot, gap=16, margins=(48, 16, 48, 16))
        page.setStretch(1, 1)
        self.setLayout(column(boxed(page, "canvas"), self._strip, gap=0))

    def _choose(self, preset: str) -> None:
        if preset:
            self.preset_chosen.emit(preset)
        else:
            self.open_csv_requested.emit()

    def _choose_recent(self, path: Path) -> None:
        self.recent_chosen.emit(path)

    def _move_focus(self, at: int, step: int) -> None:
        if 0 <= at + step < len(self._cards):
            self._cards[at + step].setFocus(Qt.FocusReason.TabFocusReason)
