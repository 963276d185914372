"""Runs the reference's grid in NumPy: `numpy_grid.py SETTINGS`."""
import numpy as np

from grid import run_grid
from numpy_net import Net
from workloads import WORKLOADS


def accuracy(net, x, y):
    batch = net.batch
    hits = [net.forward(x[at : at + batch], False).argmax(1) == y[at : at + batch] for at in range(0, len(x), batch)]
    return float(np.mean(hits))


def train_trial(data, weight_scale, learning_rate, epochs, seed):
    x, y = data["train"]
    net = Net(**WORKLOADS["plain"], weight_scale=weight_scale, seed=seed)
    best, kept = -1.0, None
    sample = net.rng.choice(len(x), 1000, replace=False)
    sample_x, sample_y = x[sample], y[sample]
    for epoch in range(epochs + 1):
        if epoch > 0:
            for _ in range(len(x) // net.batch):
                net.step(x, y, learning_rate)
        accuracy(net, sample_x, sample_y)
        validation = accuracy(net, *data["validation"])
        if validation > best:
            best, kept = validation, net.flat.copy()
    net.flat[...] = kept
    return best


run_grid(train_trial)
