"""Goldens for evaluations whole: COCO's twelve numbers by pycocotools, VOC's with difficult objects.

Run: OMP_NUM_THREADS=1 python Tests/Goldens/detection_evaluation.py
Coordinates are halves and scores repeat, so that overlaps and scores tie on purpose. COCO's `ignore`,
which pycocotools overwrites, is put back, so that objects that are neither counted nor crowds occur.
"""

import contextlib
import io
import json
import math
import pathlib
from importlib.metadata import version

import numpy as np
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

SEED = 164
rng = np.random.default_rng(SEED)
CLASSES, SIDE = 3, 48
COUNTED, IGNORED, CROWD = 0, 1, 2


class Evaluation(COCOeval):
    """COCO's, where `ignored` of an annotation counts, too."""

    def _prepare(self):
        super()._prepare()
        for truths in self._gts.values():
            for truth in truths:
                truth["ignore"] = int(truth["standing"] != COUNTED)


# Shapes

def random_box():
    corner, sides = rng.integers(0, SIDE, 2) / 2, rng.integers(4, SIDE, 2) / 2
    return [float(v) for v in (*corner, *(corner + sides))]


def shaken(box):
    moved = np.array(box) + rng.integers(-3, 4, 4) / 2
    low, high = np.minimum(moved[:2], moved[2:]), np.maximum(moved[:2], moved[2:])
    return [float(v) for v in (*low, *(high + 0.5))]


def random_mask():
    y, x = np.mgrid[:SIDE, :SIDE]
    cy, cx, ry, rx = *rng.uniform(4, SIDE - 4, 2), *rng.uniform(2, 16, 2)
    return encoded(((y - cy) / ry) ** 2 + ((x - cx) / rx) ** 2 < 1)


def encoded(bits):
    rle = coco_mask.encode(np.asfortranarray(bits.astype(np.uint8)))
    return rle["counts"].decode()


def rle(counts):
    return {"size": [SIDE, SIDE], "counts": counts}


def shaken_mask(counts):
    bits = coco_mask.decode(rle(counts)).astype(bool)
    bits = np.roll(bits, rng.integers(-2, 3, 2), (0, 1))
    return encoded(bits & (rng.random((SIDE, SIDE)) < 0.97))


# Data sets. A truth: class, standing, area, shape; a detection: class, score, shape.

def area(shape):
    if isinstance(shape, str):
        return int(coco_mask.area(rle(shape)))
    return (shape[2] - shape[0]) * (shape[3] - shape[1])


def random_data(pictures, objects, false_alarms, make, shake, standings, nan_scores=False):
    detections, truths = [], []
    for _ in range(pictures):
        truth, found = [], []
        for _ in range(rng.integers(0, objects + 1)):
            shape = make()
            # The area of a mask need not be that of its box.
            share = 1 if isinstance(shape, str) else int(rng.integers(2, 5)) / 4
            truth.append([int(rng.integers(0, CLASSES)), int(rng.choice(standings)),
                          area(shape) * share, shape])
        for label, _, _, shape in truth:
            for _ in range(rng.integers(0, 3)):
                found.append([label, int(rng.integers(8, 32)) / 32, shake(shape)])
        for _ in range(rng.integers(0, false_alarms + 1)):
            found.append([int(rng.integers(0, CLASSES)), int(rng.integers(0, 24)) / 32, make()])
        order = rng.permutation(len(found))
        found = [found[i] for i in order]
        for row in found:
            if nan_scores and rng.random() < 0.2:
                row[1] = math.nan
        detections.append(found)
        truths.append(truth)
    return detections, truths


# COCO

def coco(detections, truths, limits):
    is_mask = isinstance(next(t for p in truths for t in p)[3], str)

    def shape_entry(shape):
        if is_mask:
            return {"segmentation": rle(shape)}
        return {"bbox": [shape[0], shape[1], shape[2] - shape[0], shape[3] - shape[1]]}

    annotations = [
        {"image_id": i + 1, "category_id": label + 1, "iscrowd": int(standing == CROWD),
         "standing": standing, "area": size, **shape_entry(shape)}
        for i, picture in enumerate(truths)
        for label, standing, size, shape in picture
    ]
    for number, annotation in enumerate(annotations):
        annotation["id"] = number + 1
    results = [
        {"image_id": i + 1, "category_id": label + 1, "score": score, **shape_entry(shape)}
        for i, picture in enumerate(detections)
        for label, score, shape in picture
    ]
    data = COCO()
    data.dataset = {
        "images": [{"id": i + 1, "height": SIDE, "width": SIDE} for i in range(len(truths))],
        "categories": [{"id": c + 1} for c in range(CLASSES)],
        "annotations": annotations,
    }
    with contextlib.redirect_stdout(io.StringIO()):
        data.createIndex()
        evaluation = Evaluation(data, data.loadRes(results), "segm" if is_mask else "bbox")
        medium, large = limits
        evaluation.params.areaRng = [[0, 1e10], [0, medium], [medium, large], [large, 1e10]]
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    # COCO says −1 where there is nothing to find.
    return [None if value == -1 else value for value in evaluation.stats.tolist()]


