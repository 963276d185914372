"""Runs the reference's grid in eager PyTorch: `torch_grid.py SETTINGS`."""
import copy
import sys

import torch

from grid import run_grid
from torch_net import make_net, set_parameters, train_step
from workloads import WORKLOADS, batches, parameters

torch.set_num_threads(1)
FOREACH = "foreach" in sys.argv


def accuracy(net, x, y):
    net.eval()
    with torch.no_grad():
        hits = (net(x).argmax(1) == y).float().mean().item()
    net.train()
    return hits


def train_trial(data, weight_scale, learning_rate, epochs):
    torch.set_num_threads(1)
    x, y = (torch.from_numpy(part) for part in data["train"])
    validation = [torch.from_numpy(part) for part in data["validation"]]
    workload = WORKLOADS["plain"]
    net = make_net(**workload)
    set_parameters(net, parameters(f"grid_{weight_scale}"))
    rows_of, steps = batches(workload["batch"]), len(x) // workload["batch"]
    optimizer = torch.optim.Adam(net.parameters(), lr=learning_rate, foreach=FOREACH)
    best, kept, losses = -1.0, None, []
    sample = torch.randperm(len(x))[:1000]
    sample_x, sample_y = x[sample], y[sample]
    for epoch in range(epochs + 1):
        if epoch > 0:
            for step in range((epoch - 1) * steps, epoch * steps):
                losses.append(train_step(net, optimizer, x, y, torch.from_numpy(rows_of(step))))
        accuracy(net, sample_x, sample_y)
        hits = accuracy(net, *validation)
        if hits > best:
            best, kept = hits, copy.deepcopy(net.state_dict())
    net.load_state_dict(kept)
    return sum(losses[:steps]) / steps


run_grid(train_trial)
