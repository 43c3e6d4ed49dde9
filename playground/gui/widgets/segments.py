"""A few choices side by side, of which one is taken."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from playground.gui.look import theme
from playground.gui.widgets.basics import button, row

_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Segments(QWidget):
    """One of two to four named things, all in sight; the arrow keys go from one to the next."""

    chosen = Signal(str)
    """The key, by the user's doing."""

    def __init__(
        self, labels: Mapping[str, str], name: str, *, tips: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._segments = {key: self._segment(key, text) for key, text in labels.items()}
        for key, segment in self._segments.items():
            segment.setAccessibleName(f"{name}: {labels[key]}")
            segment.setToolTip((tips or {}).get(key, ""))
        self.setLayout(row(*self._segments.values(), gap=0))

    def choice(self) -> str:
        """Return the key chosen, ``""`` for none."""
        return next((key for key, one in self._segments.items() if one.isChecked()), "")

    def set_choice(self, key: str) -> None:
        """Show a choice without emitting ``chosen``."""
        self._segments[key].setChecked(True)

    def segment(self, key: str) -> QPushButton:
        """Return the button of a choice."""
        return self._segments[key]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrow keys of the segments, which would only move the focus."""
        step = _STEPS.get(event.key()) if isinstance(event, QKeyEvent) else None
        if step is None or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        segments = list(self._segments.values())
        at = next((i for i, one in enumerate(segments) if one is watched), 0)
        following = segments[(at + step) % len(segments)]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        following.click()
        return True

    def _segment(self, key: str, text: str) -> QPushButton:
        segment = button(text, kind="segment", checkable=True)
        segment.setFont(theme.font(theme.SMALL, 500))
        segment.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        segment.installEventFilter(self)
        self._group.addButton(segment)
        segment.clicked.connect(lambda: self.chosen.emit(key))
        return segment
