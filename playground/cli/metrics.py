"""The figures of a run, for people's scripts."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from playground.cli.training import Outcome
from playground.files import write_atomically
from playground.nn.model import ModelWeights, parameter_count
from playground.nn.parameters import arrays
from playground.training.trainer import Trainer

Figures = dict[str, Any]


def figures(trainer: Trainer, outcome: Outcome) -> Figures:
    """Return what ``--metrics`` writes; None is written where a figure does not apply."""
    state = trainer.state()
    loss, measured = trainer.evaluate(trainer.dataset.test)
    metric = next(iter(measured.values()))
    classes = trainer.dataset.is_classification
    return {
        "title": trainer.project.title,
        "seed": trainer.project.seed,
        "epochs": state.epoch,
        "steps": state.step,
        "diverged": bool(outcome.error),
        "interrupted": outcome.interrupted,
        "stopped": outcome.stopped or None,
        "validation_loss": _last(state.curves.validation_loss),
        "validation_metric": _last(state.curves.validation_metric),
        "validation_metrics": {
            key: _last(values) for key, values in state.curves.validation_metrics.items()
        },
        "test_examples": len(trainer.dataset.test),
        "test_loss": finite(loss),
        "test_accuracy": finite(metric) if classes else None,
        "test_rmse": None if classes else finite(metric),
        "test_metrics": {m.key: finite(value) for m, value in measured.items()},
        "seconds": outcome.seconds,
        "examples_per_second": outcome.speed,
        "threads": trainer.project.threads,
        "parameters": sum(parameter_count(own) for own in state.weights),
        "weights_sha256": weights_sha256(state.weights),
    }


def weights_sha256(weights: ModelWeights) -> str:
    """Return the SHA-256 of all weights as little-endian float32, in the order of the layers."""
    digest = hashlib.sha256()
    for array in arrays(weights):
        digest.update(np.ascontiguousarray(array, "<f4").tobytes())
    return digest.hexdigest()


def write_metrics(path: Path, values: Figures) -> None:
    """Write the figures as JSON, atomically."""
    text = json.dumps(values, indent=2, allow_nan=False) + "\n"
    write_atomically(path, text.encode())


def _last(values: np.ndarray) -> float | None:
    return finite(float(values[-1])) if len(values) else None


def finite(value: float) -> float | None:
    """Return the value as JSON can hold it: None if it is no finite number."""
    return value if math.isfinite(value) else None
