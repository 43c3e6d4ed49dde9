"""The projects in the box, each a file in ``resources/projects/`` that leaves out defaults."""

from __future__ import annotations

import json

from playground.component import from_config
from playground.errors import ConfigError
from playground.language import tr
from playground.resources import resource_path
from playground.training.project import Project


def preset_names() -> list[str]:
    """Return the names of the projects in the box, in alphabetical order."""
    return sorted(file.stem for file in resource_path("projects").glob("*.json"))


def load_preset(name: str) -> Project:
    """Return a project of the box; raise ``ConfigError`` naming all if there is none so called."""
    if name not in preset_names():
        raise ConfigError(
            tr(
                "There is no preset {name!r}. Known: {0}. A project of yours is opened by its "
                "file name, which ends with .nnproj."
            ).format(", ".join(preset_names()), name=name)
        )
    text = resource_path("projects", f"{name}.json").read_text(encoding="utf-8")
    return from_config(Project, json.loads(text))
