"""The fast versions of the layers: they own their buffers and work on chunks of one size.

What a layer computes is said once, readably, in ``nn/layers``; a kernel says how to compute it
fast, alone or with its neighbours. Tests hold every kernel to the layers it stands for. To add
one, add a module with a ``Kernel``: it is found, and used where it matches most layers.
"""

from playground.component import discover
from playground.nn.kernels.program import Program

__all__ = ["Program"]

discover(__name__, __path__)
