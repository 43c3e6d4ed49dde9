"""What a run needs to go on exactly: everything that training changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.nn.model import ModelWeights
from playground.training.history import Curves


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
    sums: tuple[float, float] = (0.0, 0.0)
    """The current pass's: loss and metric's score of each batch, times its examples."""
    watched_since: int | None = None
    """The epoch from which early stopping counts; None if it is off."""
    best: ModelWeights | None = None
    """The weights that early stopping may go back to."""
    best_epoch: int = 0
    """How many epochs were done then."""
    curves: Curves = field(default_factory=Curves)
