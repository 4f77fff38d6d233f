"""Goldens for suppression by torchvision, and for soft suppression from its rules, both in float64.

Run: OMP_NUM_THREADS=1 python Tests/Goldens/detection_suppression.py
Coordinates lie on a grid of quarters and scores repeat, so that overlaps and scores tie on purpose.
"""

import json
import math
import pathlib

import numpy as np
import torch
import torchvision
from torchvision.ops import batched_nms, box_iou, nms

SEED = 145
rng = np.random.default_rng(SEED)
torch.set_num_threads(1)


def boxes(count, extent=20.0, side=8.0):
    corner = rng.integers(0, int(extent * 4), (count, 2)) / 4
    sides = rng.integers(1, int(side * 4) + 1, (count, 2)) / 4
    return np.concatenate([corner, corner + sides], 1)


def spoiled(count, share):
    """Boxes of which some are points, lines, inside out, or hold NaN."""
    result = boxes(count)
    for index in np.flatnonzero(rng.random(count) < share):
        kind = rng.integers(0, 5)
        if kind == 0:
            result[index, 2:] = result[index, :2]
        elif kind == 1:
            result[index, 2] = result[index, 0]
        elif kind == 2:
            result[index] = result[index, [2, 3, 0, 1]]
        elif kind == 3:
            result[index, [0, 2]] = result[index, [2, 0]]
        else:
            result[index, rng.integers(0, 4)] = math.nan
    return result


def listed(array):
    """Nested lists with null for NaN, which JSON cannot say."""
    if isinstance(array, list):
        return [listed(item) for item in array]
    return None if isinstance(array, float) and math.isnan(array) else array


def case(name, candidates, scores, threshold, classes=None):
    tensors = torch.as_tensor(candidates).reshape(-1, 4), torch.as_tensor(scores)
    if classes is None:
        kept = nms(*tensors, threshold)
    else:
        kept = batched_nms(*tensors, torch.as_tensor(classes), threshold)
    return {
        "name": name,
        "boxes": listed(tensors[0].tolist()),
        "scores": tensors[1].tolist(),
        "classes": None if classes is None else [int(value) for value in classes],
        "threshold": threshold,
        "kept": kept.tolist(),
    }


def random_cases():
    cases = []
    for number in range(120):
        count = int(rng.integers(0, 70))
        share = [0.0, 0.0, 0.3][number % 3]
        candidates = spoiled(count, share)
        scores = rng.integers(0, rng.choice([3, 40]), count) / 32
        threshold = float(rng.choice([0.0, 0.25, 0.3, 0.5, 0.7, 1.0]))
        # torchvision shifts classes by the largest coordinate, which NaN spoils for all.
        by_class = number % 2 == 1 and not np.isnan(candidates).any()
        classes = rng.integers(0, 4, count) if by_class else None
        cases.append(case(f"random {number}", candidates, scores, threshold, classes))
    return cases


def soft(candidates, scores, classes, method, parameter, least):
    """Takes the best, lowers the scores of the others of its class, and so on (Bodla et al. 2017)."""
    overlaps = box_iou(torch.as_tensor(candidates), torch.as_tensor(candidates)).numpy()
    left = {i: float(score) for i, score in enumerate(scores) if score >= least}
    kept = []
    while left:
        best = min(left, key=lambda i: (-left[i], i))
        kept.append([best, left.pop(best)])
        for other in list(left):
            overlap = overlaps[best, other]
            if classes[other] != classes[best] or math.isnan(overlap):
                continue
            if method == "linear":
                left[other] *= 1 - overlap if overlap >= parameter else 1
            else:
                left[other] *= math.exp(-(overlap**2) / parameter)
            if left[other] < least:
                del left[other]
    return kept


def soft_case(number):
    count = int(rng.integers(0, 40))
    candidates = spoiled(count, [0.0, 0.2][number % 2])
    # Scores all differ by more than rounding, so that the order is sure.
    scores = (rng.permutation(count) + 1) / (count + 1)
    classes = rng.integers(0, [1, 3][number // 2 % 2], count)
    method = ["linear", "gaussian"][number % 2]
    parameter = float(rng.choice([0.25, 0.5] if method == "linear" else [0.3, 0.5]))
    least = float(rng.choice([0.001, 0.2]))
    return {
        "boxes": listed(candidates.tolist()),
        "scores": scores.tolist(),
        "classes": classes.tolist(),
        "method": method,
        "parameter": parameter,
        "leastScore": least,
        "kept": soft(candidates, scores, classes, method, parameter, least),
    }


stack = [[0.0, 0, 10, 10], [0, 0, 10, 10], [0, 0, 10, 5], [20, 20, 30, 30]]
stack_scores = [0.9, 0.9, 0.8, 0.7]
crowd = boxes(400, extent=40)
crowd_scores = rng.integers(0, 50, 400) / 64
# More than a thousand: torchvision goes class by class, and its last sort would shuffle ties.
many, many_scores = boxes(1500, extent=40), rng.permutation(1500) / 2048

golden = {
    "passport": {
        "script": "Tests/Goldens/detection_suppression.py",
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "suppressions": [
        case("exactly at the threshold", stack, stack_scores, 0.5),
        case("just above the threshold", stack, stack_scores, 0.4999),
        case("by class", stack, stack_scores, 0.5, [0, 1, 0, 1]),
        case("two equal points", [[1.0, 1, 1, 1]] * 2, [0.5, 0.5], 0.5),
        case("crowd with tied scores", crowd, crowd_scores, 0.3),
        case("crowd, nothing may touch", crowd, crowd_scores, 0.0),
        case("crowd by class", crowd, crowd_scores, 0.4, rng.integers(0, 3, 400)),
        case("many by class", many, many_scores, 0.5, rng.integers(0, 3, 1500)),
        *random_cases(),
    ],
    "soft": [soft_case(number) for number in range(40)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
