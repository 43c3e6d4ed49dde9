"""Names of classes as people write them."""

from __future__ import annotations

import re


def readable(class_name: str) -> str:
    """Return a class name as people write it: ``Categorical cross-entropy``, ``KL divergence``."""
    first, *others = re.findall(r"[A-Z]+\d*(?![a-z])|[A-Z][a-z\d]*", class_name)
    words = [first, *(word if word.isupper() else word.lower() for word in others)]
    return " ".join(words).replace("rossentropy", "ross-entropy")
