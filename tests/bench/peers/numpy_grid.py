"""Runs the reference's grid in NumPy: `numpy_grid.py SETTINGS`."""
import numpy as np

from grid import run_grid
from numpy_net import Net
from workloads import WORKLOADS, batches, parameters


def accuracy(net, x, y):
    batch = net.batch
    hits = [net.forward(x[at : at + batch], False).argmax(1) == y[at : at + batch] for at in range(0, len(x), batch)]
    return float(np.mean(hits))


def train_trial(data, weight_scale, learning_rate, epochs):
    x, y = data["train"]
    net = Net(**WORKLOADS["plain"])
    net.restart(parameters(f"grid_{weight_scale}"))
    rows_of, steps = batches(net.batch), len(x) // net.batch
    best, kept, losses = -1.0, None, []
    sample = net.rng.choice(len(x), 1000, replace=False)
    sample_x, sample_y = x[sample], y[sample]
    for epoch in range(epochs + 1):
        if epoch > 0:
            for step in range((epoch - 1) * steps, epoch * steps):
                losses.append(net.step(x, y, rows_of(step), learning_rate))
        accuracy(net, sample_x, sample_y)
        validation = accuracy(net, *data["validation"])
        if validation > best:
            best, kept = validation, net.flat.copy()
    net.flat[...] = kept
    return float(np.mean(losses[:steps]))


run_grid(train_trial)
