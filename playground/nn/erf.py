"""The error function, which NumPy lacks."""

from __future__ import annotations

import numpy as np

from playground.nn.arrays import Array

_NEAR = 0.46875
_FAR = 6.0
"""From here on 1 - erf(x) is less than a float can hold beside 1."""
_NEAR_OVER = (
    1.85777706184603153e-1,
    3.16112374387056560e00,
    1.13864154151050156e02,
    3.77485237685302021e02,
    3.20937758913846947e03,
)
_NEAR_UNDER = (
    1.0,
    2.36012909523441209e01,
    2.44024637934444173e02,
    1.28261652607737228e03,
    2.84423683343917062e03,
)
_FAR_OVER = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e01,
    2.98635138197400131e02,
    8.81952221241769090e02,
    1.71204761263407058e03,
    2.05107837782607147e03,
    1.23033935479799725e03,
)
_FAR_UNDER = (
    1.0,
    1.57449261107098347e01,
    1.17693950891312499e02,
    5.37181101862009858e02,
    1.62138957456669019e03,
    3.29079923573345963e03,
    4.36261909014324716e03,
    3.43936767414372164e03,
    1.23033935480374942e03,
)


def erf(x: Array) -> Array:
    """Return ``2 / sqrt(pi)`` times the integral of ``exp(-t ** 2)`` from 0 to each number.

    By the rational approximations of Cody 1969 (Mathematics of Computation 23, pages 631-637): one
    of erf itself near 0, and farther out one of ``exp(x ** 2) * (1 - erf(x))``.
    """
    size = np.abs(x)
    near = np.minimum(size, _NEAR) ** 2
    far = np.clip(size, _NEAR, _FAR)
    tail = np.exp(-far * far) * _ratio(_FAR_OVER, _FAR_UNDER, far)
    inside = x * _ratio(_NEAR_OVER, _NEAR_UNDER, near)
    return np.where(size <= _NEAR, inside, np.copysign(1 - tail, x))


def _ratio(over: tuple[float, ...], under: tuple[float, ...], x: Array) -> Array:
    """Return the quotient of two polynomials, the highest power first (Horner's rule)."""
    top, bottom = np.full_like(x, over[0]), np.full_like(x, under[0])
    for a, b in zip(over[1:], under[1:], strict=True):
        top, bottom = top * x + a, bottom * x + b
    return top / bottom
