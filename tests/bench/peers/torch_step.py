"""Trains a net in eager PyTorch step by step: `torch_step.py WORKLOAD [foreach]`; its work is `step`."""
import sys

import torch

from serve import serve_steps
from torch_net import make_net, set_parameters, train_step
from workloads import WORKLOADS, batches, blas, count_subnormal, parameters, splits

torch.set_num_threads(1)
torch.manual_seed(231)
name = sys.argv[1]
workload = WORKLOADS[name]
x, y = (torch.from_numpy(part) for part in splits()["train"])
net = make_net(**workload)
rows_of = batches(workload["batch"])
optimizer = None


def reset():
    global optimizer
    set_parameters(net, parameters(name))
    optimizer = torch.optim.Adam(net.parameters(), lr=5e-4, foreach="foreach" in sys.argv)


def step(index):
    return train_step(net, optimizer, x, y, torch.from_numpy(rows_of(index)))


def subnormal():
    tensors = [t for p in net.parameters() for t in (p, p.grad, *optimizer.state[p].values()) if t is not None]
    return sum(count_subnormal(t.detach().numpy()) for t in tensors)


reset()
serve_steps(step, reset, subnormal, f"PyTorch {torch.__version__}, {blas()}")
