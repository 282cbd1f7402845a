"""Makes the drawings of ``tests/reading`` importable."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "reading"))
