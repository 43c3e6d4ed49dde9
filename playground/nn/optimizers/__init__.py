"""How a mini-batch changes the weights: one module per rule; importing this registers them all."""

from playground.component import discover
from playground.nn.optimizers.adam import Adam, AdamW
from playground.nn.optimizers.base import BLOCK, GradientOptimizer, Optimizer, Slots
from playground.nn.optimizers.rmsprop import RMSprop
from playground.nn.optimizers.sgd import SGD

__all__ = ["BLOCK", "SGD", "Adam", "AdamW", "GradientOptimizer", "Optimizer", "RMSprop", "Slots"]

discover(__name__, __path__)
