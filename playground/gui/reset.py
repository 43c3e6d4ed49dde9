"""Starting afresh, with nothing thrown away."""

from __future__ import annotations

import time

from playground.gui.places import settings_folder
from playground.language import tr


def begin_afresh() -> str:
    """Move what windows remember out of the way; say where it is now."""
    folder = settings_folder()
    backup = folder.with_name(f"{folder.name}.backup-{time.strftime('%Y%m%d-%H%M%S')}")
    try:
        folder.replace(backup)
    except FileNotFoundError:
        return tr("There was nothing to reset.")
    except OSError as error:
        return tr("{0} could not be set aside: {1}.").format(folder, error.strerror)
    return tr("Everything begins afresh. What was remembered is in {0}.").format(backup)
