"""Working on several pieces at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_THREADS = 2


def beside(
    work: Callable[[Piece], Result], pieces: Iterable[Piece]
) -> Iterator[tuple[Piece, Result]]:
    """Yield each piece, in order, with what other threads made of it.

    Only a few pieces are begun ahead, so that little is held and stopping takes no time. It helps
    with work that lets go of the interpreter: parsing by pandas, NumPy on long arrays.
    """
    with ThreadPoolExecutor(_THREADS, "beside") as pool:
        begun: deque[tuple[Piece, Future[Result]]] = deque()
        for piece in pieces:
            begun.append((piece, pool.submit(work, piece)))
            if len(begun) > _THREADS:
                first, working = begun.popleft()
                yield first, working.result()
        while begun:
            first, working = begun.popleft()
            yield first, working.result()
