"""What the tests of crashes share."""

import pytest

from playground.gui.crashes.run_folder import new_run
from playground.gui.session import Session


@pytest.fixture
def run(tmp_path):
    """The folder of a run, as a window has one."""
    run = new_run(tmp_path / "runs")
    yield run
    run.remove()


@pytest.fixture
def session(qapp):
    """A session without a window; whoever uses it polls it."""
    session = Session()
    yield session
    session.close()
