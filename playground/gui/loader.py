"""Data on its way: one loading at a time, and the latest data sets kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from playground.data.dataset import Dataset
from playground.data.loading import LoadingThread
from playground.data.sources import DataSource
from playground.language import tr_declared

KEPT = 4
"""Data sets kept, so that undo and a second thought are instant."""
Receiver = Callable[[Dataset], None]


class Loader:
    """Loads data in a thread of its own; ``poll`` delivers what has arrived."""

    def __init__(self) -> None:
        self._kept: OrderedDict[DataSource, Dataset] = OrderedDict()
        self._thread: LoadingThread | None = None
        self._receiver: Receiver = lambda dataset: None

    @property
    def title(self) -> str:
        """What is being loaded; nothing if nothing is."""
        return tr_declared(type(self._thread.source).title) if self._thread else ""

    @property
    def progress(self) -> float:
        """How much of it is done, from 0 to 1."""
        return self._thread.progress if self._thread else 0.0

    def load(self, source: DataSource, receiver: Receiver) -> None:
        """Load a source, instead of what is being loaded; at once if it is at hand."""
        self.cancel()
        if source in self._kept:
            self._kept.move_to_end(source)
            receiver(self._kept[source])
            return
        if source.instant:
            receiver(source.load())
            return
        if self._make(source):
            receiver(self._kept[source])
            return
        self._receiver = receiver
        self._thread = LoadingThread(source)
        self._thread.start()

    def cancel(self) -> None:
        """Give up what is being loaded."""
        if self._thread:
            self._thread.cancel()
            self._thread = None

    def _make(self, source: DataSource) -> bool:
        """Make a data set of one at hand, in its place, if it differs but by a few examples."""
        for other, dataset in reversed(self._kept.items()):
            made = source.made_from(other, dataset)
            if made is not None:
                del self._kept[other]  # it can be made of this one again
                self._kept[source] = made
                return True
        return False

    def poll(self) -> None:
        """Deliver what has arrived; raise the error of a loading that failed."""
        outcome = self._thread.outcome() if self._thread else None
        if outcome is None or self._thread is None:
            return
        source, self._thread = self._thread.source, None
        if not isinstance(outcome, Dataset):
            raise outcome
        self._kept[source] = outcome
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self._receiver(outcome)
