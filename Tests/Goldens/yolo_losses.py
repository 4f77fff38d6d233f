"""Goldens for YOLO's losses, version 1 and on three grids: equations written out box by box, in float64.

Run: python Tests/Goldens/yolo_losses.py
Loops over cells and boxes as the indicators of the equations say; gradients are PyTorch's. Inputs are
rounded so that Float holds them exactly. In the first case S = 2, B = 2, C = 2: one object, small enough
to be checked by hand.
"""

import json
import math
import pathlib

import torch
from torch.nn.functional import binary_cross_entropy_with_logits as entropy

SEED = 151
torch.manual_seed(SEED)
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def rounded(tensor):
    return (tensor * 4096).round() / 4096


def overlap(a, b):
    """Intersection over union of two boxes given by centre and sides."""
    shared = 1.0
    for axis in (0, 1):
        low = max(a[axis] - a[axis + 2] / 2, b[axis] - b[axis + 2] / 2)
        high = min(a[axis] + a[axis + 2] / 2, b[axis] + b[axis + 2] / 2)
        shared *= max(high - low, 0.0)
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def cell_of(center, rows, columns):
    column = min(int(center[0] * columns), columns - 1)
    row = min(int(center[1] * rows), rows - 1)
    return row, column


# Version 1


def held_objects(objects, rows, columns, boxes):
    """For each cell the objects it has room for; the first one decides its class."""
    held = {}
    for number, (x, y, w, h, category) in enumerate(objects):
        cell = cell_of((x, y), rows, columns)
        own = held.setdefault(cell, [])
        if len(own) < boxes and all(objects[other][4] == category for other in own):
            own.append(number)
    return held


def cell_losses(predictions, pictures, rows, columns, boxes, classes, confidence_is_overlap):
    terms = dict(centers=0.0, sides=0.0, objects=0.0, empty=0.0, classes=0.0)
    responsible = []
    for picture, objects in enumerate(pictures):
        held = held_objects(objects, rows, columns, boxes)
        for row in range(rows):
            for column in range(columns):
                numbers = predictions[picture, row * columns + column]
                object_of_box = {}
                for number in held.get((row, column), []):
                    truth = objects[number][:4]
                    best = None
                    for j in range(boxes):
                        if j in object_of_box:
                            continue
                        x, y, root_w, root_h = numbers[5 * j : 5 * j + 4].tolist()
                        box = ((column + x) / columns, (row + y) / rows, root_w**2, root_h**2)
                        error = sum((a - b) ** 2 for a, b in zip(box, truth))
                        iou = overlap(box, truth)
                        key = (iou, -error if iou == 0 else 0.0)
                        if best is None or key > best[0]:
                            best = (key, j, iou)
                    object_of_box[best[1]] = (number, best[2])
                    responsible.append([picture, row * columns + column, best[1], number, best[2]])
                for j in range(boxes):
                    x, y, root_w, root_h, c = numbers[5 * j : 5 * j + 5]
                    if j not in object_of_box:
                        terms["empty"] += c**2
                        continue
                    number, iou = object_of_box[j]
                    tx, ty, tw, th, _ = objects[number]
                    terms["centers"] += (x - (tx * columns - column)) ** 2 + (y - (ty * rows - row)) ** 2
                    terms["sides"] += (root_w - math.sqrt(tw)) ** 2 + (root_h - math.sqrt(th)) ** 2
                    terms["objects"] += (c - (iou if confidence_is_overlap else 1)) ** 2
                if object_of_box:
                    category = objects[held[(row, column)][0]][4]
                    for k in range(classes):
                        wanted = 1.0 if k == category else 0.0
                        terms["classes"] += (numbers[5 * boxes + k] - wanted) ** 2
    total = (
        5 * (terms["centers"] + terms["sides"]) + terms["objects"] + 0.5 * terms["empty"] + terms["classes"]
    )
    return terms, total, responsible


def cell_case(name, predictions, pictures, rows, columns, boxes, classes, confidence_is_overlap=True):
    predictions = predictions.clone().requires_grad_()
    terms, total, responsible = cell_losses(
        predictions, pictures, rows, columns, boxes, classes, confidence_is_overlap)
    total.backward()
    return {
        "name": name, "rows": rows, "columns": columns, "boxes": boxes, "classes": classes,
        "confidenceIsOverlap": confidence_is_overlap,
        "pictures": [[list(o) for o in objects] for objects in pictures],
        "predictions": predictions.flatten().tolist(),
        "responsible": responsible,
        "terms": {key: float(torch.as_tensor(value).detach()) for key, value in terms.items()},
        "total": float(total.detach()),
        "gradient": predictions.grad.flatten().tolist(),
    }


