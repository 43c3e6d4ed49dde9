"""What the tests of the window share."""

import pytest


@pytest.fixture(autouse=True)
def settings_of_its_own(tmp_path, monkeypatch):
    """Keep each test from the user's settings, and from those of the test before."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
