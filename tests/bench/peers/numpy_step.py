"""Trains a net in NumPy step by step: `numpy_step.py WORKLOAD`; its work is `step`."""
import sys

import numpy as np

from numpy_net import Net
from serve import serve
from workloads import WORKLOADS, blas, random_data

x, y = random_data()
net = Net(**WORKLOADS[sys.argv[1]])
serve({"step": lambda: net.step(x, y, 5e-4)}, f"NumPy {np.__version__}, {blas()}")
