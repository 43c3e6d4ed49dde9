import io

import pytest

from playground.cli.progress import ProgressBar, clock


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    return Terminal()


def test_the_bar_shows_the_share_and_the_text(terminal):
    ProgressBar(terminal).show(0.5, "half")
    assert terminal.getvalue() == "\r\x1b[K[############............]  50% half"


def test_the_bar_never_wraps(terminal):
    ProgressBar(terminal).show(0.5, "x" * 200)
    assert len(terminal.getvalue().removeprefix("\r\x1b[K")) == 59


def test_the_bar_is_not_drawn_more_often_than_eyes_can_follow(terminal):
    bar = ProgressBar(terminal)
    for step in range(1000):
        bar.show(step / 1000, "")
    assert terminal.getvalue().count("\r") < 10


def test_the_line_is_empty_at_the_end(terminal):
    with ProgressBar(terminal) as bar:
        bar.show(1.0, "done")
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_stderr_that_is_no_terminal_stays_empty(capsys):
    with ProgressBar() as bar:
        bar.show(0.5, "half")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (41.4, "0:41"), (3723, "1:02:03")])
def test_a_duration_is_written_as_on_a_clock(seconds, text):
    assert clock(seconds) == text
