"""Trains a net in eager PyTorch step by step: `torch_step.py WORKLOAD [foreach]`; its work is `step`."""
import sys

import torch

from serve import serve
from torch_net import make_net, train_step
from workloads import WORKLOADS, blas, random_data

torch.set_num_threads(1)
torch.manual_seed(231)
workload = WORKLOADS[sys.argv[1]]
x, y = (torch.from_numpy(part) for part in random_data())
net = make_net(**workload)
optimizer = torch.optim.Adam(net.parameters(), lr=5e-4, foreach="foreach" in sys.argv)
serve({"step": lambda: train_step(net, optimizer, x, y, workload["batch"])}, f"PyTorch {torch.__version__}, {blas()}")
