"""Goldens for average precision: COCO's rules by pycocotools, VOC's rules with NumPy in float64.

Run: OMP_NUM_THREADS=1 python Tests/Goldens/detection_average_precision.py
Coordinates are whole numbers and scores repeat, so that overlaps and scores tie on purpose.
"""

import contextlib
import io
import json
import pathlib
from importlib.metadata import version

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

SEED = 163
rng = np.random.default_rng(SEED)
CLASSES = 3


def random_box():
    corner, sides = rng.integers(0, 40, 2), rng.integers(4, 16, 2)
    return [int(v) for v in (*corner, *(corner + sides))]


def random_data(pictures, objects, false_alarms):
    """Rows: detections (class, score, box), ground truths (class, box); detections are shaken truths."""
    detections, truths = [], []
    for _ in range(pictures):
        truth = [[int(rng.integers(0, CLASSES)), *random_box()] for _ in range(rng.integers(0, objects))]
        found = []
        for label, *box in truth:
            for _ in range(rng.integers(0, 3)):
                x0, y0, x1, y1 = (int(v) for v in np.array(box) + rng.integers(-2, 3, 4))
                found.append([label, int(rng.integers(8, 32)) / 32, x0, y0, x1, y1])
        for _ in range(rng.integers(0, false_alarms)):
            found.append([int(rng.integers(0, CLASSES)), int(rng.integers(0, 24)) / 32, *random_box()])
        order = rng.permutation(len(found))
        detections.append([found[i] for i in order])
        truths.append(truth)
    return detections, truths


def coco(detections, truths):
    xywh = lambda b: [b[0], b[1], b[2] - b[0], b[3] - b[1]]
    annotations = [
        {"image_id": i + 1, "category_id": t[0] + 1, "bbox": xywh(t[1:]), "iscrowd": 0}
        | {"area": (t[3] - t[1]) * (t[4] - t[2])}
        for i, picture in enumerate(truths)
        for t in picture
    ]
    for number, annotation in enumerate(annotations):
        annotation["id"] = number + 1
    results = [
        {"image_id": i + 1, "category_id": d[0] + 1, "score": d[1], "bbox": xywh(d[2:])}
        for i, picture in enumerate(detections)
        for d in picture
    ]
    data = COCO()
    data.dataset = {
        "images": [{"id": i + 1} for i in range(len(truths))],
        "categories": [{"id": c + 1} for c in range(CLASSES)],
        "annotations": annotations,
    }
    with contextlib.redirect_stdout(io.StringIO()):
        data.createIndex()
        evaluation = COCOeval(data, data.loadRes(results), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
    # precision: [threshold, recall, class, area, limit]; all areas, 100 detections.
    by_class = evaluation.eval["precision"][:, :, :, 0, 2].mean(1).T
    recall = evaluation.eval["recall"][:, :, 0, 2].T
    return {
        "overlapThresholds": evaluation.params.iouThrs.tolist(),
        "averagePrecisions": by_class.tolist(),
        "finalRecalls": recall.tolist(),
    }


def overlap(a, b):
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    area = lambda box: (box[2] - box[0]) * (box[3] - box[1])
    return width * height / (area(a) + area(b) - width * height)


def voc(detections, truths, label, threshold):
    """Average precision of one class, as area under the envelope and at eleven recalls."""
    rows = [(i, d[1], d[2:]) for i, p in enumerate(detections) for d in p if d[0] == label]
    rows.sort(key=lambda row: -row[1])
    boxes = [[t[1:] for t in p if t[0] == label] for p in truths]
    found = [[False] * len(p) for p in boxes]
    right = np.zeros(len(rows))
    for number, (picture, _, box) in enumerate(rows):
        overlaps = [overlap(box, truth) for truth in boxes[picture]]
        if overlaps and max(overlaps) > threshold:
            best = int(np.argmax(overlaps))
            right[number] = not found[picture][best]
            found[picture][best] = True
    recall = np.cumsum(right) / sum(map(len, boxes))
    precision = np.cumsum(right) / np.arange(1, len(rows) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    area = float(np.sum(np.diff(recall, prepend=0.0) * envelope))
    points = [precision[recall >= r].max(initial=0.0) for r in np.arange(0.0, 1.1, 0.1)]
    return area, float(np.mean(points))


def case(name, detections, truths):
    assert {t[0] for p in truths for t in p} == set(range(CLASSES)), "every class needs a truth"
    thresholds = [0.5, 0.75]
    both = [[voc(detections, truths, c, t) for t in thresholds] for c in range(CLASSES)]
    return {
        "name": name,
        "detections": detections,
        "groundTruths": truths,
        "coco": coco(detections, truths),
        "vocThresholds": thresholds,
        "vocArea": [[pair[0] for pair in row] for row in both],
        "voc07": [[pair[1] for pair in row] for row in both],
    }


crowded = random_data(3, 40, 1200)
golden = {
    "passport": {
        "script": "Tests/Goldens/detection_average_precision.py",
        "pycocotools": version("pycocotools"),
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "cases": [
        case("many pictures", *random_data(40, 6, 6)),
        case("few detections", *random_data(10, 8, 1)),
        case("more than a hundred detections in a picture", *crowded),
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
