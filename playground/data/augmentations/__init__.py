"""Random changes of training examples. To add one, add its file to this package."""

from playground.component import discover
from playground.data.augmentations.base import Augmentation, Change, draw_change

__all__ = ["Augmentation", "Change", "draw_change"]

discover(__name__, __path__)
