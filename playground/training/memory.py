"""What an optimizer remembers from step to step."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.nn.arrays import Array
from playground.nn.optimizers import Optimizer, Slots


@dataclass(eq=False)
class Memory:
    """The slots of an optimizer, whose they are, and how many steps they have seen."""

    slots: Slots = field(default_factory=dict)
    owner: str = ""
    """The name of the optimizer's class."""
    steps: int = 0

    def handed_to(self, optimizer: Optimizer, weights: Array) -> Memory:
        """Return the memory with which an optimizer goes on: this, if it is of use to it.

        With other settings an optimizer keeps its memory; slots that it did not need before
        begin anew. Another optimizer takes it over if all the slots it needs are there.
        """
        owner = type(optimizer).__name__
        slots = optimizer.make_slots(weights)
        of_use = slots and slots.keys() <= self.slots.keys()
        if owner != self.owner and not of_use:
            return Memory(slots, owner)
        kept = {name: self.slots.get(name, fresh) for name, fresh in slots.items()}
        return Memory(kept, owner, self.steps)