def toy(confidence_is_overlap):
    predictions = torch.zeros(1, 4, 12)
    predictions[0, :, 4], predictions[0, :, 9] = 0.1, 0.2
    root = math.sqrt
    predictions[0, 2] = torch.tensor(
        [0.5, 0.5, root(0.5), root(0.5), 0.6, 0.6, 0.2, root(0.7), root(0.4), 0.3, 0.3, 0.7])
    return cell_case(
        "the toy" + ("" if confidence_is_overlap else ", confidence one"),
        predictions, [[(0.30, 0.60, 0.40, 0.20, 1)]], 2, 2, 2, 2, confidence_is_overlap)


def objects(count, classes):
    found = []
    for _ in range(count):
        w, h = rounded(torch.rand(2) * 0.4 + 0.05).tolist()
        x, y = rounded(torch.rand(2)).tolist()
        found.append((x, y, w, h, int(torch.randint(classes, ()))))
    return found


def cell_cases():
    def random(name, pictures, rows, columns, boxes, classes):
        shape = (len(pictures), rows * columns, 5 * boxes + classes)
        return cell_case(name, rounded(torch.rand(shape)), pictures, rows, columns, boxes, classes)

    crowd = [(0.30, 0.30, 0.25, 0.25, 1), (0.3125, 0.28125, 0.125, 0.375, 1), (0.34375, 0.25, 0.5, 0.125, 1),
             (0.28125, 0.34375, 0.25, 0.25, 0)]
    edges = [(0.5, 0.5, 0.25, 0.25, 0), (1.0, 1.0, 0.25, 0.25, 1), (0.0, 0.75, 0.125, 0.125, 2)]
    far = cell_case(
        "no overlap at all", torch.zeros(1, 1, 13).index_fill_(2, torch.tensor([2, 3, 7, 8]), 0.125),
        [[(0.75, 0.875, 0.25, 0.125, 2)]], 1, 1, 2, 3)
    return [
        toy(True), toy(False), far,
        random("no object", [[]], 3, 3, 2, 3),
        random("three pictures, one of them empty", [objects(3, 3), [], objects(5, 3)], 4, 3, 2, 3),
        random("more objects than boxes, and another class", [crowd], 2, 2, 2, 2),
        random("one box", [crowd, edges], 2, 2, 1, 3),
        random("centres on lines and edges", [edges], 2, 2, 2, 3),
        random("many objects", [objects(20, 4), objects(12, 4)], 5, 5, 3, 4),
    ]


# Several grids


def shape_overlap(a, b):
    shared = min(a[0], b[0]) * min(a[1], b[1])
    return shared / (a[0] * a[1] + b[0] * b[1] - shared)


def assignment(labels, scales, shared_from):
    """Slots by object: first choices in order; then the best fit of those who wish, first for slots of the
    centre's own cells, then of the nearer one of left and right and the nearer one of above and below."""
    slots = []
    for level, (rows, columns, shapes) in enumerate(scales):
        for cell in range(rows * columns):
            for shape in shapes:
                slots.append((level, cell, shape))
    owner, pairs, lost = {}, [], []
    wishes, beside = [], []
    for number, (x, y, w, h, _) in enumerate(labels):
        fits = []
        for index, (level, cell, shape) in enumerate(slots):
            rows, columns, _ = scales[level]
            row, column = cell_of((x, y), rows, columns)
            if cell == row * columns + column:
                fits.append((-shape_overlap(shape, (w, h)), index))
        fits.sort()
        chosen = next((index for _, index in fits if index not in owner), None)
        if chosen is None:
            lost.append(number)
        else:
            owner[chosen] = number
            pairs.append([chosen, number])
        for fit, index in fits:
            if -fit < shared_from:
                continue
            wishes.append((fit, index, number))
            level, _, shape = slots[index]
            rows, columns, _ = scales[level]
            row, column = cell_of((x, y), rows, columns)
            side = -1 if x * columns - column < 0.5 else 1
            height = -1 if y * rows - row < 0.5 else 1
            for r, c in ((row, column + side), (row + height, column)):
                if 0 <= r < rows and 0 <= c < columns:
                    beside.append((fit, slots.index((level, r * columns + c, shape)), number))
    by_fit = lambda wish: wish[0]
    for fit, index, number in sorted(wishes, key=by_fit) + sorted(beside, key=by_fit):
        if index not in owner:
            owner[index] = number
            pairs.append([index, number])
    return slots, pairs, lost


