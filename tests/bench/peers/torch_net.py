"""The same nets in eager PyTorch."""
import torch
from torch import nn


def make_net(hidden, norm=None, keep=1.0, weight_scale=1e-2, inputs=3072, classes=10, **_):
    layers = []
    for width in hidden:
        layers.append(nn.Linear(inputs, width))
        if norm:
            layers.append(nn.BatchNorm1d(width) if norm == "batchnorm" else nn.LayerNorm(width))
        layers.append(nn.ReLU())
        if keep < 1:
            layers.append(nn.Dropout(1 - keep))
        inputs = width
    layers.append(nn.Linear(inputs, classes))
    for layer in layers:
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, 0, weight_scale)
            nn.init.zeros_(layer.bias)
    return nn.Sequential(*layers)


def train_step(net, optimizer, x, y, batch):
    """Trains on a batch picked at random and returns its loss."""
    rows = torch.randint(0, len(x), (batch,))
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
    loss.backward()
    optimizer.step()
    return loss.item()
