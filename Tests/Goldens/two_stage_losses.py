"""Goldens for the losses of a two-stage detector: torchvision's matching and coding, PyTorch's losses,
in float64.

Run: python Tests/Goldens/two_stage_losses.py
Samples are as large as what there is to draw from, so nothing depends on chance. Numbers are rounded so
that Float holds them exactly.
"""

import json
import pathlib

import torch
import torch.nn.functional as F
import torchvision
from torchvision.models.detection._utils import BoxCoder, Matcher
from torchvision.ops import box_iou

SEED = 151
torch.manual_seed(SEED)
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
CLASSES = 3


def rounded(shape, scale=1.0):
    return (torch.randn(shape) * scale * 256).round() / 256


def tensor(values):
    return {"shape": list(values.shape), "values": values.flatten().tolist()}


def boxes_near(objects, count):
    """Boxes moved by up to 6 from objects, in quarters."""
    chosen = objects[torch.randint(len(objects), (count,))]
    moved = chosen + (rounded((count, 4), 3.0).clamp(-6, 6) * 4).round() / 4
    return torch.cat([moved[:, :2], torch.maximum(moved[:, 2:], moved[:, :2] + 2)], 1)


PICTURES = [
    (torch.tensor([[4.0, 6, 24, 30], [30, 8, 50, 20]]), [2, 0]),
    (torch.tensor([[10.0, 10, 26, 40]]), [1]),
]


def losses(first, second, name_first, name_second, logits, offsets):
    gradients = torch.autograd.grad(first + second, [logits, offsets])
    return {
        "logits": tensor(logits.detach()), "offsets": tensor(offsets.detach()),
        name_first: first.item(), name_second: second.item(),
        "logitGradient": tensor(gradients[0]), "offsetGradient": tensor(gradients[1]),
    }


def proposal_losses():
    anchors = torch.cat([boxes_near(objects, 9) for objects, _ in PICTURES]
                        + [torch.tensor([[100.0, 100, 120, 120]])])
    coder, matcher = BoxCoder((1.0, 1.0, 1.0, 1.0)), Matcher(0.7, 0.3, allow_low_quality_matches=True)
    logits = rounded((len(PICTURES), len(anchors))).requires_grad_()
    offsets = rounded((len(PICTURES), len(anchors), 4), 0.2).requires_grad_()
    chosen, wanted, moved, goals = [], [], [], []
    for picture, (objects, _) in enumerate(PICTURES):
        matches = matcher(box_iou(objects, anchors))
        for anchor, match in enumerate(matches.tolist()):
            if match == Matcher.BETWEEN_THRESHOLDS:
                continue
            chosen.append(logits[picture, anchor])
            wanted.append(1.0 if match >= 0 else 0.0)
            if match >= 0:
                moved.append(offsets[picture, anchor])
                goals.append(coder.encode_single(objects[match:match + 1], anchors[anchor:anchor + 1])[0])
    objectness = F.binary_cross_entropy_with_logits(torch.stack(chosen), torch.tensor(wanted))
    boxes = F.smooth_l1_loss(torch.stack(moved), torch.stack(goals), beta=1 / 9,
                             reduction="sum") / len(chosen)
    return {"anchors": anchors.tolist(),
            **losses(objectness, boxes, "objectness", "boxes", logits, offsets)}


def region_losses():
    coder = BoxCoder((10.0, 10.0, 5.0, 5.0))
    proposals = [torch.cat([boxes_near(objects, 5), torch.tensor([[60.0, 60, 80, 90]])])
                 for objects, _ in PICTURES]
    classes, goals = [], []
    for (objects, labels), boxes in zip(PICTURES, proposals):
        candidates = torch.cat([boxes, objects])
        overlap, match = box_iou(objects, candidates).max(0)
        positives = [row for row in range(len(candidates)) if overlap[row] >= 0.5]
        for row in positives:
            classes.append(labels[match[row]] + 1)
            goals.append(coder.encode_single(objects[match[row]][None], candidates[row:row + 1])[0])
        for _ in range(len(candidates) - len(positives)):
            classes.append(0)
            goals.append(None)
    logits = rounded((len(classes), CLASSES + 1)).requires_grad_()
    offsets = rounded((len(classes), CLASSES, 4)).requires_grad_()
    class_loss = F.cross_entropy(logits, torch.tensor(classes))
    errors = [F.smooth_l1_loss(offsets[row, outcome - 1], goal, beta=1.0, reduction="sum")
              for row, (outcome, goal) in enumerate(zip(classes, goals)) if outcome > 0]
    box_loss = torch.stack(errors).sum() / len(classes)
    return {"proposals": [boxes.tolist() for boxes in proposals],
            **losses(class_loss, box_loss, "classes", "boxes", logits, offsets)}


golden = {
    "passport": {
        "script": "Tests/Goldens/two_stage_losses.py",
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "objects": [[{"box": box, "classIndex": label} for box, label in zip(objects.tolist(), labels)]
                for objects, labels in PICTURES],
    "proposalLosses": proposal_losses(),
    "regionLosses": region_losses(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
