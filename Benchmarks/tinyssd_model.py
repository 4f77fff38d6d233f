"""TinySSD in PyTorch: the network of d2l's SSD chapter, its anchors, targets and loss.

Written from the chapter's description; it is the peer that our engine is measured against.
Initial weights are PyTorch's own (`nn.Conv2d`: uniform within ±1/√fan_in, weights and biases), as
in d2l's PyTorch edition, which does not ask for any other.
"""

import torch
import torch.nn.functional as F
from torch import nn

# Per block: scale of its anchors, and the geometric mean with the next block's.
SCALES = [(0.2, 0.272), (0.37, 0.447), (0.54, 0.619), (0.71, 0.79), (0.88, 0.961)]
RATIOS = (1, 2, 0.5)  # width over height
ANCHORS_PER_PIXEL = len(SCALES[0]) + len(RATIOS) - 1
MATCHING_IOU = 0.5
OFFSET_SCALES = (10.0, 10.0, 5.0, 5.0)


def class_head(inputs, anchors, classes):
    """Scores of background and `classes` for each anchor."""
    return nn.Conv2d(inputs, anchors * (classes + 1), 3, padding=1)


def box_head(inputs, anchors):
    return nn.Conv2d(inputs, anchors * 4, 3, padding=1)


def halving_block(inputs, outputs):
    """Twice convolution, batch norm and relu, then a pooling that halves both sides."""
    layers = []
    for channels in (inputs, outputs):
        layers += [nn.Conv2d(channels, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU()]
    return nn.Sequential(*layers, nn.MaxPool2d(2))


def base_network():
    return nn.Sequential(halving_block(3, 16), halving_block(16, 32), halving_block(32, 64))


def flat(maps):
    """Feature maps (B, C, H, W) as rows (B, H·W·C), side by side: channels go last, so that the
    numbers of one anchor stay together."""
    return torch.cat([one.permute(0, 2, 3, 1).flatten(1) for one in maps], 1)


class TinySSD(nn.Module):
    """Pictures (B, 3, H, W), 0–255 → class scores (B, A, 1 + classes), offsets (B, 4·A)."""

    def __init__(self, classes):
        super().__init__()
        self.classes = classes
        self.blocks = nn.ModuleList([
            base_network(), halving_block(64, 128), halving_block(128, 128),
            halving_block(128, 128), nn.AdaptiveMaxPool2d(1)])
        channels = (64, 128, 128, 128, 128)
        self.class_heads = nn.ModuleList(
            [class_head(count, ANCHORS_PER_PIXEL, classes) for count in channels])
        self.box_heads = nn.ModuleList([box_head(count, ANCHORS_PER_PIXEL) for count in channels])

    def forward(self, pictures):
        scores, offsets = [], []
        features = pictures
        for block, class_head, box_head in zip(self.blocks, self.class_heads, self.box_heads):
            features = block(features)
            scores.append(class_head(features))
            offsets.append(box_head(features))
        return flat(scores).unflatten(1, (-1, self.classes + 1)), flat(offsets)


def map_sides(side):
    """Sides of the five feature maps for a square picture of `side` pixels."""
    return [side // 8, side // 16, side // 32, side // 64, 1]


def anchor_boxes(height, width, scales, ratios):
    """(height·width·(n + m − 1), 4) corners in shares of the picture, row-major over the map."""
    shapes = [(scale, ratios[0]) for scale in scales]
    shapes += [(scales[0], ratio) for ratio in ratios[1:]]
    halves = torch.tensor([(scale * ratio**0.5 * height / width / 2, scale / ratio**0.5 / 2)
                           for scale, ratio in shapes])
    y = (torch.arange(height) + 0.5) / height
    x = (torch.arange(width) + 0.5) / width
    y, x = torch.meshgrid(y, x, indexing="ij")
    centres = torch.stack([x, y], -1).reshape(-1, 1, 2)
    return torch.cat([centres - halves, centres + halves], -1).reshape(-1, 4)


def all_anchors(side):
    return torch.cat([anchor_boxes(map_side, map_side, scales, RATIOS)
                      for map_side, scales in zip(map_sides(side), SCALES)])


def iou(first, second):
    """(…, n, 4) and (…, m, 4) → (…, n, m)."""
    low = torch.maximum(first[..., :, None, :2], second[..., None, :, :2])
    high = torch.minimum(first[..., :, None, 2:], second[..., None, :, 2:])
    overlap = (high - low).clamp(min=0).prod(-1)
    area = [(boxes[..., 2:] - boxes[..., :2]).prod(-1) for boxes in (first, second)]
    return overlap / (area[0][..., :, None] + area[1][..., None, :] - overlap)


def assign(anchors, boxes, valid):
    """For each picture and anchor the index of its box, or −1: (B, A).

    `boxes` (B, m, 4), `valid` (B, m): rows that only pad are never assigned. An anchor takes the
    box it overlaps most if IoU ≥ 0.5; after that each box gets one anchor for sure, the pairs
    taken in order of falling IoU.
    """
    overlap = iou(anchors, boxes).masked_fill(~valid[:, None, :], -1)  # (B, A, m)
    largest, best = overlap.max(-1)
    assigned = torch.where(largest >= MATCHING_IOU, best, -1)
    count = boxes.shape[1]
    rows = torch.arange(len(boxes))
    for _ in range(count):
        value, place = overlap.flatten(1).max(-1)
        anchor, box = place // count, place % count
        assigned[rows, anchor] = torch.where(value >= 0, box, assigned[rows, anchor])
        overlap[rows, anchor] = -1
        overlap[rows, :, box] = -1
    return assigned


def centre_form(boxes):
    return (boxes[..., :2] + boxes[..., 2:]) / 2, boxes[..., 2:] - boxes[..., :2]


def encode(anchors, boxes):
    """Offsets (…, 4) of boxes from their anchors."""
    (anchor_centre, anchor_size), (centre, size) = centre_form(anchors), centre_form(boxes)
    offsets = torch.cat([(centre - anchor_centre) / anchor_size,
                         torch.log(1e-6 + size / anchor_size)], -1)
    return offsets * offsets.new_tensor(OFFSET_SCALES)


def decode(anchors, offsets):
    centre, size = centre_form(anchors)
    offsets = offsets / offsets.new_tensor(OFFSET_SCALES)
    centre = offsets[..., :2] * size + centre
    size = offsets[..., 2:].exp() * size
    return torch.cat([centre - size / 2, centre + size / 2], -1)


def targets(anchors, boxes, labels):
    """Classes (B, A; 0 is background), offsets (B, 4·A), mask (B, 4·A) to learn.

    `boxes` (B, m, 4) corners in shares of the picture; `labels` (B, m) from 0, −1 on padding.
    """
    assigned = assign(anchors, boxes, labels >= 0)
    positive = assigned >= 0
    index = assigned.clamp(min=0)
    matched = boxes.gather(1, index[..., None].expand(-1, -1, 4))
    offsets = torch.where(positive[..., None], encode(anchors, matched), 0.0)
    classes = torch.where(positive, labels.gather(1, index) + 1, 0)
    mask = positive[..., None].expand(-1, -1, 4).float()
    return classes, offsets.flatten(1), mask.flatten(1)


def loss(scores, offsets, wanted):
    """Cross-entropy over all anchors plus masked L1 over all 4·A offsets, both means."""
    classes, wanted_offsets, mask = wanted
    return (F.cross_entropy(scores.flatten(0, 1), classes.flatten())
            + F.l1_loss(offsets * mask, wanted_offsets * mask))
