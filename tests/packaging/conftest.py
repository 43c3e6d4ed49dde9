"""The scripts in packaging/ are no package; they import one another as files of one folder."""

import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
sys.path.append(str(PACKAGING))  # last: they shall not stand before a library of the same name
