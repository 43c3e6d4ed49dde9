"""Loading a data set beside the window."""

from __future__ import annotations

import threading

from playground.data.dataset import Dataset
from playground.data.sources.base import DataSource
from playground.errors import DataError, PlaygroundError
from playground.language import tr, tr_declared


class _CancelledError(BaseException):
    """Raised within a source, through its progress: no ``except Exception`` there stops it."""


class LoadingThread(threading.Thread):
    """Loads one source. Start it, look at it from a timer, join it before the program ends.

    ``progress`` goes from 0 to 1; ``outcome`` tells when it is done.
    """

    def __init__(self, source: DataSource) -> None:
        super().__init__(name="loading", daemon=False)
        self.source = source
        self.progress = 0.0
        self._outcome: Dataset | Exception | None = None
        self._cancel = threading.Event()

    def outcome(self) -> Dataset | Exception | None:
        """Return the data set or the error; ``None`` while loading, and for ever if cancelled."""
        return self._outcome

    def cancel(self) -> None:
        """Ask the thread to stop; it does within some 10 ms, and has no outcome."""
        self._cancel.set()

    def run(self) -> None:
        try:
            dataset = self.source.load(self._report)
            self._report(1.0)
            self._outcome = dataset
        except _CancelledError:
            return
        except PlaygroundError as error:
            self._outcome = error
        except MemoryError:
            self._outcome = DataError(
                tr("{title}: this does not fit in memory; choose fewer examples.").format(
                    title=tr_declared(self.source.title)
                )
            )
        except Exception as error:
            self._outcome = error
            raise  # a bug: to threading.excepthook, with its traceback

    def _report(self, share: float) -> None:
        if self._cancel.is_set():
            raise _CancelledError
        self.progress = share
