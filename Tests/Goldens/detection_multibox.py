"""Goldens for anchors and their targets.

Run: OMP_NUM_THREADS=1 python Tests/Goldens/detection_multibox.py
Priors are computed by PyTorch in float32, operation by operation, because they are compared to the
last bit. Assignment and targets are written from their rules with NumPy in float64.
"""

import json
import math
import pathlib

import numpy as np
import torch

SEED = 144
rng = np.random.default_rng(SEED)
torch.set_num_threads(1)


def priors(height, width, sizes, ratios):
    size, root = torch.tensor(sizes), torch.tensor(ratios).sqrt()
    widths = torch.cat([size * root[0], sizes[0] * root[1:]]) * height / width
    heights = torch.cat([size / root[0], sizes[0] / root[1:]])
    half = torch.stack([-widths, -heights, widths, heights], 1) / 2
    y = (torch.arange(height) + 0.5) * (1.0 / height)
    x = (torch.arange(width) + 0.5) * (1.0 / width)
    y, x = (grid.reshape(-1) for grid in torch.meshgrid(y, x, indexing="ij"))
    centers = torch.stack([x, y, x, y], 1)
    return (centers[:, None, :] + half[None, :, :]).reshape(-1, 4)


def prior_case(height, width, sizes, ratios):
    return {
        "height": height,
        "width": width,
        "sizes": sizes,
        "widthOverHeight": ratios,
        "boxes": priors(height, width, sizes, ratios).double().tolist(),
    }


def overlap(a, b):
    width = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    shared = width * height
    area = lambda box: (box[2] - box[0]) * (box[3] - box[1])
    return shared / (area(a) + area(b) - shared)


def assign(anchors, truths, threshold):
    """Pairs in order of falling overlap; the first free pair of an anchor and a truth is taken."""
    objects = [
        i for i, row in enumerate(truths) if row[0] >= 0 and row[3] > row[1] and row[4] > row[2]
    ]
    table = {(a, t): overlap(anchors[a], truths[t][1:]) for a in range(len(anchors)) for t in objects}
    assigned = [-1] * len(anchors)
    for a in range(len(anchors)):
        best = max(objects, key=lambda t: (table[a, t], -t), default=None)
        if best is not None and table[a, best] >= threshold:
            assigned[a] = best
    used_anchors, used_truths = set(), set()
    for a, t in sorted(table, key=lambda pair: (-table[pair], pair)):
        if a not in used_anchors and t not in used_truths:
            assigned[a] = t
            used_anchors.add(a)
            used_truths.add(t)
    return assigned


def encode(anchor, box, eps=1e-6):
    form = lambda b: ((b[0] + b[2]) / 2, (b[1] + b[3]) / 2, b[2] - b[0], b[3] - b[1])
    a, b = form(anchor), form(box)
    return [
        10 * (b[0] - a[0]) / a[2],
        10 * (b[1] - a[1]) / a[3],
        5 * math.log(eps + b[2] / a[2]),
        5 * math.log(eps + b[3] / a[3]),
    ]


def target_case(name, anchors, labels, threshold):
    assigned = [assign(anchors, truths, threshold) for truths in labels]
    offsets, classes = [], []
    for truths, row in zip(labels, assigned):
        for anchor, t in zip(anchors, row):
            classes.append(0 if t < 0 else int(truths[t][0]) + 1)
            offsets += [0.0] * 4 if t < 0 else encode(anchor, truths[t][1:])
    return {
        "name": name,
        "anchors": [list(map(float, anchor)) for anchor in anchors],
        "labels": labels,
        "threshold": threshold,
        "assigned": assigned,
        "offsets": offsets,
        "classes": classes,
    }


def random_labels(most):
    labels = []
    for _ in range(int(rng.integers(0, most + 1))):
        corner, sides = rng.random(2) * 0.7, 0.05 + rng.random(2) * 0.5
        box = np.float32(np.concatenate([corner, corner + sides])).tolist()
        labels.append([int(rng.integers(0, 4)), *box])
    return labels


grid = priors(5, 4, [0.3, 0.42], [1.0, 2.0, 0.5]).double().tolist()
far = [[0.0, 0.0, 0.25, 0.25], [0.25, 0.0, 0.5, 0.25], [0.5, 0.0, 0.75, 0.25]]
golden = {
    "passport": {
        "script": "Tests/Goldens/detection_multibox.py",
        "torch": torch.__version__,
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "priors float32, targets float64",
    },
    "priors": [
        prior_case(1, 1, [0.8], [1.0, 2.0, 0.5]),
        prior_case(7, 5, [0.75, 0.5, 0.25], [1.0, 2.0, 0.5]),
        prior_case(3, 11, [0.37, 0.447], [1.5, 0.3, 3.0]),
        prior_case(13, 13, [0.2], [0.7]),
    ],
    "targets": [
        target_case("random", grid, [random_labels(6) for _ in range(8)], 0.5),
        target_case("low threshold", grid, [random_labels(6) for _ in range(4)], 0.2),
        target_case("no overlap reaches it", grid, [random_labels(6) for _ in range(4)], 0.99),
        target_case("more truths than anchors", grid[:3], [random_labels(9) for _ in range(4)], 0.3),
        target_case(
            "padding, boxes without area, and a truth no anchor touches",
            far,
            [
                [[-1, 0.0, 0.0, 0.25, 0.25], [2, 0.25, 0.0, 0.5, 0.5]],
                [[1, 0.1, 0.1, 0.1, 0.4], [0, 0.5, 0.5, 0.25, 0.25], [3, 0.5, 0.0, 0.75, 0.25]],
                [[0, 0.8, 0.8, 1.0, 1.0]],
                [],
            ],
            0.5,
        ),
        target_case(
            "exactly at the threshold, and equal ground truths",
            far,
            [[[0, 0.0, 0.0, 0.25, 0.5]], [[0, 0.0, 0.0, 0.5, 0.25], [1, 0.0, 0.0, 0.5, 0.25]]],
            0.5,
        ),
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
