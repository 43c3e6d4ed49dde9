import pytest

from playground.data.progress import watched


def test_the_progress_goes_from_nothing_to_all():
    told = []
    assert list(watched("ab", told.append)) == ["a", "b"]
    assert told == [0, 0.5, 1]


def test_cancelling_stops_between_two_pieces():
    def cancel(share):
        if share:
            raise KeyboardInterrupt

    pieces = watched("ab", cancel)
    assert next(pieces) == "a"
    with pytest.raises(KeyboardInterrupt):
        next(pieces)
