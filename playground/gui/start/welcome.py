"""The start page: one click and something is learning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QMenu, QPushButton, QWidget

from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.start.cards import Card
from playground.gui.start.gallery_button import GalleryButton
from playground.gui.start.recent import Recent
from playground.gui.start.recent_card import RecentCard
from playground.gui.start.starts import CSV, DRAW, more_networks, starts
from playground.gui.status.status_strip import StatusStrip
from playground.gui.widgets import MARGIN, STRETCH, boxed, button, column, label, row
from playground.language import tr

COLUMNS = 4
_SIDE = 32


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
        self._cards = [Card(start, COLUMNS) for start in starts()]
        self._recent: list[RecentCard] = []
        self._empty_places = [QWidget() for _ in range(COLUMNS)]
        self._recent_grid = _grid()
        heading = label(tr("Go on with"), theme.BODY, 600)
        self._recent_part = boxed(column(heading, self._recent_grid))
        self._strip = StatusStrip()
        self._strip.hide()
        self._strip.cancel_requested.connect(self.cancel_requested)
        for i, card in enumerate(self._cards):
            card.setToolTip(card.start.text)  # which is not shown where there is no room
            card.clicked.connect(partial(self._choose, card.start.preset))
            card.moved.connect(partial(self._move_focus, i))
        explain(self, "welcome")
        self._lay_out()
        self.show_recent([])

    def card(self, name: str) -> Card:
        """Return the card of a preset; ``CSV`` and ``DRAW`` are those of the user's own data."""
        return next(card for card in self._cards if card.start.preset == name)

    def show_recent(self, projects: Sequence[Recent]) -> None:
        """Offer projects that were opened or saved lately, the newest first."""
        for old in self._recent:
            self._recent_grid.removeWidget(old)
            old.hide()
            old.deleteLater()  # not now: its click may be what is handled
        now = datetime.now().astimezone()
        self._recent = [RecentCard(project, now, COLUMNS) for project in projects[:COLUMNS]]
        for i, card in enumerate(self._recent):
            card.clicked.connect(partial(self._choose_recent, card.recent.path))
            card.moved.connect(partial(self._move_focus, len(self._cards) + i))
            self._recent_grid.addWidget(card, 0, i)
        for i, place in enumerate(self._empty_places):  # or the columns would be wider than cards
            self._recent_grid.removeWidget(place)
            if i >= len(self._recent):
                self._recent_grid.addWidget(place, 0, i)
        self._recent_part.setVisible(bool(projects))

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

    def _lay_out(self) -> None:
        grid = _grid()
        for i, card in enumerate(self._cards):
            grid.addWidget(card, i // COLUMNS, i % COLUMNS)
        heading = label(tr("What shall the network learn?"), theme.DISPLAY, 600)
        page = column(
            row(heading, STRETCH, self._more()),
            grid,
            self._recent_part,
            self._foot(),
            gap=MARGIN,
            margins=(_SIDE, MARGIN, _SIDE, MARGIN),
        )
        page.setStretch(1, 1)
        self.setLayout(column(boxed(page, "canvas"), self._strip, gap=0))

    def _more(self) -> QPushButton:
        """Return what opens the list of presets that have no card."""
        result = button(tr("More networks"), "source-branch", "", tr("More networks for digits"))
        menu = QMenu(result)
        for preset, title in more_networks():
            menu.addAction(title, partial(self.preset_chosen.emit, preset))
        result.setMenu(menu)
        return result

    def _foot(self) -> QLayout:
        tip = tr("MNIST and its kin, CIFAR-10, or a folder of pictures for each class")
        samples = button(tr("Samples..."), "shape-outline", "", tr("All the data in the box"))
        images = button(tr("Open images..."), "image-outline", "", tip)
        go_on = tr("Go on with a saved project")
        project = button(tr("Open project..."), "folder-open-outline", "", go_on)
        samples.clicked.connect(self.samples_requested)
        images.clicked.connect(self.open_images_requested)
        project.clicked.connect(self.open_project_requested)
        words = tr("Or drop a table, images, a text or a project anywhere")
        foot = row(label(words, colour="muted", wrap=True), samples, images, project)
        foot.setStretch(0, 1)
        return foot

    def _choose(self, name: str) -> None:
        if name == CSV:
            self.open_csv_requested.emit()
        elif name == DRAW:
            self.draw_requested.emit()
        else:
            self.preset_chosen.emit(name)

    def _choose_recent(self, path: Path) -> None:
        self.recent_chosen.emit(path)

    def _move_focus(self, at: int, step: int) -> None:
        buttons: list[GalleryButton] = [*self._cards, *self._recent]
        if 0 <= at + step < len(buttons):
            buttons[at + step].setFocus(Qt.FocusReason.TabFocusReason)


def _grid() -> QGridLayout:
    """Return a layout of columns that are equally wide, full or not."""
    grid = QGridLayout()
    grid.setSpacing(MARGIN)
    for k in range(COLUMNS):
        grid.setColumnStretch(k, 1)
    return grid
