import argparse

import pytest

from playground.cli import main
from playground.cli.screenshot import size


def test_a_size_is_two_numbers():
    assert size("1366x768") == (1366, 768)


@pytest.mark.parametrize("text", ["big", "1366", "1366x", "0x0", "99999x99999", "-100x100"])
def test_another_size_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError, match="1366x768"):
        size(text)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["spiral"], "OUT.png"),
        (["spiral", "w.jpg"], "ends with .png"),
        (["spiral", "no/w.png"], "no folder no"),
        (["spiral", "w.png", "--steps", "-1"], "0 or more"),
        (["spiral", "w.png", "--size", "huge"], "1366x768"),
        (["spiral", "w.png", "--theme", "pink"], "invalid choice"),
        (["nothing", "w.png"], "Known: "),
    ],
)
def test_a_mistake_is_one_line(arguments, reason, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["screenshot", *arguments]) == 1
    message = capsys.readouterr().err
    assert reason in message
    assert message.count("\n") == 1


def test_the_picture_has_the_size_asked_for(tmp_path, capsys):
    from PySide6.QtGui import QImage

    path = tmp_path / "w.png"
    assert main(["screenshot", "spiral", str(path), "--steps", "2", "--size", "1366x700"]) == 0
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (1366, 700)
