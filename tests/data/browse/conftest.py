"""Small data sets to look at."""

import numpy as np
import pytest

from playground.data.browse.catalogue import Catalogue
from playground.data.dataset import Dataset, Examples
from playground.data.sources.csv_file import CsvFile

FLOWERS = """petal,leaf,note,species
1.5,3,,rose
2.5,,old,tulip
3.5,1,old,rose
4.5,2,new,tulip
5.5,2,,rose
6.5,1,new,tulip
7.5,3,old,rose
8.5,2,old,tulip
9.5,1,old,rose
10.5,3,new,tulip
"""


@pytest.fixture
def flowers(tmp_path):
    """Ten rows of a file, with missing cells, in three parts."""
    path = tmp_path / "flowers.csv"
    path.write_text(FLOWERS)
    return Catalogue(CsvFile(path=path, targets=("species",)).load())


@pytest.fixture
def heights():
    """Numbers to predict, without a file: four rows to train on, two to validate with."""
    x = np.arange(12, dtype=np.float32).reshape(6, 2)
    y = np.arange(6, dtype=np.float32)[:, None] / 10
    train, validation = np.array([4, 0, 2, 5]), np.array([3, 1])
    whole = Examples(x, y)
    parts = whole.take(train), whole.take(validation), whole.take(np.arange(0))
    return Catalogue(Dataset("heights", *parts, features=("a", "b"), targets=("height",)))