def coco_case(name, limits, detections, truths):
    return {
        "name": name,
        "mediumFrom": limits[0],
        "largeFrom": limits[1],
        "detections": [[[c, None if math.isnan(s) else s, shape] for c, s, shape in picture]
                       for picture in detections],
        "groundTruths": truths,
        "twelve": coco(detections, truths, limits),
    }


# VOC, with corners that name pixels: one is added to each side

def inclusive_overlap(a, b):
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]) + 1)
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]) + 1)
    size = lambda box: (box[2] - box[0] + 1) * (box[3] - box[1] + 1)
    return width * height / (size(a) + size(b) - width * height)


def voc(detections, truths, label, threshold=0.5):
    """Average precision of one class, as area under the envelope and at eleven recalls."""
    rows = [(i, d[1], d[2]) for i, p in enumerate(detections) for d in p if d[0] == label]
    rows.sort(key=lambda row: -row[1])
    objects = [[t for t in p if t[0] == label] for p in truths]
    found = [[False] * len(p) for p in objects]
    right, wrong = np.zeros(len(rows)), np.zeros(len(rows))
    for number, (picture, _, box) in enumerate(rows):
        overlaps = [inclusive_overlap(box, truth[3]) for truth in objects[picture]]
        if not overlaps or max(overlaps) <= threshold:
            wrong[number] = 1
            continue
        best = int(np.argmax(overlaps))
        if objects[picture][best][1] == IGNORED:
            continue
        (wrong if found[picture][best] else right)[number] = 1
        found[picture][best] = True
    count = sum(t[1] == COUNTED for p in objects for t in p)
    recall = np.cumsum(right) / count
    precision = np.cumsum(right) / np.maximum(np.cumsum(right) + np.cumsum(wrong), 1e-300)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    area_under = float(np.sum(np.diff(recall, prepend=0.0) * envelope))
    points = [precision[recall >= r].max(initial=0.0) for r in np.arange(0.0, 1.1, 0.1)]
    return [area_under, float(np.mean(points))]


def voc_case():
    def pixels():
        corner, sides = rng.integers(0, 30, 2), rng.integers(2, 12, 2)
        return [float(v) for v in (*corner, *(corner + sides))]

    def shake(box):
        return [v + float(rng.integers(-1, 2)) for v in box]

    detections, truths = random_data(60, 4, 3, pixels, shake, [COUNTED, COUNTED, IGNORED])
    return {
        "detections": detections,
        "groundTruths": truths,
        "areaAndElevenPoint": [voc(detections, truths, label) for label in range(CLASSES)],
    }


boxes, masks = (random_box, shaken), (random_mask, shaken_mask)
mixed = [COUNTED, COUNTED, COUNTED, COUNTED, IGNORED, CROWD]
golden = {
    "passport": {
        "script": "Tests/Goldens/detection_evaluation.py",
        "pycocotools": version("pycocotools"),
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "coco": [
        coco_case("boxes", (64, 256), *random_data(220, 5, 3, *boxes, mixed)),
        coco_case("COCO's own sizes", (32**2, 96**2), *random_data(40, 5, 3, *boxes, mixed)),
        coco_case("NaN scores", (64, 256), *random_data(40, 5, 3, *boxes, mixed, True)),
        coco_case("many detections", (64, 256), *random_data(3, 30, 900, *boxes, mixed)),
        coco_case("hardly any", (64, 256), *random_data(12, 1, 1, *boxes, [COUNTED, IGNORED])),
        coco_case("masks", (64, 256), *random_data(120, 4, 2, *masks, mixed)),
    ],
    "voc": [voc_case() for _ in range(4)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
