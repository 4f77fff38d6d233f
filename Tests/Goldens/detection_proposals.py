"""Goldens for torchvision's region proposal network and its heads: filtering, targets, detections.

Run: python Tests/Goldens/detection_proposals.py
Anchors, offsets and scores are rounded so that Float holds them exactly; computed in float64. Cases in
which an overlap comes near the threshold of the suppression are drawn anew. Samples are torchvision's
with a sampler that takes all there are, since its random choices cannot be repeated elsewhere; the
sizes of real samples are compared for many counts.
"""

import json
import pathlib

import numpy as np
import torch
import torchvision
from torch.nn import functional as F
from torchvision.models.detection._utils import BalancedPositiveNegativeSampler
from torchvision.models.detection.roi_heads import RoIHeads
from torchvision.models.detection.rpn import RegionProposalNetwork

SEED = 148
rng = np.random.default_rng(SEED)
torch.manual_seed(SEED)
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def boxes(count, height, width, beyond=0.1):
    """Boxes of very different sizes, some of them partly or wholly outside of the picture."""
    centre = rng.uniform(-beyond, 1 + beyond, (count, 2)) * (width, height)
    side = np.exp(rng.uniform(np.log(0.08), np.log(1.2), (count, 2))) * (width, height)
    return np.concatenate([centre - side / 2, centre + side / 2], 1).round(2)


def inside(count, height, width):
    """Boxes within the picture, none of them thin."""
    corner = rng.uniform(0, 0.7, (count, 2))
    side = rng.uniform(0.1, 0.3, (count, 2))
    both = np.concatenate([corner, corner + side], 1) * (width, height, width, height)
    return both.round(2)


def near_threshold(candidates, threshold):
    overlaps = torchvision.ops.box_iou(candidates, candidates)
    return bool(((overlaps - threshold).abs() < 1e-4).any())


def filter_case(number):
    height, width = int(rng.integers(20, 90)), int(rng.integers(20, 90))
    count = [0, 1, 5, 30, 80][number % 5]
    before, after = int(rng.integers(1, 60)), int(rng.integers(1, 30))
    smallest = float(rng.choice([0.001, 4.0, 8.0]))
    while True:
        anchors = boxes(count, height, width)
        if number % 7 == 6:
            anchors += 10 * width  # None is left.
        offsets = rng.normal(0, 0.4, (count, 4)).round(3)
        # Some beyond the limit of the coder.
        offsets[rng.random((count, 4)) < 0.02] = 6.0
        logits = rng.permutation(count) / 8 - 3
        network = RegionProposalNetwork(
            None, None, 0.7, 0.3, 256, 0.5,
            {"training": before, "testing": before}, {"training": after, "testing": after}, 0.7)
        network.min_size = smallest
        network.eval()
        decoded = network.box_coder.decode(torch.tensor(offsets), [torch.tensor(anchors)])
        decoded = decoded.reshape(1, count, 4)
        if not near_threshold(
            torchvision.ops.clip_boxes_to_image(decoded[0], (height, width)), 0.7
        ):
            break
    if count:
        kept, scores = network.filter_proposals(
            decoded, torch.tensor(logits).reshape(1, count), [(height, width)], [count])
        kept, scores = kept[0], scores[0]
    else:
        kept, scores = torch.zeros(0, 4), torch.zeros(0)
    return {
        "height": height,
        "width": width,
        "candidateLimit": before,
        "proposalLimit": after,
        "shortestSide": smallest,
        "anchors": anchors.tolist(),
        "offsets": offsets.flatten().tolist(),
        "logits": logits.tolist(),
        "boxes": kept.tolist(),
        "scores": scores.tolist(),
    }


def sample_case():
    count = int(rng.integers(1, 300))
    labels = torch.as_tensor(rng.choice([1, 0, -1], count, p=rng.dirichlet([1, 1, 1])))
    size, share = int(rng.integers(1, 200)), float(rng.choice([0.25, 0.5, 0.33]))
    positive, negative = BalancedPositiveNegativeSampler(size, share)([labels])
    return {
        "labels": labels.tolist(),
        "count": size,
        "positiveShare": share,
        "positives": int(positive[0].sum()),
        "negatives": int(negative[0].sum()),
    }


