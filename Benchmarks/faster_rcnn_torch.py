"""The torchvision twin of the chapter faster-rcnn: the same network, data and schedule.

  faster_rcnn_torch.py --check                       sizes and known values; exit code 1 if one is off
  faster_rcnn_torch.py --train FOLDER --seed 1       trains, prints AP and seconds as one JSON line

FOLDER holds `*_train/` and `*_test/`, each with `annotations.json` in COCO's form and `images/`; the
chapter's own pictures are in `.cache/data/still-life/`. Exit code 3: PyTorch is missing.
"""

import argparse
import contextlib
import json
import math
import os
import pathlib
import sys
import time

try:
    import torch
    from torch import nn
    from torchvision.io import ImageReadMode, read_image
    from torchvision.models.detection import FasterRCNN
    from torchvision.models.detection.anchor_utils import AnchorGenerator
    from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
    from torchvision.ops import MultiScaleRoIAlign
except ImportError as error:
    print(f"{error}. To compare with PyTorch:  pip install torch torchvision pycocotools\n"
          "in a virtual environment, and set BOOK_PYTHON to its python.", file=sys.stderr)
    sys.exit(3)

CHANNELS, HIDDEN, BINS = 128, 256, 5
BATCH, RATE, WEIGHT_DECAY, WARM_UP, FLOOR = 8, 0.002, 0.05, 0.05, 0.01


# Network

class Block(nn.Module):
    """Twice convolution and normalisation, added to the input."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs),
            nn.ReLU(), nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        self.shortcut = nn.Identity() if stride == 1 and inputs == outputs else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, value):
        return torch.relu(self.body(value) + self.shortcut(value))


def backbone():
    network = nn.Sequential(
        nn.Conv2d(3, 32, 3, 2, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU(),
        Block(32, 32), Block(32, 64, 2), Block(64, 128, 2), Block(128, CHANNELS))
    network.out_channels = CHANNELS
    return network


def detector(classes, side):
    """torchvision's Faster R-CNN with the chapter's sizes, samples and first weights."""
    network = FasterRCNN(
        backbone(), rpn_anchor_generator=AnchorGenerator(((16, 28, 48, 80),), ((0.5, 1, 2),)),
        box_roi_pool=MultiScaleRoIAlign(["0"], BINS, 2),
        box_head=TwoMLPHead(CHANNELS * BINS * BINS, HIDDEN),
        box_predictor=FastRCNNPredictor(HIDDEN, classes + 1),
        min_size=side, max_size=side, image_mean=[127 / 255] * 3, image_std=[64 / 255] * 3,
        rpn_batch_size_per_image=64, rpn_positive_fraction=0.5,
        rpn_pre_nms_top_n_train=1000, rpn_post_nms_top_n_train=200,
        rpn_pre_nms_top_n_test=1000, rpn_post_nms_top_n_test=100,
        box_batch_size_per_image=64, box_positive_fraction=0.25)
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    small = [(network.rpn.head.cls_logits, 0.01), (network.rpn.head.bbox_pred, 0.01),
             (network.roi_heads.box_predictor.cls_score, 0.01),
             (network.roi_heads.box_predictor.bbox_pred, 0.001)]
    for layer, deviation in small:
        nn.init.normal_(layer.weight, std=deviation)
    return network.to(memory_format=torch.channels_last)


# Data

def read_part(folder, part):
    """Pictures in bytes, objects as torchvision wants them, and the file of annotations."""
    found = sorted(pathlib.Path(folder).glob(f"*_{part}/annotations.json"))
    if len(found) != 1:
        sys.exit(f"{folder}: expected one *_{part}/annotations.json, found {len(found)}")
    content = json.loads(found[0].read_text())
    boxes, labels = {}, {}
    for entry in content["annotations"]:
        x, y, width, height = entry["bbox"]
        boxes.setdefault(entry["image_id"], []).append([x, y, x + width, y + height])
        labels.setdefault(entry["image_id"], []).append(entry["category_id"])
    pictures, targets = [], []
    for image in content["images"]:
        path = found[0].parent / "images" / pathlib.Path(image["file_name"]).name
        pictures.append(read_image(str(path), ImageReadMode.RGB))
        own = torch.tensor(boxes.get(image["id"], []), dtype=torch.float).reshape(-1, 4)
        targets.append({"boxes": own, "labels": torch.tensor(labels.get(image["id"], [])).long(),
                        "image_id": image["id"]})
    return pictures, targets, found[0]


def flipped(picture, target):
    """Left and right, and top and bottom, each swapped in half of all cases."""
    for axis in (2, 1):
        if torch.rand(()) < 0.5:
            edges = [0, 2] if axis == 2 else [1, 3]
            boxes = target["boxes"].clone()
            boxes[:, edges] = picture.shape[axis] - target["boxes"][:, edges[::-1]]
            picture, target = picture.flip(axis), {**target, "boxes": boxes}
    return picture, target


# Training

def rate(done):
    """The chapter's schedule: a straight line up, then half a cosine down."""
    if done < WARM_UP:
        return RATE * done / WARM_UP
    cosine = (1 + math.cos(math.pi * (done - WARM_UP) / (1 - WARM_UP))) / 2
    return RATE * (FLOOR + (1 - FLOOR) * cosine)


