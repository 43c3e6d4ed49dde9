"""Weights for PyTorch."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

import playground
from playground.exporters.base import Exporter, Trained
from playground.exporters.torch_modules import State, torch_modules


@dataclass(frozen=True)
class Safetensors(Exporter):
    """The state of a ``torch.nn.Sequential``; the metadata say how to construct it.

    ``modules`` is a JSON list of constructors, to be called with torch's ``nn``. Build them,
    then ``load_state_dict(load_file(...))``. Torch wants its images ``(batch, channels, height,
    width)``; ``input_shape`` is one input's shape in that order. An ``Embedding`` wants its tokens
    as int64.
    """

    extension = ".safetensors"
    title = "PyTorch weights"

    def encode(self, trained: Trained) -> bytes:
        from safetensors.numpy import save  # only who exports so waits for it

        modules = torch_modules(trained.model, trained.weights, trained.input_shape)
        *sides, channels = trained.input_shape
        metadata = {
            "format": "pt",
            "made_by": f"Neural Playground {playground.__version__}",
            "modules": json.dumps([module.code for module in modules]),
            "input_shape": json.dumps([channels, *sides]),
        }
        encoded: bytes = save(state_dict(trained), metadata)
        return encoded


def state_dict(trained: Trained) -> State:
    """Return all weights by torch's names, ``<position in the Sequential>.<weight>``."""
    modules = torch_modules(trained.model, trained.weights, trained.input_shape)
    return {
        f"{position}.{name}": np.asarray(array, order="C")
        for position, module in enumerate(modules)
        for name, array in module.state.items()
    }
