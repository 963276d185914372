"""Makes fixtures/sobol.json with scipy, which shares no line with lib/experiment/points/sobol.ts.

    apt-get install -y --no-install-recommends python3-scipy
    /usr/bin/python3 tests/golden/make_sobol.py
"""

import json
import pathlib

import scipy
from scipy.stats import qmc

FILE = pathlib.Path(__file__).parent / "fixtures" / "sobol.json"
DIMENSIONS = [0, 1, 2, 3, 7, 20, 40, 63]
POINTS = 64

points = qmc.Sobol(d=64, scramble=False, bits=32).random(POINTS)
FILE.write_text(json.dumps({
    "source": f"scipy.stats.qmc.Sobol(d=64, scramble=False, bits=32).random({POINTS}) * 2**32, scipy {scipy.__version__}",
    "dimensions": DIMENSIONS,
    "points": [[int(value * 2**32) for value in point[DIMENSIONS]] for point in points],
}) + "\n")