def train(folder, epochs, seed):
    pictures, targets, annotations = read_part(folder, "train")
    classes = len(json.loads(annotations.read_text())["categories"])
    torch.manual_seed(seed)
    network = detector(classes, pictures[0].shape[1]).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY)
    per_epoch = len(pictures) // BATCH
    start = time.perf_counter()
    for epoch in range(epochs):
        order, total = torch.randperm(len(pictures)), 0.0
        for step in range(per_epoch):
            for group in optimizer.param_groups:
                group["lr"] = rate((epoch * per_epoch + step) / (epochs * per_epoch))
            chosen = order[step * BATCH:(step + 1) * BATCH].tolist()
            batch = [flipped(pictures[i], targets[i]) for i in chosen]
            losses = network([picture.float() / 255 for picture, _ in batch],
                             [target for _, target in batch])
            loss = sum(losses.values())
            if not math.isfinite(loss.item()):
                sys.exit(f"loss is {loss.item()} in epoch {epoch + 1}, step {step + 1}")
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() / per_epoch
        print(f"epoch {epoch + 1} of {epochs}: loss {total:.4g}, "
              f"{time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    seconds = time.perf_counter() - start
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads(),
                      "epochs": epochs, "seed": seed, "training_seconds": seconds,
                      "parameters": sum(p.numel() for p in network.parameters()),
                      **judged(network.eval(), read_part(folder, "test"))}))


@torch.no_grad()
def judged(network, part):
    """AP and AP50 of what is found in a part, by pycocotools."""
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    pictures, targets, annotations = part
    results = []
    for picture, target in zip(pictures, targets):
        found = network([picture.float() / 255])[0]
        for box, score, label in zip(found["boxes"], found["scores"], found["labels"]):
            x0, y0, x1, y1 = box.tolist()
            results.append({"image_id": target["image_id"], "category_id": label.item(),
                            "bbox": [x0, y0, x1 - x0, y1 - y0], "score": score.item()})
    with contextlib.redirect_stdout(sys.stderr):
        truth = COCO(str(annotations))
        evaluation = COCOeval(truth, truth.loadRes(results), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return {"ap": evaluation.stats[0], "ap50": evaluation.stats[1], "ap75": evaluation.stats[2]}


def check():
    """Compares sizes with what the chapter prints; background's offsets are torchvision's alone."""
    network = detector(5, 128).eval()
    own = 4 * (HIDDEN + 1)
    anchors = network.rpn.anchor_generator.cell_anchors[0]
    values = [("parameters", sum(p.numel() for p in network.parameters()) - own, 1_650_038),
              ("map", list(network.backbone(torch.zeros(1, 3, 128, 128)).shape), [1, 128, 16, 16]),
              ("first anchor", anchors[0].tolist(), [-11, -6, 11, 6])]
    for name, value, expected in values:
        print(("ok   " if value == expected else "WRONG") + f" {name}: {value}")
    sys.exit(any(value != expected for _, value, expected in values))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true")
    what.add_argument("--train", metavar="FOLDER")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if arguments.check:
        check()
    train(arguments.train, arguments.epochs, arguments.seed)


if __name__ == "__main__":
    main()
