"""Files, texts and pictures that are dragged over the window from elsewhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.offers import Kind, Offer, offer_for, offer_for_link, offer_for_text

_INSET, _CORNER, _GAP = 16, 12, 8
_ICON, _WIDTH = 48, 480
_WRAPPED = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)


def offer_of(data: QMimeData) -> Offer | None:
    """Return what is done with what is dragged; None if that is nothing for a window."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return offer_for(paths)
    if data.hasUrls() or data.hasImage():
        return offer_for_link(picture=data.hasImage() or "<img" in data.html())
    return offer_for_text(data.text()) if data.hasText() else None


class DropTarget(QObject):
    """Follows what is dragged over whole windows, whichever of their widgets is below.

    While something is over the window a sheet says what will happen with it.
    """

    dropped = Signal(Offer)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._sheet = DropSheet(window)
        self._offer: Offer | None = None

    def watch(self, widget: QWidget) -> None:
        """Follow what is dragged over another window: the main one, or a dock that floats."""
        if (handle := widget.windowHandle()) is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def follow(self, dock: QDockWidget) -> None:
        """Watch a dock, too, whenever it is a window of its own."""
        watch = partial(self.watch, dock)
        # once it is shown
        dock.topLevelChanged.connect(lambda: QTimer.singleShot(0, dock, watch))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.DragEnter:
            assert isinstance(event, QDragEnterEvent)
            self._enter(event)
        if self._offer is None:
            return False
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            assert isinstance(event, QDropEvent)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.setAccepted(self._offer.kind is not Kind.NOTHING)
            return True
        if kind is QEvent.Type.Drop:
            assert isinstance(event, QDropEvent)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drop()
            return True
        if kind is QEvent.Type.DragLeave:
            self._forget()
            return True
        if kind is QEvent.Type.MouseButtonPress:  # it was dropped where nobody told us
            self._forget()
        return False

    def _enter(self, event: QDragEnterEvent) -> None:
        """See what comes; what is dragged within the window, or behind a dialog, is not ours."""
        self._forget()
        if event.source() is None and QApplication.activeModalWidget() is None:
            self._offer = offer_of(event.mimeData())
        if self._offer:
            self._sheet.show_offer(self._offer)

    def _drop(self) -> None:
        offer = self._offer
        self._forget()
        if offer:
            self.dropped.emit(offer)

    def _forget(self) -> None:
        self._offer = None
        self._sheet.hide()


class DropSheet(QWidget):
    """Lies over the window, and says what will happen with what is dropped."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._offer = Offer(Kind.NOTHING)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_offer(self, offer: Offer) -> None:
        """Cover the window with these words."""
        self._offer = offer
        self.setAccessibleName(f"{offer.words}: {offer.detail}")
        self.setGeometry(self.window().rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        token = "danger" if self._offer.kind is Kind.NOTHING else "accent"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("canvas", 225))
        frame = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.setPen(theme.pen(token, 2, style=Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, _CORNER, _CORNER)
        self._paint_words(painter, token)
        painter.end()

    def _paint_words(self, painter: QPainter, token: str) -> None:
        lines = self._lines()
        size, gap = theme.px(_ICON), theme.px(_GAP)
        height = size + gap + sum(round(place.height()) + gap for _, _, _, place in lines)
        card = QRectF(0, 0, theme.px(_WIDTH), height + 3 * gap)
        card.moveCenter(QRectF(self.rect()).center())
        painter.setPen(theme.pen("line"))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(card, _CORNER, _CORNER)
        place = QRectF(card.center().x() - size / 2, card.top() + 2 * gap, size, size)
        icon(self._offer.icon, token).paint(painter, place.toRect())
        top = place.bottom() + gap
        for text, font, colour, box in lines:
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            place = QRectF(card.left() + 2 * gap, top, card.width() - 4 * gap, box.height())
            painter.drawText(place, _WRAPPED, text)
            top += box.height() + gap

    def _lines(self) -> list[tuple[str, QFont, str, QRectF]]:
        """Return what is written, in which font and colour, and the room that it takes."""
        room = QRectF(0, 0, theme.px(_WIDTH - 4 * _GAP), 10_000)
        lines = []
        for text, size, weight, colour in (
            (self._offer.words, theme.HEAD, 600, "text"),
            (self._offer.detail, theme.BODY, 400, "muted"),
        ):
            font = theme.font(size, weight)
            lines.append(
                (text, font, colour, QFontMetricsF(font).boundingRect(room, _WRAPPED, text))
            )
        return lines