def scaled_case(name, predictions, pictures, scales, classes, shared_from, ignored_above=0.5):
    predictions = predictions.clone().requires_grad_()
    terms = dict(centers=0.0, sides=0.0, objectness=0.0, classes=0.0)
    all_pairs, all_lost, boxes, ignored = [], [], [], 0
    for picture, labels in enumerate(pictures):
        slots, pairs, lost = assignment(labels, scales, shared_from)
        all_pairs.append(pairs)
        all_lost.append(lost)
        owner = dict(map(tuple, pairs))
        for index, (level, cell, (aw, ah)) in enumerate(slots):
            rows, columns, _ = scales[level]
            row, column = divmod(cell, columns)
            numbers = predictions[picture, index]
            sx, sy = (2 * torch.sigmoid(numbers[:2]) - 0.5).tolist()
            w, h = (aw * math.exp(numbers[2].item()), ah * math.exp(numbers[3].item()))
            box = ((column + sx) / columns, (row + sy) / rows, w, h)
            boxes.append([box[0] - w / 2, box[1] - h / 2, box[0] + w / 2, box[1] + h / 2])
            if index in owner:
                x, y, tw, th, category = labels[owner[index]]
                weight = 2 - tw * th
                # From half a cell before the cell to half a cell behind it, as 0 to 1.
                place = torch.tensor([(x * columns - column + 0.5) / 2, (y * rows - row + 0.5) / 2])
                sides = torch.tensor([math.log(tw / aw), math.log(th / ah)])
                wanted = torch.zeros(classes)
                wanted[category] = 1
                terms["centers"] += weight * entropy(numbers[:2], place, reduction="sum")
                terms["sides"] += weight * ((numbers[2:4] - sides) ** 2).sum()
                terms["objectness"] += entropy(numbers[4], torch.tensor(1.0))
                terms["classes"] += entropy(numbers[5:], wanted, reduction="sum")
            elif any(overlap(box, label[:4]) > ignored_above for label in labels):
                ignored += 1
            else:
                terms["objectness"] += entropy(numbers[4], torch.tensor(0.0))
    count = max(sum(map(len, all_pairs)), 1)
    mean = sum(terms.values()) / count
    mean.backward()
    return {
        "name": name, "classes": classes, "sharedFrom": shared_from, "ignoredAbove": ignored_above,
        "scales": [
            {"rows": rows, "columns": columns, "shapes": [list(shape) for shape in shapes]}
            for rows, columns, shapes in scales
        ],
        "pictures": [[list(o) for o in labels] for labels in pictures],
        "predictions": predictions.flatten().tolist(),
        "pairs": all_pairs, "lost": all_lost, "ignored": ignored, "boxes": boxes,
        "terms": {key: float(torch.as_tensor(value).detach()) for key, value in terms.items()},
        "mean": float(mean.detach()),
        "gradient": predictions.grad.flatten().tolist(),
    }


def scaled_cases():
    fine = (4, 3, [(0.125, 0.1875), (0.25, 0.125)])
    coarse = (2, 2, [(0.25, 0.375), (0.5, 0.4375), (0.75, 0.625)])

    def random(name, pictures, scales, classes, shared_from, spread=1.0):
        count = sum(rows * columns * len(shapes) for rows, columns, shapes in scales)
        predictions = rounded(torch.randn(len(pictures), count, 5 + classes) * spread)
        return scaled_case(name, predictions, pictures, scales, classes, shared_from)

    # One cell, one anchor: only the first of two objects finds a slot.
    alone = [(1, 1, [(0.5, 0.5)])]
    pair = [(0.5, 0.5, 0.5, 0.5, 0), (0.5, 0.625, 0.5, 0.375, 1)]
    near = [(0.25, 0.25, 0.5, 0.4375, 1), (0.75, 0.75, 0.75, 0.625, 0)]
    edges = [(0.5, 0.5, 0.25, 0.25, 0), (1.0, 1.0, 0.25, 0.375, 1)]
    return [
        random("no object", [[]], [fine, coarse], 2, 0.5),
        random("best slots only", [objects(4, 3), [], objects(2, 3)], [fine, coarse], 3, 9.0),
        random("further slots", [objects(6, 3), objects(3, 3)], [fine, coarse], 3, 0.4),
        random("boxes that are near enough to be left alone", [near, near[:1]], [fine, coarse], 2, 9.0, 0.25),
        random("more objects than slots", [pair], alone, 2, 0.5),
        random("centres on lines and edges", [edges], [fine, coarse], 2, 9.0),
        random("one scale, many objects", [objects(15, 2)], [coarse], 2, 0.3),
    ]


golden = {
    "passport": {
        "script": "Tests/Goldens/yolo_losses.py",
        "torch": torch.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "cells": cell_cases(),
    "scales": scaled_cases(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
print([(c["name"], round(c["total"], 7)) for c in golden["cells"]])
print([(c["name"], round(c["mean"], 5), c["ignored"], c["lost"]) for c in golden["scales"]])
