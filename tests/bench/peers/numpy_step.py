"""Trains a net in NumPy step by step: `numpy_step.py WORKLOAD`; its work is `step`."""
import sys

import numpy as np

from numpy_net import Net
from serve import serve_steps
from workloads import WORKLOADS, batches, blas, count_subnormal, parameters, splits

x, y = splits()["train"]
net = Net(**WORKLOADS[sys.argv[1]])
rows_of = batches(net.batch)


def reset():
    net.restart(parameters(sys.argv[1]))


def subnormal():
    return sum(count_subnormal(a) for a in (net.flat, net.flat_gradient, net.m, net.v))


reset()
serve_steps(lambda i: net.step(x, y, rows_of(i), 5e-4), reset, subnormal, f"NumPy {np.__version__}, {blas()}")
