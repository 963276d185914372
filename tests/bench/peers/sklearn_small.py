"""Runs small trials in scikit-learn: `sklearn_small.py SETTINGS [search]`; its work is `trial`, a fit and a score, or with
`search` those of a GridSearchCV over fifty learning rates at a time."""
import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.model_selection import GridSearchCV, PredefinedSplit
from sklearn.neural_network import MLPClassifier

from serve import serve
from workloads import blas, read

# Three epochs never converge, and each fit would say so.
warnings.filterwarnings("ignore")
settings = json.loads(sys.argv[1])
inputs, hidden, classes = dims = settings["dims"]
mean = read("small_mean", np.float32)
splits = [
    (read(f"small_{split}_x", np.float32).reshape(-1, inputs) - mean, read(f"small_{split}_labels", np.uint8))
    for split in ("train", "validation")
]
flat = read("small", np.float32)
LAYERS = {}
at = 0
for rows, columns in zip(dims, dims[1:]):
    weights = flat[at : at + rows * columns].reshape(rows, columns)
    at += rows * columns
    LAYERS[rows, columns] = weights, flat[at : at + columns]
    at += columns


class Classifier(MLPClassifier):
    """Begins with the parameters that every program begins with."""

    def _init_coef(self, fan_in, fan_out, dtype):
        weights, bias = LAYERS[fan_in, fan_out]
        return weights.copy(), bias.copy()


def classifier(rate):
    return Classifier(
        (hidden,), batch_size=settings["batch"], max_iter=settings["epochs"], alpha=0, learning_rate_init=rate, random_state=231
    )


rates = settings["learningRates"]
following = [0]


def trial():
    model = classifier(rates[following[0] % len(rates)])
    following[0] += 1
    model.fit(*splits[0])
    model.score(*splits[1])


def search():
    """The tenth of the grid that comes next."""
    start = following[0] % len(rates)
    following[0] += 50
    x, y = (np.concatenate(parts) for parts in zip(*splits))
    fold = PredefinedSplit([-1] * len(splits[0][1]) + [0] * len(splits[1][1]))
    grid = {"learning_rate_init": rates[start : start + 50]}
    GridSearchCV(classifier(rates[0]), grid, cv=fold, refit=False).fit(x, y)


def losses(_):
    return [float(loss) for loss in classifier(rates[-1]).fit(*splits[0]).loss_curve_]


works = {"search": search} if "search" in sys.argv else {"trial": trial}
serve(works, f"scikit-learn {sklearn.__version__}, {blas()}", {"losses": losses})
