"""Makes fixtures/preparation.json with scikit-learn: a table of random values, and what its transformers make of it.

    apt-get install -y --no-install-recommends python3-sklearn
    /usr/bin/python3 tests/golden/make_preparation.py
"""

import json
import math
import pathlib
import random

import numpy
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    RobustScaler,
    StandardScaler,
)

FILE = pathlib.Path(__file__).parent / "fixtures" / "preparation.json"
ROWS, TRAINED = 60, 40
chance = random.Random(231)


def numbers(draw, missing):
    return [None if chance.random() < missing else draw() for _ in range(ROWS)]


def distinct(values):
    return [math.nan if value is None else float(value) for value in values]


NUMBERS = {
    "gauss": numbers(lambda: chance.gauss(3, 2), 0.2),
    "large": numbers(lambda: 1.7e9 + chance.randrange(10_000), 0.1),
    "skewed": numbers(lambda: round(math.exp(chance.gauss(2, 2)), 3), 0.1),
    "counts": numbers(lambda: chance.randrange(5), 0.15),
    "constant": [0.1] * ROWS,
}
SCALERS = {
    "standardize": StandardScaler,
    "minMax": MinMaxScaler,
    "robust": RobustScaler,
    "log1p": lambda: FunctionTransformer(numpy.log1p),
    "none": lambda: FunctionTransformer(),
}
IMPUTERS = {
    "mean": {"strategy": "mean"},
    "median": {"strategy": "median"},
    "mostFrequent": {"strategy": "most_frequent"},
    "constant": {"strategy": "constant", "fill_value": 1.5},
    "indicator": {"strategy": "median", "add_indicator": True},
}

cases = []
for name, values in NUMBERS.items():
    column = numpy.array(distinct(values)).reshape(-1, 1)
    for scaling, scaler in SCALERS.items():
        for missing, options in IMPUTERS.items():
            if scaling == "log1p" and name == "gauss":
                continue
            # MinMaxScaler computes v * scale + offset, which costs large numbers their last digits.
            if scaling == "minMax" and name == "large":
                continue
            imputer = SimpleImputer(**options).fit(column[:TRAINED])
            filled = imputer.transform(column)
            own = scaler().fit(filled[:TRAINED, :1])
            expected = numpy.hstack([own.transform(filled[:, :1]), filled[:, 1:]])
            cases.append({
                "column": name,
                "scaling": scaling,
                "missing": missing,
                "expected": expected.tolist(),
            })

# The last rows have a text that no training row has.
TEXTS = [chance.choice(["b", "a", "c\u00e9", "Z", "d e"]) for _ in range(ROWS - 3)] + ["new", "a", "new"]
encoder = OneHotEncoder(handle_unknown="ignore").fit([[text] for text in TEXTS[:TRAINED]])
ORDER = ["low", "middle", "high"]
LEVELS = [chance.choice(ORDER) for _ in range(ROWS)]
ordinal = make_pipeline(OrdinalEncoder(categories=[ORDER]), StandardScaler())
ordinal.fit([[level] for level in LEVELS[:TRAINED]])

labels = [chance.choice("aaaaaabbbc") for _ in range(103)] + ["d"] * 5
splits = []
for train, test in [(60, 20), (80, 28), (30, 30)]:
    taken, held = next(StratifiedShuffleSplit(1, train_size=train, test_size=test, random_state=0).split(labels, labels))
    count = lambda rows: {label: sum(labels[row] == label for row in rows) for label in sorted(set(labels))}
    splits.append({"train": train, "test": test, "trainCounts": count(taken), "testCounts": count(held)})

FILE.write_text(json.dumps({
    "source": f"sklearn.preprocessing, sklearn.impute and StratifiedShuffleSplit, scikit-learn {sklearn.__version__}",
    "trained": TRAINED,
    "numbers": NUMBERS,
    "cases": cases,
    "texts": {"values": TEXTS, "expected": encoder.transform([[text] for text in TEXTS]).toarray().tolist()},
    "levels": {"values": LEVELS, "order": ORDER, "expected": ordinal.transform([[level] for level in LEVELS]).tolist()},
    "labels": labels,
    "splits": splits,
}) + "\n")
