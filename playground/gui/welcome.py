"""The start page: one click and something is learning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QPushButton, QSizePolicy, QWidget

from playground.gui import theme, welcome_pictures
from playground.gui.status_strip import StatusStrip
from playground.gui.welcome_pictures import Picture
from playground.gui.widgets import GAP, STRETCH, boxed, button, column, label, row

COLUMNS = 3
_RECENT = 4
_TEXT = 108
"""Height of the words below a picture."""
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}


@dataclass(frozen=True)
class Start:
    """What a card says and shows. ``preset`` is empty for a file of the user's."""

    preset: str
    title: str
    text: str
    foot: str
    picture: Picture


class WelcomePage(QWidget):
    """Large cards to start from, recent projects, and what else can be opened."""

    preset_chosen = Signal(str)
    open_csv_requested = Signal()
    open_mnist_requested = Signal()
    open_project_requested = Signal()
    recent_chosen = Signal(Path)
    cancel_requested = Signal()
    """Of the loading that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Start page"))
        self._cards = [Card(start) for start in self._starts()]
        self._recent = row()
        more = [self._more(preset, title) for preset, title in self._networks()]
        self._more_part = row(label(self.tr("More networks"), weight=600), *more)
        self._recent_part = boxed(row(label(self.tr("Recent"), weight=600), self._recent))
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
        """Return the presets that have no card: those whose network is the point."""
        return [
            ("digits-inception", self.tr("Inception block")),
            ("digits-residual", self.tr("Residual blocks")),
            ("digits-two-outputs", self.tr("Two outputs")),
        ]

    def _more(self, preset: str, title: str) -> QPushButton:
        entry = button(title, "source-branch", "flat", self.tr("Digits: {0}").format(title))
        entry.clicked.connect(partial(self.preset_chosen.emit, preset))
        return entry

    def _starts(self) -> list[Start]:
        pictures = welcome_pictures
        return [
            Start(
                "digits-cnn",
                self.tr("Digits with a CNN"),
                self.tr("See filters and feature maps form on real handwriting."),
                self.tr("10,000 images · 2 convolutions"),
                pictures.convolution,
            ),
            Start(
                "digits-mlp",
                self.tr("Digits with an MLP"),
                self.tr("Every pixel to every neuron: quick, and surprisingly good."),
                self.tr("10,000 images · 784–128–10 network"),
                pictures.dense_network,
            ),
            Start(
                "spiral",
                self.tr("Spiral"),
                self.tr("Watch a few neurons bend a boundary round."),
                self.tr("400 points · 2–8–8–1 network"),
                pictures.spiral,
            ),
            Start(
                "iris",
                self.tr("Iris"),
                self.tr("Tell three flowers apart from four measurements."),
                self.tr("150 rows · 4–8–3 network"),
                pictures.iris,
            ),
            Start(
                "circle-logistic",
                self.tr("One neuron"),
                self.tr("It draws one straight line. Is that enough for a circle?"),
                self.tr("400 points · 2–1 network"),
                pictures.one_neuron,
            ),
            Start(
                "",
                self.tr("Your own data"),
                self.tr("Open a CSV file and pick the column to predict."),
                self.tr("Types and missing values found for you"),
                pictures.table,
            ),
        ]

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(24)
        for i, card in enumerate(self._cards):
            grid.addWidget(card, i // COLUMNS, i % COLUMNS)
        images = button(
            self.tr("Open MNIST..."),
            "image-multiple-outline",
            "",
            self.tr("IDX files or mnist.npz"),
        )
        project = button(self.tr("Open project..."), "folder-open-outline")
        images.clicked.connect(self.open_mnist_requested)
        project.clicked.connect(self.open_project_requested)
        hint = label(self.tr("Or drop a CSV, IDX or project file anywhere"), colour="muted")
        foot = row(self._recent_part, STRETCH, hint, GAP, images, project)
        heading = label(self.tr("What shall the network learn?"), theme.DISPLAY, 600)
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


class Card(QAbstractButton):
    """A picture, a title, a sentence and what it takes: one large button."""

    moved = Signal(int)
    """By how many cards an arrow key leads on."""

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
        self._picture: QPixmap | None = None
        self.setText(start.title)
        self.setAccessibleName(start.title)
        self.setAccessibleDescription(f"{start.text} {start.foot}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier().changed.connect(self._forget_picture)

    def sizeHint(self) -> QSize:
        return QSize(400, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 184)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in _ARROWS:
            self.moved.emit(_ARROWS[key])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._picture = None
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        text = round(_TEXT * theme.notifier().scale)
        clip = QPainterPath()
        clip.addRoundedRect(box, 8, 8)
        painter.fillPath(clip, theme.colour("canvas" if self.isDown() else "surface"))
        painter.setClipPath(clip)
        painter.drawPixmap(
            QPointF(1, 1), self._painted(QSize(self.width() - 2, self.height() - text))
        )
        painter.fillRect(QRectF(0, self.height() - text, self.width(), 1), theme.colour("line"))
        painter.setClipping(False)
        self._paint_frame(painter, box)
        self._paint_words(painter, box.adjusted(16, self.height() - text + 8, -16, 0))
        painter.end()

    def _painted(self, size: QSize) -> QPixmap:
        """Return the picture, painted again only when size or colours have changed."""
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self.start.picture(painter, QRectF(0, 0, size.width(), size.height()))
            painter.end()
        return self._picture

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
        else:
            painter.setPen(QPen(theme.colour("border" if self.underMouse() else "line"), 1))
        painter.drawRoundedRect(box, 8, 8)

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        line = round(24 * theme.notifier().scale)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self._paint(painter, (theme.TITLE, 600, "text"), left, box, self.start.title)
        middle = box.adjusted(0, line + 4, 0, -line - 8)
        wrapped = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        self._paint(painter, (theme.BODY, 400, "text"), wrapped, middle, self.start.text)
        foot = QRectF(box.left(), box.bottom() - line - 8, box.width(), line)
        self._paint(painter, (theme.SMALL, 400, "muted"), left, foot, self.start.foot)
        if self.hasFocus():
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            words = self.tr("Start here") + "  \u21b5"
            top = QRectF(box.left(), box.top(), box.width(), line)
            self._paint(painter, (theme.SMALL, 600, "accent"), right, top, words)

    @staticmethod
    def _paint(
        painter: QPainter,
        style: tuple[int, int, str],
        flags: Qt.AlignmentFlag | Qt.TextFlag,
        box: QRectF,
        text: str,
    ) -> None:
        px, weight, token = style
        painter.setFont(theme.font(px, weight))
        painter.setPen(theme.colour(token))
        if px == theme.TITLE:
            box = QRectF(box.left(), box.top(), box.width(), round(24 * theme.notifier().scale))
        painter.drawText(box, int(flags), text)

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()
