"""Makes fixtures/metrics.json with scikit-learn, which shares no line with lib/nn/training/metrics.

    apt-get install -y --no-install-recommends python3-sklearn
    /usr/bin/python3 tests/golden/make_metrics.py
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics

FILE = pathlib.Path(__file__).parent / "fixtures" / "metrics.json"
random = np.random.default_rng(231)


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def case(name, labels, scores):
    rows, classes = scores.shape
    predicted = scores.argmax(axis=1)
    found = {
        "validationAccuracy": metrics.accuracy_score(labels, predicted),
        "validationLoss": metrics.log_loss(labels, softmax(scores), labels=range(classes), eps=1e-300),
        "validationMacroF1": metrics.f1_score(labels, predicted, average="macro"),
        "validationBalancedAccuracy": np.mean([
            metrics.recall_score(labels == one, predicted == one) for one in np.unique(labels)
        ]),
    }
    if set(predicted) <= set(labels):
        assert abs(found["validationBalancedAccuracy"] - metrics.balanced_accuracy_score(labels, predicted)) < 1e-15
    for k in range(2, classes):
        found[f"validationTop{k}Accuracy"] = metrics.top_k_accuracy_score(labels, scores, k=k, labels=range(classes))
    if classes == 2:
        found["validationAuc"] = metrics.roc_auc_score(labels, scores[:, 1] - scores[:, 0])
    return {"name": name, "labels": labels.tolist(), "scores": scores.tolist(), "found": found}


def noisy(labels, classes, spread):
    return np.eye(classes)[labels] + random.normal(0, spread, (len(labels), classes))


balanced = random.integers(0, 5, 60)
rare = random.choice(7, 80, p=[0.5, 0.3, 0.1, 0.05, 0.05, 0, 0])
two = random.integers(0, 2, 50)
CASES = [
    case("five classes", balanced, noisy(balanced, 5, 0.7)),
    case("classes that are rare, only predicted, or nowhere", rare, noisy(rare, 7, 0.4)),
    case("two classes", two, noisy(two, 2, 0.8)),
    # Tenths as scores: many differences are equal, and no two scores of a row are.
    case("two classes with equal differences", two, np.round(noisy(two, 2, 0.8), 1) + [0, 1 / 64]),
    case("scores that are far apart", balanced, noisy(balanced, 5, 100)),
]
FILE.write_text(json.dumps({"source": f"scikit-learn {sklearn.__version__}", "cases": CASES}) + "\n")
