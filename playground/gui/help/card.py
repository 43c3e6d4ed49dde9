"""The card that explains a thing, beside it."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playground.component import Parameter, parameters, title
from playground.gui.gestures import gestures
from playground.gui.help.rich import plain, rich
from playground.gui.help.subjects import Subject, linked_subject
from playground.gui.help.topics import Paragraph, Part, Topic, has_topic, read_topic
from playground.gui.help.typeset import Formula, load_fonts
from playground.gui.help.values import keras, shown
from playground.gui.look import theme
from playground.gui.widgets import STRETCH, Popup, Wrap, boxed, button, column, label, row
from playground.language import mark, tr

_WIDTH, _EDGE, _GAP = 400, 8, 6
_PLACE = re.compile(r"\{[a-z_]\w+\}")
"""Where a line of Keras has a value."""


@gestures(
    mark("Explanations"),
    (("Up", "Down", "PgUp", "PgDown"), mark("Read on, or back")),
    (("Backspace", "Alt+Left"), mark("Return to the explanation before")),
)
class HelpCard(Popup):
    """Shows a subject, and others by its links; Esc or a click elsewhere closes it."""

    def __init__(self, parent: QWidget, subject: Subject) -> None:
        super().__init__(parent, tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        load_fonts()
        self._past: list[Subject] = []
        self._subject = subject
        self._beside = QRect()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(self._scroll, gap=0, margins=(1, 8, 1, 8)))
        self.setFixedWidth(round(_WIDTH * theme.notifier().scale))
        self._fill()

    @property
    def subject(self) -> Subject:
        """What is explained at present."""
        return self._subject

    def wanted_height(self) -> int:
        """Return how high it would like to be: as its text is."""
        return self._page.heightForWidth(self.width() - 2) + 16

    def open_beside(self, beside: QRect) -> None:
        """Appear next to a rectangle of the screen, without covering it if there is room."""
        self._beside = beside
        self.ensurePolished()
        self._fit()
        self.show()
        self._fit()  # once the style sheet has given everything its size
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def follow(self, topic: str) -> None:
        """Explain another topic in place."""
        self._past.append(self._subject)
        self._subject = linked_subject(topic, self._subject.component)
        self._fill()
        self._fit()

    def go_back(self) -> None:
        """Explain again what was explained before."""
        if self._past:
            self._subject = self._past.pop()
            self._fill()
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = (
            event.key() == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if back or event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        elif event.key() == Qt.Key.Key_F1:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press()
        elif event.key() in _SCROLLS:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + _SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    # Inside

    def _press(self) -> None:
        """Do what the button with the focus does; by itself it would wait for the space bar."""
        button = self.focusWidget()
        if isinstance(button, QPushButton):
            button.click()

    def _fill(self) -> None:
        self._page = _Page(self._subject, self._header())
        self._page.chosen.connect(self.follow)
        self._scroll.setWidget(self._page)
        self.setAccessibleDescription(self._page.spoken())

    def _header(self) -> QWidget:
        topic, caption = read_topic(self._subject.topic), _caption(self._subject)
        parameter = self._subject.parameter
        heading = parameter.label if parameter else topic.title
        words = column(label(heading, theme.TITLE, 600, wrap=True), gap=0)
        if caption:
            words.addWidget(label(caption, theme.SMALL, colour="muted"))
        close = button("", "close", "flat", tr("Close (Esc)"))
        close.clicked.connect(self.close)
        back = button("", "arrow-left", "flat", tr("Back (Backspace)"))
        back.clicked.connect(self.go_back)
        back.setVisible(bool(self._past))
        line = row(words, STRETCH, back, close, gap=4)
        line.setStretchFactor(words, 1)
        for item in (back, close):
            line.setAlignment(item, Qt.AlignmentFlag.AlignTop)
        return boxed(line)

    def _fit(self) -> None:
        """Be as high as the text, within the screen, and stand beside the thing."""
        screen = self.screen().availableGeometry().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self.setFixedHeight(min(self.wanted_height(), screen.height()))
        self.move(placed(self.size(), self._beside, screen))


class _Page(QWidget):
    """The text about a subject."""

    chosen = Signal(str)
    """The topic that a link leads to."""

    def __init__(self, subject: Subject, header: QWidget) -> None:
        super().__init__()
        self.setObjectName("content")
        self._spoken: list[str] = []
        self._subject = subject
        self._topic = read_topic(subject.topic)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 4, 12, 8)
        self._column.setSpacing(8)
        self._column.addWidget(header)
        if subject.parameter:
            self._add_parameter(subject.parameter)
        for paragraph in self._topic.paragraphs:
            self._add(paragraph)
        self._add_links(self._topic)
        self._column.addStretch()

    def spoken(self) -> str:
        """Return all of the text without marks."""
        return " ".join(self._spoken)

    def _add_parameter(self, parameter: Parameter) -> None:
        if not self._subject.topic.startswith("Field/"):
            self._add_text(parameter.doc)
        facts = _facts(self._subject, parameter)
        if facts:
            self._put(label(facts, theme.SMALL, colour="muted", wrap=True))
            self._spoken.append(facts)

    def _add(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if "{value}" in text:
            if self._subject.parameter is None or self._subject.component is None:
                return
            text = text.replace("{value}", shown(_value(self._subject)))
        if paragraph.part is Part.FORMULA:
            formula = Formula(text)
            self._put(boxed(row(8, formula)))
            self._spoken.append(formula.accessibleName())
        elif paragraph.part is Part.TRY:
            self._add_try(text)
        elif paragraph.part is Part.KERAS:
            self._add_keras(text)
        elif paragraph.part is Part.TEXT:
            self._add_text(text)

    def _add_text(self, text: str) -> None:
        self._put(_words(text))
        self._spoken.append(plain(text))

    def _add_try(self, text: str) -> None:
        heading = label(tr("Try it"), theme.SMALL, 600, "accent")
        self._put(_tinted(column(heading, _words(text), gap=4, margins=(12, 8, 12, 8)), "try"))
        self._spoken += [tr("Try it"), plain(text)]

    def _add_keras(self, text: str) -> None:
        code = text.strip("`")
        for name, value in _values(self._subject).items():
            code = code.replace("{" + name + "}", keras(value))
        if _PLACE.search(code):
            return  # of no thing that is at hand
        heading = label(tr("In Keras"), theme.SMALL, colour="muted")
        line = label(_breakable(code), theme.SMALL, wrap=True)
        line.setFont(theme.font(theme.SMALL, mono=True))
        copy = button("", "content-copy", "flat", tr("Copy this line"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(code))
        words = row(column(heading, line, gap=4, margins=(0, 8, 0, 8)), copy, margins=(12, 0, 4, 0))
        words.setStretch(0, 1)
        self._put(_tinted(words, "code"))
        self._spoken += [tr("In Keras"), code]

    def _add_links(self, topic: Topic) -> None:
        links = [self._link(name) for name in topic.links if has_topic(name)]
        if links:
            line = Wrap(tr("See also"), gap=0)
            line.show_items(links)
            self._put(line)

    def _link(self, name: str) -> QPushButton:
        link = button(read_topic(name).title, kind="quiet")
        link.setObjectName(name)
        link.clicked.connect(lambda: self.chosen.emit(name))
        return link

    def _put(self, widget: QWidget) -> None:
        self._column.addWidget(widget)


_SCROLLS = {
    Qt.Key.Key_Down: 40,
    Qt.Key.Key_Up: -40,
    Qt.Key.Key_PageDown: 240,
    Qt.Key.Key_PageUp: -240,
}


def placed(size: QSize, beside: QRect, screen: QRect) -> QPoint:
    """Return where a card stands: below the thing, beside it, or above, wherever it fits."""
    below = QPoint(beside.left(), beside.bottom() + _GAP)
    above = QPoint(beside.left(), beside.top() - _GAP - size.height())
    right = QPoint(beside.right() + _GAP, beside.top())
    left = QPoint(beside.left() - _GAP - size.width(), beside.top())
    places = [QRect(_within(place, size, screen), size) for place in (below, right, left, above)]
    free = (place for place in places if not place.intersects(beside))
    return next(free, places[0]).topLeft()


def _within(place: QPoint, size: QSize, screen: QRect) -> QPoint:
    x = min(max(place.x(), screen.left()), screen.right() + 1 - size.width())
    y = min(max(place.y(), screen.top()), screen.bottom() + 1 - size.height())
    return QPoint(x, y)


def _words(text: str) -> QLabel:
    words = label(rich(text), wrap=True)
    words.setTextFormat(Qt.TextFormat.RichText)
    return words


def _tinted(layout: QLayout, name: str) -> QWidget:
    return boxed(layout, f"help_{name}")


def _breakable(code: str) -> str:
    """Let a line of code go on in the next one behind its dots, brackets and signs."""
    return re.sub(r"(?<=[.(=/])(?=\w)", "\u200b", code)


def _caption(subject: Subject) -> str:
    """Return what kind of thing it is: the component of a field, the family of a component."""
    if subject.parameter and subject.component:
        return title(type(subject.component))
    family = subject.topic.partition("/")[0]
    return read_topic(family).title if family != subject.topic and has_topic(family) else ""


def _value(subject: Subject) -> Any:
    assert subject.parameter is not None
    return getattr(subject.component, subject.parameter.name, subject.parameter.default)


def _values(subject: Subject) -> dict[str, Any]:
    """Return the values of a component's fields by name, or the usual ones."""
    component = subject.component
    if component is None:
        return {}
    return {p.name: getattr(component, p.name) for p in parameters(type(component))}


def _facts(subject: Subject, parameter: Parameter) -> str:
    """Say what the field is at present, what it is at first, and what it may be."""
    parts = []
    if subject.component is not None:
        parts.append(tr("Here: {0}").format(shown(_value(subject))))
    parts.append(tr("at first: {0}").format(shown(parameter.default)))
    if parameter.low is not None and parameter.high is not None:
        low, high = shown(parameter.low), shown(parameter.high)
        parts.append(tr("from {0} to {1}").format(low, high))
    return " \u00b7 ".join(part for part in parts if not part.endswith(": "))
