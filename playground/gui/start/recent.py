"""How the projects opened or saved last looked, and how far they were trained."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt
from PySide6.QtGui import QImage

from playground.gui.places import state_folder
from playground.gui.settings import Settings
from playground.language import grouped, spoken, tr
from playground.training.snapshot import Snapshot

NONE = QImage()
PICTURE = QSize(208, 128)
"""Of a picture that is kept: twice as many pixels as it is shown with, for sharp screens."""


@dataclass(frozen=True, eq=False)
class Recent:
    """A project file, and what is remembered of it."""

    path: Path
    picture: QImage
    """Null if none is kept."""
    progress: str
    """How far it was trained; nothing if that is not known."""
    metric: str = ""
    """How well it did on the validation part, if that is a share."""

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.path.stem

    def when(self, now: datetime) -> str:
        """Return when the file was written."""
        try:
            written = datetime.fromtimestamp(self.path.stat().st_mtime).astimezone()
        except OSError:
            return ""
        time = f"{written:%H:%M}"
        days = now.date() - written.date()
        if days <= timedelta(0):
            return tr("Today, {0}").format(time)
        if days == timedelta(1):
            return tr("Yesterday, {0}").format(time)
        return QLocale(spoken()).toString(QDateTime(written).date(), QLocale.FormatType.LongFormat)


class RecentPictures:
    """Keeps a picture of each project, with how far it was trained written into it.

    What cannot be kept or read is left out: it is only for the eye.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_folder() / "recent"

    def keep(self, path: Path, snapshot: Snapshot, picture: QImage) -> None:
        """Remember how a project looks now."""
        image = picture.scaled(
            PICTURE,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        corner = (image.size() - PICTURE) / 2
        image = image.copy(corner.width(), corner.height(), PICTURE.width(), PICTURE.height())
        image.setText("epoch", f"{snapshot.epoch:.0f}")
        image.setText("epochs", str(snapshot.project.epochs))
        values = snapshot.curves.validation_metric
        if snapshot.metric.percent and len(values):
            image.setText("metric", f"{values[-1]:.1%}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            image.save(str(self._file(path)))

    def recall(self, path: Path) -> Recent:
        """Return what is remembered of a project file."""
        image = QImage(str(self._file(path)))
        epoch, epochs, metric = (image.text(key) for key in ("epoch", "epochs", "metric"))
        words = ""
        if epoch.isdecimal() and epochs.isdecimal():
            done, asked = (grouped(int(count)) for count in (epoch, epochs))
            words = tr("Epoch {0} of {1}").format(done, asked)
        return Recent(path, image, words, metric)

    def forget_others(self, paths: Collection[Path]) -> None:
        """Remove the pictures of all projects but these."""
        wanted = {self._file(path).name for path in paths}
        with contextlib.suppress(OSError):
            for file in self._folder.glob("*.png"):
                if file.name not in wanted:
                    file.unlink()

    def _file(self, path: Path) -> Path:
        name = hashlib.sha256(str(path.absolute()).encode(errors="surrogateescape")).hexdigest()
        return self._folder / f"{name[:24]}.png"


class RecentProjects:
    """The projects opened or saved last, as they looked when they were saved."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pictures = RecentPictures()

    def projects(self) -> list[Recent]:
        """Return them, the newest first."""
        return [self._pictures.recall(path) for path in self._settings.recent]

    def add(self, path: Path, snapshot: Snapshot | None = None, picture: QImage = NONE) -> None:
        """Put a project first, with a picture of how it looks now if there is one."""
        self._settings.add_recent(path)
        if snapshot is not None and not picture.isNull():
            self._pictures.keep(path.resolve(), snapshot, picture)
        self._pictures.forget_others(self._settings.recent)
