"""The folders in which the window keeps what is not the user's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

NAME = "neural-playground"
RUNS = "runs"
"""Below the state: a folder for each running window."""
Location = QStandardPaths.StandardLocation


def settings_folder() -> Path:
    """Return where choices are remembered; nobody promises that it exists or can be written."""
    return Path(QStandardPaths.writableLocation(Location.GenericConfigLocation)) / NAME


def state_folder() -> Path:
    """Return where the work of running windows and the reports of crashes are kept."""
    return Path(QStandardPaths.writableLocation(Location.GenericStateLocation)) / NAME
