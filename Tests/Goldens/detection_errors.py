"""Goldens for the analysis of errors: TIDE's kinds (Bolya et al., 2020) and what each costs in AP50.

Run: OMP_NUM_THREADS=1 python Tests/Goldens/detection_errors.py
Which detection finds which object is pycocotools' answer, and so is the AP50 to start from. Kinds are
read off a table of overlaps by the paper's definitions; each remedy makes a new list of detections,
whose average precision is summed up point by point. Coordinates are halves and scores repeat, so that
overlaps and scores tie on purpose.
"""

import contextlib
import io
import json
import pathlib
from importlib.metadata import version

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

SEED = 2020
rng = np.random.default_rng(SEED)
CLASSES, SIDE = 4, 48
KINDS = ["classification", "localization", "both", "duplicate", "background", "missed"]


# Data sets. An object: class, box; a detection: class, score, box.

def random_box():
    corner, sides = rng.integers(0, SIDE, 2) / 2, rng.integers(6, SIDE, 2) / 2
    return [float(v) for v in (*corner, *(corner + sides))]


def shaken(box, amount):
    moved = np.array(box) + rng.integers(-amount, amount + 1, 4) / 2
    low, high = np.minimum(moved[:2], moved[2:]), np.maximum(moved[:2], moved[2:])
    return [float(v) for v in (*low, *(high + 0.5))]


def random_data(pictures, objects, alarms, right_class, object_classes=CLASSES):
    detections, truths = [], []
    for _ in range(pictures):
        truth = [[int(rng.integers(0, object_classes)), random_box()]
                 for _ in range(rng.integers(0, objects + 1))]
        found = []
        for label, box in truth:
            for _ in range(rng.integers(0, 4)):
                guess = label if rng.random() < right_class else int(rng.integers(0, CLASSES))
                found.append([guess, int(rng.integers(8, 32)) / 32, shaken(box, rng.integers(1, 14))])
        for _ in range(rng.integers(0, alarms + 1)):
            found.append([int(rng.integers(0, CLASSES)), int(rng.integers(0, 24)) / 32, random_box()])
        detections.append([found[i] for i in rng.permutation(len(found))])
        truths.append(truth)
    return detections, truths


# What pycocotools says: AP50, and the object that each detection finds

def sides(box):
    return [box[0], box[1], box[2] - box[0], box[3] - box[1]]


def coco(detections, truths):
    objects = [
        {"image_id": i + 1, "category_id": c + 1, "iscrowd": 0, "bbox": sides(b),
         "area": (b[2] - b[0]) * (b[3] - b[1])}
        for i, picture in enumerate(truths) for c, b in picture
    ]
    for number, entry in enumerate(objects):
        entry["id"] = number + 1
    data = COCO()
    data.dataset = {"images": [{"id": i + 1} for i in range(len(truths))],
                    "categories": [{"id": c + 1} for c in range(CLASSES)], "annotations": objects}
    results = [{"image_id": i + 1, "category_id": c + 1, "score": s, "bbox": sides(b)}
               for i, picture in enumerate(detections) for c, s, b in picture]
    with contextlib.redirect_stdout(io.StringIO()):
        data.createIndex()
        evaluation = COCOeval(data, data.loadRes(results), "bbox")
        evaluation.params.iouThrs = np.array([0.5])
        evaluation.params.areaRng, evaluation.params.areaRngLbl = [[0, 1e10]], ["all"]
        evaluation.evaluate()
        evaluation.accumulate()
    finds = {}
    for one in evaluation.evalImgs:
        if one is not None:
            finds |= {d - 1: int(m) - 1 for d, m in zip(one["dtIds"], one["dtMatches"][0]) if m > 0}
    precision = evaluation.eval["precision"][0, :, :, 0, -1]
    return float(np.mean(precision[precision > -1])), finds


# Kinds

def overlap_table(boxes, others):
    a, b = np.reshape(boxes, (-1, 1, 4)), np.reshape(others, (1, -1, 4))
    lengths = np.minimum(a, b)[..., 2:] - np.maximum(a, b)[..., :2]
    shared = np.prod(np.maximum(lengths, 0), -1)
    area = lambda box: np.prod(box[..., 2:] - box[..., :2], -1)
    return shared / (area(a) + area(b) - shared)


