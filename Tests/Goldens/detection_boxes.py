"""Goldens for boxes, offsets and suppression, by torchvision in double precision.

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
from torchvision.ops import batched_nms, box_convert, box_iou, clip_boxes_to_image, nms

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


def suppression_case(name, candidates, scores, threshold, classes=None):
    candidates = torch.as_tensor(candidates, dtype=torch.float64).reshape(-1, 4)
    scores = torch.as_tensor(scores, dtype=torch.float64)
    if classes is None:
        kept = nms(candidates, scores, threshold)
    else:
        kept = batched_nms(candidates, scores, torch.as_tensor(classes), threshold)
    return {
        "name": name,
        "boxes": listed(candidates),
        "scores": listed(scores),
        "classes": None if classes is None else [int(value) for value in classes],
        "threshold": threshold,
        "kept": listed(kept),
    }


degenerate = np.array(
    [[3, 3, 3, 3], [3, 3, 3, 9], [0, 0, 10, 10], [8, 8, 2, 2], [2, 8, 8, 2], [math.nan, 0, 4, 4]]
)
stack = [[0, 0, 10, 10], [0, 0, 10, 10], [0, 0, 10, 5], [20, 20, 30, 30]]
stack_scores = [0.9, 0.9, 0.8, 0.7]
crowd = boxes(400, extent=40)
crowd_scores = rng.integers(0, 50, 400) / 64
with_nan = boxes(40)
with_nan[::7, 2] = math.nan
with_empty = boxes(40)
with_empty[::5, 2:] = with_empty[::5, :2]

plain_boxes = torch.tensor(boxes(30) - 4)
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
    ],
    "forms": {
        "corners": listed(plain_boxes),
        "centers": listed(box_convert(plain_boxes, "xyxy", "cxcywh")),
        "clipWidth": 15,
        "clipHeight": 9,
        "clipped": listed(clip_boxes_to_image(plain_boxes, (9, 15))),
    },
    "offsets": {
        "anchors": listed(anchors),
        "boxes": listed(targets),
        "deltas": listed(deltas),
        **coders,
    },
    "suppressions": [
        suppression_case("exactly at the threshold", stack, stack_scores, 0.5),
        suppression_case("just above the threshold", stack, stack_scores, 0.4999),
        suppression_case("by class", stack, stack_scores, 0.5, [0, 1, 0, 1]),
        suppression_case("empty", [], [], 0.5),
        suppression_case("two equal points", [[1, 1, 1, 1]] * 2, [0.5, 0.5], 0.5),
        suppression_case("crowd with tied scores", crowd, crowd_scores, 0.3),
        suppression_case("crowd, nothing may touch", crowd, crowd_scores, 0.0),
        suppression_case("crowd by class", crowd, crowd_scores, 0.4, rng.integers(0, 3, 400)),
        suppression_case("NaN coordinates", with_nan, rng.integers(0, 9, 40) / 8, 0.2),
        suppression_case("boxes without area", with_empty, rng.integers(0, 9, 40) / 8, 0.2),
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
