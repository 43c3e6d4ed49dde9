"""What was done last."""

from playground.gui.crashes.trail import LENGTH, Trail


def test_every_step_is_on_the_disk_at_once(tmp_path):
    trail = Trail(tmp_path / "trail.txt")
    trail.add("file.open")
    trail.add("train.toggle")
    assert (tmp_path / "trail.txt").read_text() == trail.text() + "\n"
    assert [line.split()[1] for line in trail.text().splitlines()] == ["file.open", "train.toggle"]


def test_what_comes_again_at_once_is_told_once():
    trail = Trail()
    for text in ("a", "a", "b", "a"):
        trail.add(text)
    assert [line[-1] for line in trail.text().splitlines()] == ["a", "b", "a"]


def test_a_long_day_makes_a_short_file(tmp_path):
    trail = Trail(tmp_path / "trail.txt")
    for number in range(5000):
        trail.add(f"{number} " + "x" * 10_000)
    assert len(trail.text().splitlines()) == LENGTH
    assert (tmp_path / "trail.txt").stat().st_size < 300_000
    assert (tmp_path / "trail.txt").read_text().splitlines()[-1][9:14] == "4999 "


def test_a_disk_that_is_gone_stops_nothing(tmp_path):
    trail = Trail(tmp_path / "nowhere" / "trail.txt")
    trail.add("a")
    trail.add("b")
    assert len(trail.text().splitlines()) == 2
