"""Goldens for masks: areas, boxes, run lengths and overlaps by pycocotools.

Run: python Tests/Goldens/detection_masks.py
Masks are blobs, noise, stripes and the extremes (nothing, everything, one pixel, one row or column).
"""

import json
import pathlib
from importlib.metadata import version

import numpy as np
from pycocotools import mask as coco

SEED = 80
rng = np.random.default_rng(SEED)


def blob(height, width):
    y, x = np.mgrid[:height, :width]
    cy, cx = rng.uniform(0, height), rng.uniform(0, width)
    ry, rx = rng.uniform(1, height), rng.uniform(1, width)
    return ((y - cy) / ry) ** 2 + ((x - cx) / rx) ** 2 < 1


def noise(height, width):
    return rng.uniform(size=(height, width)) < rng.uniform(0.02, 0.98)


def stripes(height, width):
    y, x = np.mgrid[:height, :width]
    return (x + y * rng.integers(0, 3)) % rng.integers(2, 7) == 0


def compressed(mask):
    return coco.encode(np.asfortranarray(mask.astype(np.uint8)))


def column_counts(mask):
    """Lengths of runs down the columns, outside first."""
    flat = mask.flatten(order="F").astype(int)
    edges = np.flatnonzero(np.diff(flat)) + 1
    lengths = np.diff(np.concatenate([[0], edges, [flat.size]])).tolist()
    return lengths if flat[0] == 0 else [0] + lengths


def described(mask):
    rle = compressed(mask)
    return {
        "width": mask.shape[1],
        "height": mask.shape[0],
        "bits": "".join("#" if bit else "." for bit in mask.flatten()),
        "area": int(coco.area(rle)),
        "boundingBox": coco.toBbox(rle).tolist(),
        "counts": column_counts(mask),
        "compressed": rle["counts"].decode(),
    }


masks = [np.zeros((5, 7), bool), np.ones((5, 7), bool), np.eye(1, dtype=bool), np.zeros((1, 9), bool)]
for make in (blob, noise, stripes):
    for _ in range(12):
        masks.append(make(int(rng.integers(1, 24)), int(rng.integers(1, 24))))
masks += [blob(60, 80) for _ in range(6)]  # Runs long enough for several characters.
masks.append(np.pad(np.ones((1, 1), bool), ((700, 0), (40, 3))))

pairs = []
for number in range(40):
    height, width = (int(v) for v in rng.integers(2, 20, 2))
    makers = rng.choice([blob, noise, stripes], 2)
    a, b = (make(height, width) for make in makers)
    if number % 10 == 9:
        b = np.zeros_like(b)
    plain, crowd = ([[coco.iou([compressed(a)], [compressed(b)], [flag])[0, 0]] for flag in (0, 1)])
    pairs.append(
        {"first": described(a), "second": described(b), "overlap": plain[0], "shareInside": crowd[0]}
    )

golden = {
    "passport": {
        "script": "Tests/Goldens/detection_masks.py",
        "pycocotools": version("pycocotools"),
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "masks": [described(mask) for mask in masks],
    "pairs": pairs,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
