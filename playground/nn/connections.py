"""Which inputs of a layer its kernel joins to which outputs."""

from __future__ import annotations

import numpy as np

from playground.nn.arrays import Array


def ungrouped(kernel: Array, channels: int) -> Array:
    """Return a kernel whose filters see all ``channels``, with zeros where they see none.

    A kernel in groups ``(height, width, channels / groups, filters)`` becomes ``(height, width,
    channels, filters)``; any other stays as it is.
    """
    seen, filters = kernel.shape[-2:]
    groups = channels // seen
    if groups == 1:
        return kernel
    whole = np.zeros((*kernel.shape[:-2], channels, filters), kernel.dtype)
    for group in range(groups):
        inputs = slice(group * seen, (group + 1) * seen)
        outputs = slice(group * filters // groups, (group + 1) * filters // groups)
        whole[..., inputs, outputs] = kernel[..., outputs]
    return whole