def anchor_case(number):
    height, width = 64, 96
    anchors = inside(60, height, width)
    objects = inside([0, 1, 4][number % 3], height, width)
    if number % 3:
        # Close to an anchor: a positive beyond the best ones.
        objects[0] = (anchors[7] + rng.uniform(-0.5, 0.5, 4)).round(2)
    network = RegionProposalNetwork(None, None, 0.7, 0.3, 10**6, 1.0, {}, {}, 0.7)
    labels, matched = network.assign_targets_to_anchors(
        [torch.tensor(anchors)], [{"boxes": torch.tensor(objects)}])
    offsets = network.box_coder.encode(matched, [torch.tensor(anchors)])[0]
    is_positive = labels[0] == 1
    return {
        "anchors": anchors.tolist(),
        "objects": objects.tolist(),
        "labels": labels[0].tolist(),
        "offsets": offsets[is_positive].tolist() if number % 3 else [],
    }


def heads(fraction):
    return RoIHeads(
        None, None, None, 0.5, 0.5, 10**6, fraction, None, 0.05, 0.5, 8)


def region_case(number):
    height, width = 64, 96
    objects = inside([0, 1, 5][number % 3], height, width)
    classes = rng.integers(0, 5, len(objects))
    sides = np.tile(objects[:, 2:] - objects[:, :2], 2)
    near = [objects + 0.15 * sides * rng.normal(0, 1, objects.shape) for _ in range(3)]
    proposals = np.concatenate([inside([0, 20][number % 2], height, width), *near]).round(2)
    head = heads(1.0)
    chosen, matched, labels, targets = head.select_training_samples(
        [torch.tensor(proposals)],
        [{"boxes": torch.tensor(objects), "labels": torch.tensor(classes + 1)}])
    return {
        "proposals": proposals.tolist(),
        "objects": objects.tolist(),
        "classes": classes.tolist(),
        "regions": chosen[0].tolist(),
        "regionClasses": labels[0].tolist(),
        "groundTruths": matched[0].tolist(),
        "offsets": targets[0][labels[0] > 0].tolist(),
    }


def detection_case(number):
    height, width, classes = int(rng.integers(30, 90)), int(rng.integers(30, 90)), 3
    count = [0, 1, 6, 25][number % 4]
    head = heads(0.25)
    while True:
        regions = boxes(count, height, width)
        scores = rng.normal(0, 2, (count, classes + 1)).round(3)
        offsets = rng.normal(0, 2, (count, 4 * classes)).round(3)
        moved = head.box_coder.decode(
            torch.cat([torch.zeros(count, 4), torch.tensor(offsets)], 1), [torch.tensor(regions)])
        moved = torchvision.ops.clip_boxes_to_image(moved, (height, width)).reshape(count, classes + 1, 4)
        if not any(near_threshold(moved[:, k], 0.5) for k in range(1, classes + 1)):
            break
    found, sureness, labels = head.postprocess_detections(
        torch.tensor(scores), torch.cat([torch.zeros(count, 4), torch.tensor(offsets)], 1),
        [torch.tensor(regions)], [(height, width)])
    return {
        "height": height,
        "width": width,
        "regions": regions.tolist(),
        "probabilities": F.softmax(torch.tensor(scores), -1).flatten().tolist(),
        "offsets": offsets.flatten().tolist(),
        "boxes": found[0].tolist(),
        "scores": sureness[0].tolist(),
        "classes": (labels[0] - 1).tolist(),
    }


golden = {
    "passport": {
        "script": "Tests/Goldens/detection_proposals.py",
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "filters": [filter_case(number) for number in range(35)],
    "samples": [sample_case() for _ in range(60)],
    "anchors": [anchor_case(number) for number in range(9)],
    "regions": [region_case(number) for number in range(12)],
    "detections": [detection_case(number) for number in range(16)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, allow_nan=False) + "\n")
