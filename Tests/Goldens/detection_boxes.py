"""Goldens for boxes, their overlaps and offsets, by torchvision in double precision.

Run: OMP_NUM_THREADS=1 python Tests/Goldens/detection_boxes.py
Coordinates lie on a grid of quarters, so that Float holds them exactly and overlaps tie on purpose.
"""

import json
import math
import pathlib

import numpy as np
import torch
import torchvision
from torchvision.models.detection._utils import BoxCoder
from torchvision.ops import (
    box_area,
    box_convert,
    box_iou,
    clip_boxes_to_image,
    complete_box_iou,
    distance_box_iou,
    generalized_box_iou,
    remove_small_boxes,
)

SEED = 14
rng = np.random.default_rng(SEED)
torch.set_num_threads(1)


def boxes(count, extent=20.0, side=8.0):
    corner = rng.integers(0, int(extent * 4), (count, 2)) / 4
    sides = rng.integers(1, int(side * 4) + 1, (count, 2)) / 4
    return np.concatenate([corner, corner + sides], 1)


def plain(array):
    """Nested lists with null for NaN, which JSON cannot say."""
    if isinstance(array, (list, tuple)):
        return [plain(item) for item in array]
    if isinstance(array, float) and math.isnan(array):
        return None
    return array


def listed(array):
    return plain(array.tolist())


def overlap_case(name, rows, columns):
    rows, columns = torch.tensor(rows).reshape(-1, 4), torch.tensor(columns).reshape(-1, 4)
    return {
        "name": name,
        "rows": listed(rows),
        "columns": listed(columns),
        "overlaps": listed(box_iou(rows, columns)),
    }


def pair_case(number):
    """Boxes of some area, alone and against each other, in the ways that losses measure."""
    count = int(rng.integers(1, 7))
    a, b = (torch.tensor(boxes(count, extent=[4.0, 20.0][number % 2])) for _ in range(2))
    return {
        "rows": listed(a),
        "columns": listed(b),
        "generalized": listed(generalized_box_iou(a, b).diagonal()),
        "distance": listed(distance_box_iou(a, b).diagonal()),
        "complete": listed(complete_box_iou(a, b).diagonal()),
    }


def forms_case():
    corners = torch.tensor(boxes(int(rng.integers(0, 9))) - 4)
    width, height = (float(v) for v in rng.integers(4, 16, 2))
    least = float(rng.integers(1, 24)) / 4
    return {
        "corners": listed(corners),
        "centers": listed(box_convert(corners, "xyxy", "cxcywh")),
        "topLefts": listed(box_convert(corners, "xyxy", "xywh")),
        "areas": listed(box_area(corners)),
        "clipWidth": width,
        "clipHeight": height,
        "clipped": listed(clip_boxes_to_image(corners, (height, width))),
        "leastSide": least,
        "largeEnough": listed(remove_small_boxes(corners, least)),
    }


degenerate = np.array(
    [[3, 3, 3, 3], [3, 3, 3, 9], [0, 0, 10, 10], [8, 8, 2, 2], [2, 8, 8, 2], [math.nan, 0, 4, 4]]
)
anchors, targets = torch.tensor(boxes(30)), torch.tensor(boxes(30))
deltas = torch.tensor(rng.integers(-200, 200, (30, 4)) / 16)
coders = {}
for name, weights in {"regionHead": (10.0, 10.0, 5.0, 5.0), "regionProposal": (1.0,) * 4}.items():
    coder = BoxCoder(weights)
    coders[name] = {
        "encoded": listed(coder.encode_single(targets, anchors)),
        "decoded": listed(coder.decode_single(deltas, anchors)),
    }

golden = {
    "passport": {
        "script": "Tests/Goldens/detection_boxes.py",
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "overlaps": [
        overlap_case("random", boxes(12), boxes(9)),
        overlap_case("degenerate", degenerate, degenerate),
        overlap_case("no rows", np.zeros((0, 4)), boxes(2)),
        overlap_case("no columns", boxes(2), np.zeros((0, 4))),
        *(
            overlap_case(f"random {n}", *(boxes(int(rng.integers(1, 9)), 6.0) for _ in range(2)))
            for n in range(30)
        ),
    ],
    "pairs": [pair_case(number) for number in range(40)],
    "forms": [forms_case() for _ in range(20)],
    "offsets": {
        "anchors": listed(anchors),
        "boxes": listed(targets),
        "deltas": listed(deltas),
        **coders,
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
