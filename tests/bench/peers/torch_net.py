"""The same nets in eager PyTorch."""
import torch
from torch import nn


def make_net(hidden, norm=None, keep=1.0, inputs=3072, classes=10, **_):
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
    return nn.Sequential(*layers)


def set_parameters(net, flat):
    """Sets weights, biases and normalizations, layer by layer, from one array; PyTorch keeps weights transposed."""
    at = 0
    with torch.no_grad():
        for parameter in net.parameters():
            part = torch.from_numpy(flat[at : at + parameter.numel()])
            at += parameter.numel()
            if parameter.dim() == 2:
                parameter.copy_(part.reshape(parameter.shape[::-1]).T)
            else:
                parameter.copy_(part)


def train_step(net, optimizer, x, y, rows):
    """Trains on the given rows and returns their loss."""
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
    loss.backward()
    optimizer.step()
    return loss.item()
