"""The data sets in the box, each told of in ``about.json`` beside its files and its licence."""

from __future__ import annotations

import json
from dataclasses import dataclass

from playground.errors import ConfigError
from playground.language import tr
from playground.resources import resource_path
from playground.training.presets import load_preset
from playground.training.project import Project


@dataclass(frozen=True)
class Sample:
    """What is told of data in the box before it is opened."""

    title: str
    text: str
    """A sentence for the person who chooses."""
    origin: str
    """Who gathered it, and when."""
    licence: str
    preset: str
    """The name of the project that learns it."""
    place: int
    """Among the others: images from 0, tables from 10, texts from 20 on."""

    def project(self) -> Project:
        """Return the project that learns this data."""
        return load_preset(self.preset)


def samples() -> list[Sample]:
    """Return all data in the box, in the order in which it is shown."""
    found: list[Sample] = []
    for file in resource_path("datasets").glob("*/about.json"):
        try:
            found += [Sample(**about) for about in json.loads(file.read_text(encoding="utf-8"))]
        except (TypeError, ValueError) as error:
            raise ConfigError(
                tr("{file}: this does not describe samples ({error}).").format(
                    file=file, error=error
                )
            ) from error
    return sorted(found, key=lambda sample: sample.place)
