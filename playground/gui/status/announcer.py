"""What a screen reader says of the training by itself, seldom enough to be listened to."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from playground.gui.status.status_strip import StatusStrip
from playground.training.snapshot import Snapshot, Status

CALM_SECONDS = 10.0
"""Between two epochs that are told: a fast run ends many in a second."""
_TROUBLE = (Status.DIVERGED, Status.FAILED)
Say = Callable[[str, bool], None]
"""Say a text; whether it is urgent enough to break off what is being said."""


class Announcer(QObject):
    """Tells when the training starts, rests, ends or fails, and now and then the end of an epoch.

    Does nothing, and costs nothing, as long as no screen reader runs.
    """

    def __init__(
        self,
        strip: StatusStrip,
        say: Say | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(strip)
        self._strip = strip
        self._say = say or self._announce
        self._clock = clock
        self._told = (0, Status.PAUSED, 0)
        self._told_at = 0.0

    def follow(self, snapshot: Snapshot) -> None:
        """Tell what is new in a snapshot, if anybody listens."""
        if not QAccessible.isActive():
            return
        now = (snapshot.run_id, snapshot.status, int(snapshot.epoch + 1e-9))
        run, status, epoch = self._told
        if (snapshot.run_id, snapshot.status) != (run, status):
            self._tell(now, self._strip.text(), snapshot.status in _TROUBLE)
        elif now[2] > epoch and self._clock() - self._told_at >= CALM_SECONDS:
            self._tell(now, self._strip.epoch_text(snapshot), urgent=False)

    def tell(self, text: str) -> None:
        """Tell a message that appears without being asked for."""
        if QAccessible.isActive():
            self._say(text, False)

    def _tell(self, told: tuple[int, Status, int], text: str, urgent: bool) -> None:
        self._told, self._told_at = told, self._clock()
        self._say(text, urgent)

    def _announce(self, text: str, urgent: bool) -> None:
        event = QAccessibleAnnouncementEvent(self._strip, text)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
