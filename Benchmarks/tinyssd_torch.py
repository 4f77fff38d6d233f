"""The PyTorch twin of TinySSD: the same network, loss and optimizer, to be trained.

  tinyssd_torch.py --check                         sizes and known values; exit code 1 if one is off
  tinyssd_torch.py --train FOLDER --epochs 20 --seed 1    d2l's recipe; prints AP and errors as JSON

Exit code 3: PyTorch is missing.
"""

import argparse
import json
import math
import os
import statistics
import sys
import time

try:
    import numpy as np
    import torch
except ImportError as error:
    print(f"{error}. To compare with PyTorch:  pip install torch torchvision numpy\n"
          "in a virtual environment, and set BOOK_PYTHON to its python.", file=sys.stderr)
    sys.exit(3)

import tinyssd_model as ssd
from detection_data import DataError, average_precision, read_part, suppress

MODES = ("eager", "channels_last", "compiled")
BATCH, SIDE = 32, 256
LEARNING_RATE, WEIGHT_DECAY = 0.2, 5e-4
SUPPRESSION_IOU, LEAST_SCORE, MOST_DETECTIONS = 0.5, 0.01, 100


class Trainer:
    """A TinySSD with its optimizer; `step` is what the benchmark times."""

    def __init__(self, mode, classes):
        self.layout = torch.contiguous_format if mode == "eager" else torch.channels_last
        self.network = ssd.TinySSD(classes).to(memory_format=self.layout)
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=LEARNING_RATE,
                                         weight_decay=WEIGHT_DECAY)
        self.forward = torch.compile(self._forward) if mode == "compiled" else self._forward

    def _forward(self, pictures, wanted):
        scores, offsets = self.network(pictures)
        return ssd.loss(scores, offsets, wanted), scores, offsets

    def step(self, pictures, wanted):
        """Forward, loss, backward, update. Returns the loss, scores and offsets, detached."""
        self.optimizer.zero_grad()
        value, scores, offsets = self.forward(pictures, wanted)
        value.backward()
        self.optimizer.step()
        return value.detach(), scores.detach(), offsets.detach()


def describe(mode):
    return {"mode": mode, "torch": torch.__version__, "threads": torch.get_num_threads(),
            "batch": BATCH, "side": SIDE}


# Training

class Errors:
    """d2l's two metrics, each with what predicting only background and no offset would score."""

    def __init__(self):
        self.anchors = self.wrong = self.objects = 0
        self.difference = self.size = 0.0

    def add(self, scores, offsets, wanted):
        classes, wanted_offsets, mask = wanted
        self.anchors += classes.numel()
        self.wrong += (scores.argmax(-1) != classes).sum().item()
        self.objects += (classes > 0).sum().item()
        self.difference += ((wanted_offsets - offsets) * mask).abs().sum().item()
        self.size += (wanted_offsets * mask).abs().sum().item()

    def summary(self):
        return {"class_error": self.wrong / self.anchors,
                "class_error_baseline": self.objects / self.anchors,
                "box_error": self.difference / (4 * self.anchors),
                "box_error_baseline": self.size / (4 * self.anchors)}


def batches(count, generator=None):
    order = torch.randperm(count, generator=generator) if generator else torch.arange(count)
    return order.split(BATCH)


@torch.no_grad()
def evaluate(trainer, part, anchors):
    """AP50 and AP75 (mean over classes present, 0–1) and the errors on a part of the data."""
    pictures, boxes, labels = part
    trainer.network.eval()
    errors, found = Errors(), []
    for chosen in batches(len(pictures)):
        scores, offsets = trainer.network(
            pictures[chosen].float().contiguous(memory_format=trainer.layout))
        errors.add(scores, offsets, ssd.targets(anchors, boxes[chosen], labels[chosen]))
        confidence, classes = scores.softmax(-1)[..., 1:].max(-1)
        decoded = ssd.decode(anchors, offsets.unflatten(1, (-1, 4)))
        for one in zip(decoded.numpy(), confidence.numpy(), classes.numpy()):
            box, score, label = (values[one[1] >= LEAST_SCORE] for values in one)
            kept = suppress(box, score, SUPPRESSION_IOU, MOST_DETECTIONS)
            found.append((box[kept], score[kept], label[kept]))
    trainer.network.train()
    result = errors.summary()
    for name, threshold in (("ap50", 0.5), ("ap75", 0.75)):
        result[name] = float(np.mean([
            average_precision([(box[label == index], score[label == index])
                               for box, score, label in found],
                              [box[label == index].numpy() for box, label in zip(boxes, labels)],
                              threshold)
            for index in labels[labels >= 0].unique().tolist()]))
    return result


