"""What a source of data is."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from playground.component import Component, param
from playground.data.dataset import Dataset
from playground.data.progress import Progress, unwatched

__all__ = ["DataSource", "Progress", "unwatched"]


@dataclass(frozen=True)
class DataSource(Component, family=True):
    """A recipe for a data set: small, saved in the project, loaded when a run starts."""

    title: ClassVar[str]
    """What menus call this kind of data."""
    instant: ClassVar[bool] = False
    """Whether it loads so fast that nobody need wait for it in a thread of its own."""

    validation_split: float = param(
        0.2, low=0.0, high=0.8, doc="Share of the examples kept aside to check the training."
    )
    seed: int = param(0, low=0, high=2**31 - 1, doc="Same seed, same examples, same split.")

    @abstractmethod
    def load(self, progress: Progress = unwatched) -> Dataset:
        """Return the examples; raise ``DataError`` naming the file, the line and the mend."""

    def made_from(self, other: DataSource, dataset: Dataset) -> Dataset | None:
        """Return this data from that of another source, at once; None if it must be loaded."""
        return None

    def renamed(self, dataset: Dataset) -> Dataset:
        """Return its data with the names that it gives itself in the language in force."""
        return dataset

    def continues(self, other: DataSource) -> bool:
        """Return whether this is ``other`` with some examples more, fewer, or elsewhere.

        Inputs and answers mean the same then, and a run goes on with its weights.
        """
        return False
