"""The twin of the rows over boxes: torchvision's suppression, and target assignment as d2l does it.

  boxes_torch.py --time ROW [--steps N]    times a row, prints one JSON line
  boxes_torch.py --serve ROW               runs N steps per line "step N" on standard input

ROW is one of ROWS below. Exit code 3: PyTorch is missing.
"""

import time

import twin
import torch
from torchvision.ops import nms

import tinyssd_model as ssd

ROWS = ("suppression 1000", "suppression 5000", "suppression 20000", "multibox targets")
PICTURE, OBJECTS, SPREAD, OVERLAP = (1088, 800), 50, 0.2, 0.5
PICTURES, SIDE, OBJECTS_EACH, CLASSES = 32, 256, 3, 4


def candidates(count):
    """Boxes scattered around 50 objects, as a detector finds them, and random scores."""
    extent = torch.tensor(PICTURE)
    center, side = torch.rand(OBJECTS, 2) * extent, 32 + 224 * torch.rand(OBJECTS, 2)
    chosen = torch.randint(OBJECTS, (count,))
    center = center[chosen] + SPREAD * side[chosen] * torch.randn(count, 2)
    half = side[chosen] * torch.exp(SPREAD * torch.randn(count, 2)) / 2
    return torch.cat([center - half, center + half], 1), torch.rand(count)


# Target assignment in d2l's way: picture after picture, each with a loop over its ground truths.

def overlaps(anchors, boxes):
    area = lambda box: (box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1])
    low = torch.maximum(anchors[:, None, :2], boxes[None, :, :2])
    high = torch.minimum(anchors[:, None, 2:], boxes[None, :, 2:])
    sides = (high - low).clamp(min=0)
    shared = sides[..., 0] * sides[..., 1]
    return shared / (area(anchors)[:, None] + area(boxes)[None, :] - shared)


def assigned(anchors, boxes, threshold=0.5):
    """The ground truth of each anchor, -1 for none."""
    table = overlaps(anchors, boxes)
    result = torch.full((len(anchors),), -1, dtype=torch.long)
    best, choice = table.max(1)
    near = torch.nonzero(best >= threshold).reshape(-1)
    result[near] = choice[near]
    for _ in range(len(boxes)):
        flat = torch.argmax(table)
        column, row = (flat % len(boxes)).long(), (flat // len(boxes)).long()
        result[row] = column
        table[:, column] = -1
        table[row, :] = -1
    return result


def offsets(anchors, boxes):
    form = lambda box: torch.cat([(box[:, :2] + box[:, 2:]) / 2, box[:, 2:] - box[:, :2]], 1)
    start, target = form(anchors), form(boxes)
    shift = 10 * (target[:, :2] - start[:, :2]) / start[:, 2:]
    growth = 5 * torch.log(1e-6 + target[:, 2:] / start[:, 2:])
    return torch.cat([shift, growth], 1)


def targets(anchors, labels):
    """anchors [1, A, 4]; labels [N, m, 5]: class, corners -> offsets, mask, classes."""
    anchors, count = anchors.squeeze(0), len(labels)
    all_offsets, all_masks, all_classes = [], [], []
    for index in range(count):
        label = labels[index]
        truth = assigned(anchors, label[:, 1:])
        mask = (truth >= 0).float().unsqueeze(-1).repeat(1, 4)
        classes = torch.zeros(len(anchors), dtype=torch.long)
        boxes = torch.zeros((len(anchors), 4))
        found = torch.nonzero(truth >= 0)
        which = truth[found]
        classes[found] = label[which, 0].long() + 1
        boxes[found] = label[which, 1:]
        all_offsets.append((offsets(anchors, boxes) * mask).reshape(-1))
        all_masks.append(mask.reshape(-1))
        all_classes.append(classes)
    return torch.stack(all_offsets), torch.stack(all_masks), torch.stack(all_classes)


def make_work(row):
    """The same random boxes at each step, made before the clock starts."""
    if row == "multibox targets":
        anchors = ssd.all_anchors(SIDE).unsqueeze(0)
        corner, side = torch.rand(PICTURES, OBJECTS_EACH, 2), torch.rand(PICTURES, OBJECTS_EACH, 2)
        corner, side = 0.6 * corner, 0.1 + 0.3 * side
        labels = torch.cat([torch.randint(CLASSES, (PICTURES, OBJECTS_EACH, 1)).float(),
                            corner, corner + side], -1)
        return lambda: targets(anchors, labels)
    boxes, scores = candidates(int(row.split()[-1]))
    return lambda: nms(boxes, scores, OVERLAP)


def make_step(row, mode):
    work = make_work(row)

    def step():
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return step


if __name__ == "__main__":
    twin.run(__doc__, ROWS, ("torchvision", "d2l in PyTorch"), make_step)
