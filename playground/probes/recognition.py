"""What the network takes one image for that is none of its data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playground.component import param
from playground.data.images.drawing import Drawing
from playground.errors import ShapeError
from playground.language import tr
from playground.nn.arrays import Array
from playground.probes.base import Probe
from playground.probes.predictions import class_probabilities
from playground.training.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Answer:
    """The probability of each class, ``(classes,)``."""

    probe: Recognition
    shares: Array


@dataclass(frozen=True)
class Recognition(Probe):
    """Answer with the probabilities of the classes for a drawing; its label plays no part."""

    drawing: Drawing = param(Drawing(), doc="The grey image.")

    def compute(self, snapshot: Snapshot) -> Iterator[Answer]:
        height, width = self.drawing.size
        if snapshot.input_shape != (height, width, 1):
            raise ShapeError(
                tr(
                    "The drawing has {height} x {width} grey pixels, and the network takes {0}; "
                    "draw for it anew."
                ).format(" x ".join(map(str, snapshot.input_shape)), height=height, width=width)
            )
        x = self.drawing.image()[None, :, :, None]
        outputs, _ = snapshot.model.forward(snapshot.weights, x)
        yield Answer(self, class_probabilities(snapshot.project.loss.answers(outputs))[0])
