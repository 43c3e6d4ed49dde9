"""What a run needs to go on exactly: everything that training changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.nn.model import ModelWeights
from playground.training.history import Curves, History


@dataclass(frozen=True, eq=False)
class RunState:
    """A run between two steps. Its arrays are read-only.

    The state of the random generators is not among the fields because there is none to keep: all
    that is random in a run follows from its seed, the epoch and the step.
    """

    weights: ModelWeights
    slots: dict[str, ModelWeights]
    """The optimizer's memory, by slot name, shaped like the weights."""
    optimizer: str = ""
    """The class whose memory that is."""
    memory_steps: int = 0
    """Steps that the memory has seen: fewer than ``step`` after a change of the optimizer."""
    step: int = 0
    """Steps done."""
    epoch: int = 0
    """Whole passes over the training examples done."""
    position: int = 0
    """Training examples of the current pass already seen."""
    curves: Curves = field(default_factory=lambda: History().curves())