def last_argmax(values):
    return len(values) - 1 - int(np.argmax(values[::-1]))


def kinds(detections, truths, finds):
    """For each detection its kind (None if right) and the object meant; and the objects missed."""
    judged, first, number = [], 0, 0
    for found, truth in zip(detections, truths):
        table = overlap_table([d[2] for d in found], [t[1] for t in truth])
        labels = np.array([t[0] for t in truth], int)
        for row, (label, _, _) in enumerate(found):
            own = np.where(labels == label, table[row], -1) if len(truth) else np.array([-1.0])
            other = np.where(labels != label, table[row], -1) if len(truth) else np.array([-1.0])
            if number in finds:
                judged.append((None, finds[number]))
            elif 0.1 <= own.max() < 0.5:
                judged.append(("localization", first + last_argmax(own)))
            elif other.max() >= 0.5:
                judged.append(("classification", first + last_argmax(other)))
            elif own.max() >= 0.5:
                judged.append(("duplicate", None))
            elif other.max() >= 0.1:
                judged.append(("both", None))
            else:
                judged.append(("background", None))
            number += 1
        first += len(truth)
    missed = set(range(first)) - {o for _, o in judged if o is not None}
    return judged, missed


# Remedies

def average_precision(rows, count):
    """Of (score, right?) in any order; the best precision at or beyond each of 101 recalls."""
    if count == 0:
        return 0.0 if rows else 1.0
    rows = sorted(rows, key=lambda row: -row[0])
    hits = np.cumsum([right for _, right in rows])
    precision, recall = hits / np.arange(1, len(rows) + 1), hits / count
    recalls = np.linspace(0, 1, 101)
    return float(np.mean([precision[recall >= r].max(initial=0.0) for r in recalls]))


def ap50_without(remedied, detections, truths, judged, missed):
    labels = [c for picture in truths for c, _ in picture]
    flat = []
    for picture, found in enumerate(detections):
        ranked = sorted(range(len(found)), key=lambda i: -found[i][1])
        start = sum(len(d) for d in detections[:picture])
        flat += [(start + i, *found[i]) for i in ranked]
    lists, taken = {c: [] for c in range(CLASSES)}, set()
    for number, label, score, _ in sorted(flat, key=lambda row: -row[2]):
        kind, meant = judged[number]
        if kind is not None and kind not in remedied:
            lists[label].append((score, False))
        elif meant is not None and meant not in taken:
            taken.add(meant)
            lists[labels[meant]].append((score, True))
    kept = [c for o, c in enumerate(labels) if "missed" not in remedied or o not in missed]
    return float(np.mean([average_precision(lists[c], kept.count(c)) for c in sorted(set(labels))]))


def case(name, detections, truths):
    ap50, finds = coco(detections, truths)
    judged, missed = kinds(detections, truths, finds)
    args = detections, truths, judged, missed
    assert abs(ap50_without(set(), *args) - ap50) < 1e-12
    assert ap50_without(set(KINDS), *args) == 1
    counts = {kind: sum(k == kind for k, _ in judged) for kind in KINDS} | {"missed": len(missed)}
    return {
        "name": name,
        "detections": detections,
        "groundTruths": truths,
        "ap50": ap50,
        "counts": counts,
        "ap50Without": {kind: ap50_without({kind}, *args) for kind in KINDS},
        "ap50WithoutFalseDetections": ap50_without(set(KINDS) - {"missed"}, *args),
    }


golden = {
    "passport": {
        "script": "Tests/Goldens/detection_errors.py",
        "pycocotools": version("pycocotools"),
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "cases": [
        case("a fair detector", *random_data(120, 5, 2, 0.8)),
        case("classes at random", *random_data(60, 5, 2, 0.2)),
        case("crowded pictures", *random_data(20, 25, 10, 0.8)),
        case("mostly false alarms", *random_data(40, 2, 12, 0.8)),
        case("a class without objects", *random_data(40, 4, 3, 0.7, CLASSES - 1)),
        case("hardly any", *random_data(8, 1, 1, 0.8)),
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
