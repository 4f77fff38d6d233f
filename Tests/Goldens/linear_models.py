"""Goldens for the linear support vector machine and ridge regression, by scikit-learn.

Run: python Tests/Goldens/linear_models.py (needs scikit-learn, whose LinearSVC is liblinear)
Rows of two classes overlap, so that some multipliers end at their limit, some at 0, some between.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.linear_model import Ridge
from sklearn.svm import LinearSVC

SEED = 21
rng = np.random.default_rng(SEED)


def rounded(values):
    """Values that Float holds exactly."""
    return np.round(values * 256) / 256


def machine(rows, columns, positives, cost, positive_weight, bias_feature):
    is_positive = np.arange(rows) < positives
    features = rng.normal(0, 1, (rows, columns)) + np.where(is_positive, 0.5, -0.2)[:, None]
    features = rounded(features)
    # scikit-learn's intercept_scaling is the constant feature that the bias multiplies.
    model = LinearSVC(
        loss="hinge", dual=True, C=cost, class_weight={True: positive_weight, False: 1.0},
        intercept_scaling=bias_feature, tol=1e-10, max_iter=10_000_000, random_state=SEED)
    model.fit(features, is_positive)
    weights, bias = model.coef_[0], model.intercept_[0]
    margins = features @ weights + bias
    losses = np.where(
        is_positive, positive_weight * np.maximum(0, 1 - margins), np.maximum(0, 1 + margins))
    objective = 0.5 * weights @ weights + 0.5 * (bias / bias_feature) ** 2 + cost * losses.sum()
    return {
        "rows": rows, "columns": columns, "features": features.ravel().tolist(),
        "isPositive": is_positive.tolist(), "cost": cost, "positiveWeight": positive_weight,
        "biasFeature": bias_feature, "weights": weights.tolist(), "bias": bias,
        "objective": objective,
    }


def ridge(rows, columns, targets, penalty):
    features = rounded(rng.normal(0, 1, (rows, columns)))
    wanted = rounded(rng.normal(0, 1, (rows, targets)))
    model = Ridge(alpha=penalty, fit_intercept=False, solver="cholesky").fit(features, wanted)
    return {
        "rows": rows, "columns": columns, "targetCount": targets, "penalty": penalty,
        "features": features.ravel().tolist(), "targets": wanted.ravel().tolist(),
        "weights": model.coef_.T.ravel().tolist(),
    }


golden = {
    "passport": {
        "script": "Tests/Goldens/linear_models.py", "seed": SEED, "dtype": "float64",
        "scikit-learn": sklearn.__version__, "numpy": np.__version__,
    },
    # 15, 16 and 17 columns: with the bias feature, a whole vector, one more, and two more.
    "machines": [
        machine(*case)
        for case in [
            (40, 5, 12, 0.1, 1.0, 1.0), (60, 15, 20, 0.01, 2.0, 10.0), (60, 16, 9, 0.05, 5.0, 10.0),
            (50, 17, 25, 1.0, 2.0, 1.0), (200, 33, 30, 0.001, 2.0, 10.0),
        ]
    ],
    "ridges": [
        ridge(*case) for case in [(30, 4, 1, 0.5), (40, 17, 4, 10.0), (12, 20, 3, 1.0)]
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
