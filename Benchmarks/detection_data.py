"""Reads a folder of pictures in the banana layout, and measures average precision."""

import csv
import pathlib

import numpy as np

COLUMNS = ["img_name", "label", "xmin", "ymin", "xmax", "ymax"]


class DataError(Exception):
    """Something in the data folder is not as it must be; the text says what and where."""


def read_part(folder, part):
    """Pictures (n, 3, H, W) uint8, boxes (n, m, 4) in shares of the picture, labels (n, m) from 0
    with −1 on padding rows, of `<folder>/*_<part>`."""
    import torch
    from torchvision.io import ImageReadMode, read_image

    found = sorted(pathlib.Path(folder).glob(f"*_{part}/label.csv"))
    if len(found) != 1:
        raise DataError(f"{folder}: expected one *_{part}/label.csv, found {len(found)}")
    rows = {}
    with open(found[0], newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        if (header := next(reader, [])) != COLUMNS:
            raise DataError(f"{found[0]}: line 1: expected {','.join(COLUMNS)}, got {header}")
        for line, row in enumerate(reader, 2):
            try:
                name, label, *corners = row
                x0, y0, x1, y1 = (float(value) for value in corners)
                rows.setdefault(name, []).append((int(label), x0, y0, x1, y1))
            except ValueError as error:
                raise DataError(f"{found[0]}: line {line}: {row}: {error}") from None
    if not rows:
        raise DataError(f"{found[0]}: no pictures")
    pictures = []
    for name in rows:
        path = found[0].parent / "images" / name
        try:
            picture = read_image(str(path), ImageReadMode.RGB)
        except RuntimeError as error:
            raise DataError(f"{path}: {error}") from None
        if pictures and picture.shape != pictures[0].shape:
            raise DataError(f"{path}: {tuple(picture.shape)}, others {tuple(pictures[0].shape)}")
        pictures.append(picture)
    _, height, width = pictures[0].shape
    most = max(map(len, rows.values()))
    labels = torch.full((len(rows), most), -1)
    boxes = torch.zeros(len(rows), most, 4)
    for picture, entries in enumerate(rows.values()):
        for place, (label, *corners) in enumerate(entries):
            labels[picture, place] = label
            boxes[picture, place] = torch.tensor(corners)
    return torch.stack(pictures), boxes / torch.tensor([width, height, width, height]), labels


def overlaps(box, others):
    """IoU of one box with many, corners."""
    low = np.maximum(box[:2], others[:, :2])
    high = np.minimum(box[2:], others[:, 2:])
    overlap = np.clip(high - low, 0, None).prod(1)
    areas = (others[:, 2:] - others[:, :2]).prod(1)
    return overlap / ((box[2:] - box[:2]).prod() + areas - overlap)


def suppress(boxes, scores, iou_threshold, most):
    """Indices of at most `most` boxes by falling score, none over `iou_threshold` with one kept."""
    order = np.argsort(-scores, kind="stable")
    kept = []
    while len(order) and len(kept) < most:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[overlaps(boxes[best], boxes[order]) <= iou_threshold]
    return np.array(kept, int)


def average_precision(detections, truths, iou_threshold):
    """COCO's 101-point average precision of one class.

    `detections`: per picture (boxes (k, 4), scores (k)); `truths`: per picture boxes (g, 4).
    """
    scores, hits = [], []
    for (boxes, confidence), truth in zip(detections, truths):
        order = np.argsort(-confidence, kind="stable")
        free = np.ones(len(truth), bool)
        for box in boxes[order]:
            overlap = np.where(free, overlaps(box, truth), -1) if len(truth) else np.array([-1.0])
            best = len(overlap) - 1 - overlap[::-1].argmax()  # among equals the last, as COCO does
            hit = overlap[best] >= iou_threshold
            if hit:
                free[best] = False
            hits.append(hit)
        scores.append(confidence[order])
    total = sum(map(len, truths))
    if total == 0:
        return float("nan")
    order = np.argsort(-np.concatenate(scores), kind="stable") if hits else []
    right = np.cumsum(np.array(hits, float)[order])
    precision = right / np.arange(1, len(right) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    place = np.searchsorted(right / total, np.linspace(0, 1, 101), side="left")
    return float(np.append(precision, 0.0)[np.minimum(place, len(precision))].mean())