def train(folder, epochs, seed, mode):
    training, validation = read_part(folder, "train"), read_part(folder, "val")
    pictures, boxes, labels = training
    height, width = pictures.shape[2:]
    if height != width or height % 64:
        raise DataError(f"{folder}: pictures are {width}×{height}; expected square, sides of 64·n")
    classes = int(max(labels.max(), validation[2].max())) + 1
    torch.manual_seed(seed)
    trainer = Trainer(mode, classes)
    anchors = ssd.all_anchors(height)
    shuffle = torch.Generator().manual_seed(seed)
    curve, seconds = [], 0.0
    for epoch in range(1, epochs + 1):
        errors, losses, start = Errors(), [], time.perf_counter()
        for chosen in batches(len(pictures), shuffle):
            wanted = ssd.targets(anchors, boxes[chosen], labels[chosen])
            batch = pictures[chosen].float().contiguous(memory_format=trainer.layout)
            value, scores, offsets = trainer.step(batch, wanted)
            if not math.isfinite(value.item()):
                raise DataError(f"loss is {value.item()} in epoch {epoch}, step {len(losses) + 1}")
            losses.append(value.item())
            errors.add(scores, offsets, wanted)
        seconds += time.perf_counter() - start
        curve.append({"epoch": epoch, "loss": statistics.fmean(losses), **errors.summary()})
        print(f"epoch {epoch} of {epochs}: loss {curve[-1]['loss']:.4g}, "
              f"class error {curve[-1]['class_error']:.3g}, "
              f"box error {curve[-1]['box_error']:.3g}, {seconds:.0f} s",
              file=sys.stderr, flush=True)
    print(json.dumps({"recipe": "SGD 0.2, weight decay 5e-4, batch 32, PyTorch's initial weights, 0-255",
            **describe(mode), "side": height, "seed": seed, "epochs": epochs, "classes": classes,
            "pictures": len(pictures), "pictures_seen": epochs * len(pictures),
            "training_seconds": seconds, "images_per_second": epochs * len(pictures) / seconds,
            "validation": evaluate(trainer, validation, anchors), "curve": curve}))


# Checks

def check():
    """Compares sizes and worked examples with what the chapter prints."""
    def same(name, value, expected):
        value, expected = torch.as_tensor(value).double(), torch.as_tensor(expected).double()
        good = value.shape == expected.shape and torch.allclose(value, expected, rtol=0, atol=2e-6)
        print(("ok   " if good else "WRONG") + f" {name}: {value.tolist()}")
        failures.append(name) if not good else None

    failures = []
    network = ssd.TinySSD(1)
    same("parameters", sum(p.numel() for p in network.parameters()), 1_010_376)
    with torch.no_grad():
        scores, offsets = network(torch.zeros(2, 3, SIDE, SIDE))
        same("base network", ssd.base_network()(torch.zeros(2, 3, SIDE, SIDE)).shape,
             [2, 64, 32, 32])
        same("halving block", ssd.halving_block(3, 10)(torch.zeros(2, 3, 20, 20)).shape,
             [2, 10, 10, 10])
        heads = [ssd.class_head(8, 5, 10)(torch.zeros(2, 8, 20, 20)),
                 ssd.class_head(16, 3, 10)(torch.zeros(2, 16, 10, 10))]
    same("heads", [list(one.shape) for one in heads], [[2, 55, 20, 20], [2, 33, 10, 10]])
    same("heads side by side", ssd.flat(heads).shape, [2, 25300])
    same("class scores", scores.shape, [2, 5444, 2])
    same("offsets", offsets.shape, [2, 21776])
    anchors = ssd.all_anchors(SIDE)
    same("anchors", anchors.shape, [5444, 4])
    same("third anchor", anchors[2], [-0.1257964, -0.0550857, 0.1570464, 0.0863357])
    same("last anchor", anchors[-1], [0.188873, -0.122254, 0.8111269, 1.1222539])
    same("anchors on a wide map", ssd.anchor_boxes(2, 4, (0.5, 0.25), ssd.RATIOS)[2],
         [-0.0517767, 0.0732233, 0.3017767, 0.4267767])
    example = torch.tensor([[0, .1, .2, .3], [.15, .2, .4, .4], [.63, .05, .88, .98],
                            [.66, .45, .8, .8], [.57, .3, .92, .9]])
    boxes = torch.tensor([[[.1, .08, .52, .92], [.55, .2, .9, .88], [-1, 0, 0, 0]]])
    labels = torch.tensor([[0, 1, -1]])
    classes, wanted, _ = ssd.targets(example, boxes, labels)
    same("classes of five anchors", classes, [[0, 1, 2, 0, 2]])
    same("offsets of the second", wanted[0, 4:8], [1.3999999, 9.9999990, 2.5939717, 7.1754241])
    crowded = ssd.assign(torch.tensor([[0, 0, .95, .95], [0, 0, .5, .5], [.8, .8, 1, 1]]),
                         torch.tensor([[[0, 0, 1, 1], [0, 0, .9, .9]]]), torch.ones(1, 2).bool())
    same("two boxes want one anchor", crowded, [[0, 1, -1]])
    toy = (torch.tensor([[0, 1]]), torch.tensor([[0., 0, 0, 0, 2, 1, 0, 1]]),
           torch.tensor([[0., 0, 0, 0, 1, 1, 1, 1]]))
    same("loss", ssd.loss(torch.tensor([[[2., 0], [0, 1]]]),
                          torch.tensor([[.5, -.5, 1, 2, 1, 1, 1, 1]]), toy), 0.4700948)
    box = np.array([[0., 0, 10, 10]])
    perfect, false = (box, np.array([0.9])), (box + 50, np.array([0.95]))
    same("AP, all found", average_precision([perfect], [box], 0.5), 1.0)
    same("AP, a false one first", average_precision([perfect, false], [box, box[:0]], 0.5), 0.5)
    same("AP, half found", average_precision([perfect, false], [box, box], 0.5), 51 / 101 / 2)
    sys.exit(1 if failures else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true")
    what.add_argument("--train", metavar="FOLDER")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mode", choices=MODES, default="channels_last", help="for --train")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    try:
        if arguments.check:
            check()
        else:
            train(arguments.train, arguments.epochs, arguments.seed, arguments.mode)
    except DataError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
