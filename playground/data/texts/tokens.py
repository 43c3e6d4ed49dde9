"""What a text is made of: words or characters, and the sentences that they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from playground.language import grouped, tr_n

Unit = Literal["word", "character"]

_LETTERS = r"[^\W_]+"
_WORD = re.compile(
    "|".join(
        (
            r"\d+(?:[.,:]\d+)+",  # 3.14, 10,000 and 12:30 are one word each
            rf"{_LETTERS}'(?:s|t|re|ve|ll|d|m)\b",  # don't, it's
            r"\bpo'",  # the one shortened Italian word that is common
            rf"{_LETTERS}'(?={_LETTERS}|$)",  # l'albero: l' and albero; one may still type on
            rf"{_LETTERS}(?:-{_LETTERS})*",
            r"\.{2,}|…",
            r"\S",  # any other sign by itself
        )
    ),
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"""[.!?…]+["'»”)\]]*(?=\s)|\n[^\S\n]*\n""")
LONGEST = 10_000
"""Characters of a sentence; a whole text without full stops shall not be one list of words."""
_ENDS = frozenset(".!?…")
_CLOSING = frozenset(".,;:!?…)]}»”%")
_OPENING = frozenset("([{«“¿¡")
_QUOTE = '"'


@dataclass(frozen=True)
class Tokenizer:
    """Cuts a text into tokens and joins tokens to a text.

    Words: runs of letters and digits, with their inner hyphens. A sign of punctuation is a token
    of its own. An apostrophe stays with the letters before it, and what follows it is another
    word: *l'albero* is *l'* and *albero*; but the short English endings stay: *don't*, *it's*.
    Characters: every one, with all white space between two words as one blank.
    """

    unit: Unit = "word"
    lower_case: bool = True

    def clean(self, text: str) -> str:
        """Return the text with one spelling of each sign, in lower case if that is wanted."""
        text = unicodedata.normalize("NFC", text).replace("’", "'").replace("\ufeff", "")
        return text.lower() if self.lower_case else text

    def split(self, sentence: str) -> list[str]:
        """Return the tokens of a cleaned sentence."""
        if self.unit == "character":
            return list(" ".join(sentence.split()))
        return _WORD.findall(sentence)

    def join(self, tokens: Sequence[str]) -> str:
        """Return tokens as a text, with blanks where people write them."""
        if self.unit == "character":
            return "".join(tokens)
        text, glued, quoted = "", True, False
        for token in tokens:
            closes = token in _CLOSING or token.startswith("..") or (token == _QUOTE and quoted)
            text += token if glued or closes else f" {token}"
            if token == _QUOTE:
                quoted = not quoted
            glued = token in _OPENING or _is_elided(token) or (token == _QUOTE and quoted)
        return text

    def ends_sentence(self, token: str) -> bool:
        """Return whether a sentence is over with this token."""
        return token[:1] in _ENDS


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text: up to a full stop, ``!``, ``?`` or an empty line.

    One of more than ``LONGEST`` characters comes in pieces, if possible of whole words.
    """
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield from _pieces(text[start : end.end()].strip())
        start = end.end()
    yield from _pieces(text[start:].strip())


def _pieces(sentence: str) -> Iterator[str]:
    start = 0
    while len(sentence) - start > LONGEST:
        blank = max(sentence.rfind(mark, start, start + LONGEST) for mark in " \n\t")
        end = blank if blank > start else start + LONGEST
        yield sentence[start:end].strip()
        start = end
    if rest := sentence[start:].strip():
        yield rest


def _is_elided(token: str) -> bool:
    """Return whether a word goes on without a blank: ``l'``."""
    return len(token) > 1 and token.endswith("'") and token.lower() != "po'"


def counted(unit: Unit, count: int) -> str:
    """Return ``1,200 words``, or characters."""
    words = (
        tr_n("{0} word", "{0} words", count)
        if unit == "word"
        else tr_n("{0} character", "{0} characters", count)
    )
    return words.format(grouped(count))
