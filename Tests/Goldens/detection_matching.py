"""Goldens for torchvision's matchers and its hard-negative mining, in float64.

Run: python Tests/Goldens/detection_matching.py
Overlaps are hundredths, so that they tie and meet thresholds on purpose. Every ground truth is touched
by some anchor: what happens otherwise differs on purpose.
"""

import json
import pathlib

import numpy as np
import torch
import torchvision
from torchvision.models.detection._utils import Matcher, SSDMatcher

SEED = 147
rng = np.random.default_rng(SEED)
torch.set_num_threads(1)


def random_overlaps():
    rows, columns = int(rng.integers(1, 8)), int(rng.integers(1, 40))
    steps = int(rng.choice([10, 100]))
    overlaps = rng.integers(0, steps + 1, (rows, columns)) / steps
    overlaps[rng.random((rows, columns)) < 0.3] = 0
    for row in overlaps:
        if not row.any():
            row[rng.integers(0, columns)] = 1 / steps
    return overlaps


def match_case():
    overlaps = random_overlaps()
    low, high = sorted(float(v) for v in rng.choice([0.2, 0.3, 0.5, 0.5, 0.7], 2))
    keeps_best = bool(rng.integers(0, 2))
    quality = torch.as_tensor(overlaps)
    threshold = float(rng.choice([0.4, 0.5]))
    return {
        "overlaps": overlaps.tolist(),
        "objectFrom": high,
        "backgroundBelow": low,
        "keepsBestAnchors": keeps_best,
        "matches": Matcher(high, low, keeps_best)(quality).tolist(),
        "ssdThreshold": threshold,
        "ssd": SSDMatcher(threshold)(quality).tolist(),
    }


def negatives_case(number):
    """The lines of torchvision's SSD that choose background, on one picture."""
    count = int(rng.integers(1, 60))
    losses = torch.as_tensor(rng.permutation(count) / 64)
    is_object = torch.as_tensor(rng.random(count) < [0.0, 0.1, 0.3, 0.9][number % 4])
    wanted = 3 * is_object.sum()
    losses_of_background = losses.clone()
    losses_of_background[is_object] = -float("inf")
    rank = losses_of_background.sort(descending=True)[1].sort()[1]
    chosen = (rank < wanted) & ~is_object
    return {
        "losses": losses.tolist(),
        "isObject": is_object.tolist(),
        "chosen": torch.nonzero(chosen).flatten().tolist(),
    }


golden = {
    "passport": {
        "script": "Tests/Goldens/detection_matching.py",
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "matches": [match_case() for _ in range(80)],
    "negatives": [negatives_case(number) for number in range(32)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
