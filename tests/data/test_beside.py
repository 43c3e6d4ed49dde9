import threading

import pytest

from playground.data.beside import beside


def test_the_results_come_in_order():
    assert list(beside(lambda n: n * n, range(20))) == [(n, n * n) for n in range(20)]


def test_the_work_is_done_in_other_threads():
    threads = {thread for _, thread in beside(lambda _: threading.get_ident(), range(8))}
    assert threading.get_ident() not in threads


def test_only_a_few_pieces_are_begun_ahead():
    taken = []

    def pieces():
        for n in range(100):
            taken.append(n)
            yield n

    next(beside(str, pieces()))
    assert len(taken) < 6


def test_what_goes_wrong_in_a_piece_is_raised():
    with pytest.raises(ZeroDivisionError):
        list(beside(lambda n: 1 / n, [2, 1, 0, 5]))


def test_what_goes_wrong_between_the_pieces_is_raised_when_all_threads_have_ended():
    def pieces():
        yield 1
        raise KeyError

    before = threading.active_count()
    with pytest.raises(KeyError):
        list(beside(str, pieces()))
    assert threading.active_count() == before
