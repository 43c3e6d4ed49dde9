"""Numbers for texts, each different one held once."""

from __future__ import annotations

from collections.abc import Iterable

_DICTIONARIES = 64


class Numbering:
    """Gives each different text a number, in the order in which they come.

    The texts are spread over many dictionaries: to enlarge, or to free, one with a million of them
    would hold all threads, the window's too.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._known: list[dict[str, int]] = [{} for _ in range(_DICTIONARIES)]

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """Return the numbers of some texts."""
        found, all_texts = self._known, self.texts
        numbers = []
        for text in texts:
            known = found[hash(text) % _DICTIONARIES]
            number = known.get(text)
            if number is None:
                number = known[text] = len(all_texts)
                all_texts.append(text)
            numbers.append(number)
        return numbers
