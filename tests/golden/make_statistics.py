"""Makes fixtures/statistics.json with scipy and statsmodels, which share no line with lib/statistics.

    apt-get install -y --no-install-recommends python3-scipy python3-statsmodels
    /usr/bin/python3 tests/golden/make_statistics.py
"""

import json
import pathlib

import numpy as np
import pandas as pd
from scipy import integrate, optimize, stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.proportion import proportion_confint

FILE = pathlib.Path(__file__).parent / "fixtures" / "statistics.json"
random = np.random.default_rng(2026)
DEGREES = [1, 2, 3, 4, 5, 6, 9, 10, 29, 30, 99, 250, 1000, 9999]


def student_quantile(tail, degrees):
    """scipy 1.10's own quantiles are wrong by up to 1e-9; its probabilities are exact, so that they are inverted."""
    return optimize.brentq(lambda t: 2 * stats.t.sf(t, degrees) - tail, 0, 1e6, xtol=1e-13, rtol=1e-14, maxiter=1000)


def student():
    for degrees in DEGREES:
        for t in [1e-3, 0.1, 0.7, 1, 1.9, 2.6, 5, 12, 80]:
            yield {"t": t, "degrees": degrees, "tail": 2 * stats.t.sf(t, degrees)}


def quantiles():
    for degrees in DEGREES:
        for tail in [0.5, 0.1, 0.05, 0.01, 0.001]:
            yield {"degrees": degrees, "tail": tail, "quantile": student_quantile(tail, degrees)}


def paired():
    for n in [3, 4, 5, 8, 16, 40]:
        left, right = random.normal(0.8, 0.05, n), random.normal(0.78, 0.05, n)
        result = stats.ttest_rel(left, right)
        half = student_quantile(0.05, n - 1) * stats.sem(left - right)
        mean = (left - right).mean()
        row = {"left": list(left), "right": list(right), "p": result.pvalue, "low": mean - half,
               "high": mean + half, "folds": []}
        for ratio in [1 / 9, 1 / 4, 1]:
            # Nadeau and Bengio's variance, put into scipy's distribution.
            differences = left - right
            error = differences.std(ddof=1) * np.sqrt(1 / n + ratio)
            row["folds"].append({
                "heldOutRatio": ratio,
                "p": 2 * stats.t.sf(abs(differences.mean()) / error, n - 1),
                "halfWidth": student_quantile(0.05, n - 1) * error,
            })
        yield row


def sign_flips():
    cases = [list(random.normal(0.3, 1, n)) for n in [2, 3, 5, 8, 12]]
    cases += [[1, 1, -1, 1, 1], [0, 0, 0], [0.1, 0.2, 0.3, -0.3], [0.1] * 6]
    for differences in cases:
        result = stats.permutation_test(
            (np.array(differences),), np.sum, permutation_type="samples", n_resamples=np.inf)
        yield {"differences": differences, "p": result.pvalue}


def holms():
    for n in [1, 2, 5, 20]:
        p = list(random.uniform(0, 1, n) ** 3)
        yield {"p": p, "adjusted": list(multipletests(p, method="holm")[1])}
    yield {"p": [0.01, 0.01, 0.04], "adjusted": list(multipletests([0.01, 0.01, 0.04], method="holm")[1])}


def wilsons():
    for count, rows in [(0, 1), (1, 1), (28, 30), (0, 30), (30, 30), (5123, 10000), (10000, 10000), (27.6, 30)]:
        low, high = proportion_confint(count, rows, method="wilson")
        yield {"count": count, "rows": rows, "low": max(0, low), "high": min(1, high)}


def mcnemars():
    for left, right in [(0, 0), (0, 1), (3, 14), (14, 3), (10, 10), (0, 40), (3000, 3200), (212, 341)]:
        p = 1 if left + right == 0 else mcnemar([[0, left], [right, 0]], exact=True).pvalue
        yield {"onlyLeft": left, "onlyRight": right, "p": min(1, p)}


def maxima():
    for k in [1, 2, 3, 4, 10, 100, 1000, 10000]:
        def moment(x):
            return x * k * stats.norm.pdf(x) * stats.norm.cdf(x) ** (k - 1)

        value = integrate.quad(moment, -12, 12, epsabs=1e-13, epsrel=1e-13, limit=1000, points=[0, 2, 3, 4, 5])[0]
        yield {"k": k, "maximum": value}


def powers():
    for mean, deviation in [(0.02, 0.0298), (0.0333, 0.0707), (1, 0.5), (-0.5, 2), (0.1, 0.11)]:
        n = TTestPower().solve_power(abs(mean) / deviation, power=0.8, alpha=0.05)
        yield {"mean": mean, "standardDeviation": deviation, "repeats": n}


def factorials():
    for counts in [[2, 4], [3, 2, 2], [2, 3, 2, 4], [5]]:
        cells = [list(map(int, index)) for index in np.ndindex(*counts)]
        values = random.normal(0, 1, len(cells)) + np.array([3 * cell[0] for cell in cells])
        names = [f"f{factor}" for factor in range(len(counts))]
        frame = pd.DataFrame(cells, columns=names)
        frame["y"] = values
        crossed = "*".join(f"C({name})" for name in names)
        table = anova_lm(ols(f"y ~ {crossed}", frame).fit())
        total = table["sum_sq"][table.index != "Residual"].sum()
        pick = lambda *factors: table["sum_sq"][":".join(f"C(f{factor})" for factor in factors)] / total
        count = len(counts)
        yield {
            "levelCounts": counts,
            "cells": [{"levels": cell, "value": value} for cell, value in zip(cells, values)],
            "single": [pick(factor) for factor in range(count)],
            "pairs": [pick(a, b) for a in range(count) for b in range(a + 1, count)],
        }


FILE.write_text(json.dumps({
    "student": list(student()),
    "quantiles": list(quantiles()),
    "paired": list(paired()),
    "signFlips": list(sign_flips()),
    "holm": list(holms()),
    "wilson": list(wilsons()),
    "mcnemar": list(mcnemars()),
    "maxima": list(maxima()),
    "powers": list(powers()),
    "factorials": list(factorials()),
}, indent=1) + "\n")
