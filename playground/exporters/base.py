"""What an exporter is."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from playground.component import Component
from playground.errors import FileError
from playground.files import write_atomically
from playground.language import tr
from playground.nn.arrays import Shape
from playground.nn.model import ModelWeights, Sequential


class Trained(Protocol):
    """A network with its weights; a ``Snapshot`` is one."""

    @property
    def model(self) -> Sequential:
        """The network."""

    @property
    def weights(self) -> ModelWeights:
        """Its weights, one dict a layer."""

    @property
    def input_shape(self) -> Shape:
        """The shape of one input."""


@dataclass(frozen=True)
class Exporter(Component, family=True):
    """Writes the weights of a trained network in a format that others read."""

    extension: ClassVar[str]
    """What its file names end with, such as ``.npz``."""
    title: ClassVar[str]
    """What the file dialog calls it."""

    @abstractmethod
    def encode(self, trained: Trained) -> bytes:
        """Return the whole content of the file; raise ``FileError`` if the format has no room."""

    def export(self, path: Path, trained: Trained) -> None:
        """Write the file, atomically. Raises ``FileError`` saying what prevents it."""
        write_atomically(path, self.encode(trained))


def exporter_for(path: Path) -> Exporter:
    """Return the exporter that the file's name asks for; raise ``FileError`` if there is none."""
    for cls in Exporter.registry.values():
        if path.name.lower().endswith(cls.extension):
            exporter: Exporter = cls()
            return exporter
    known = ", ".join(sorted(cls.extension for cls in Exporter.registry.values()))
    raise FileError(
        tr("The ending of the file's name chooses the format: {known}. Received: {name}.").format(
            known=known, name=path.name
        )
    )
