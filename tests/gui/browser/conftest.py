"""What the parts of the browser are shown."""

import numpy as np
import pytest

from playground.data.browse.catalogue import Catalogue
from playground.gui.browser.state import Shown


@pytest.fixture
def shown(flowers):
    """All rows of a table, without answers."""
    catalogue = Catalogue(flowers.dataset)
    return Shown(catalogue, np.arange(len(catalogue)))
