"""Makes fixtures/folds.json with scikit-learn, whose folds must have the properties that those of Seedbed have.

    apt-get install -y --no-install-recommends python3-sklearn
    /usr/bin/python3 tests/golden/make_folds.py
"""

import json
import pathlib
import random

import sklearn
from sklearn.model_selection import GroupKFold, StratifiedKFold

FILE = pathlib.Path(__file__).parent / "fixtures" / "folds.json"


def folds_of(splitter, labels, groups=None):
    folds = [0] * len(labels)
    for fold, (_, rows) in enumerate(splitter.split([[0]] * len(labels), labels, groups)):
        for row in rows:
            folds[row] = fold
    return folds


chance = random.Random(231)
stratified = []
for rows, classes, folds in [(30, 3, 5), (47, 4, 3), (101, 2, 10)]:
    labels = list(range(classes)) * folds
    labels += [chance.randrange(classes) for _ in range(max(0, rows - len(labels)))]
    chance.shuffle(labels)
    stratified.append({"labels": labels, "folds": folds, "assigned": folds_of(StratifiedKFold(folds), labels)})
grouped = []
for rows, groups, folds in [(40, 12, 4), (90, 10, 3)]:
    labels = [chance.randrange(3) for _ in range(rows)]
    numbers = [row if row < groups else chance.randrange(groups) for row in range(rows)]
    grouped.append({
        "labels": labels,
        "groups": numbers,
        "folds": folds,
        "assigned": folds_of(GroupKFold(folds), labels, numbers),
    })
FILE.write_text(json.dumps({
    "source": f"sklearn.model_selection.StratifiedKFold and GroupKFold, scikit-learn {sklearn.__version__}",
    "stratified": stratified,
    "grouped": grouped,
}) + "\n")
