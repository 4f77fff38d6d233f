"""Writes tinyssd_steps.json: the losses of twenty training steps of TinySSD on small pictures, by
PyTorch in float32 as it comes (eager) and with channels last, and in float64.

Run from anywhere:  python Tests/Goldens/tinyssd_steps.py

Weights and pictures come from the same random numbers as in the test, so that no file holds them:
SplitMix64, drawn in the order in which Models.TinySSD makes its layers. The network is that of
Benchmarks/tinyssd_model.py.

Format: pictures [[x0, y0, x1, y1]] (boxes in pixels), checks {weightSum, pictureSum} (so that a
difference in the inputs is found before one in the losses), losses {eager, channelsLast, double}.
"""

import json
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Benchmarks"))
import tinyssd_model as tinyssd  # noqa: E402

SEED = 81
SIDE, PICTURES, BATCH, STEPS = 64, 8, 4, 20
LEARNING_RATE, MOMENTUM, WEIGHT_DECAY = 0.05, 0.9, 5e-4


class SplitMix64:
    """Tensors.SplitMix64, many numbers at a time."""

    def __init__(self, seed):
        self.state = seed

    def units(self, count):
        """`count` float32 numbers in 0 ..< 1."""
        with np.errstate(over="ignore"):
            z = np.uint64(self.state) + np.uint64(0x9E3779B97F4A7C15) * np.arange(
                1, count + 1, dtype=np.uint64)
            self.state = int(z[-1])
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z = z ^ (z >> np.uint64(31))
        return (z >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-24)

    def uniform(self, shape, bound):
        """±`bound`, computed as Tensor.uniform does."""
        low, high = np.float32(-bound), np.float32(bound)
        numbers = low + self.units(int(np.prod(shape))) * (high - low)
        return torch.from_numpy(numbers.reshape(shape))


def draw_weights(model, random):
    convolutions = [layer for block in model.blocks for layer in block.modules()
                    if isinstance(layer, torch.nn.Conv2d)]
    for heads in zip(model.class_heads, model.box_heads):
        convolutions += heads
    for layer in convolutions:
        fan_in = np.float32(layer.weight[0].numel())
        bound = np.float32(1) / np.sqrt(fan_in)
        with torch.no_grad():
            layer.weight.copy_(random.uniform(tuple(layer.weight.shape), bound))
            layer.bias.copy_(random.uniform(tuple(layer.bias.shape), bound))


def draw_pictures(random):
    """Noise with a brighter box in each: pictures, boxes in pixels."""
    pictures = torch.zeros(PICTURES, 3, SIDE, SIDE)
    boxes = []
    for picture in pictures:
        x, y, width, height = (random.units(4) * 24).astype(np.int64).tolist()
        box = [x, y, x + width + 12, y + height + 12]
        noise = np.floor(random.units(picture.numel()) * np.float32(160))
        picture.copy_(torch.from_numpy(noise).reshape(picture.shape))
        picture[:, box[1]:box[3], box[0]:box[2]] += 64
        boxes.append(box)
    return pictures, boxes


def train(model, pictures, boxes, kind):
    double = kind == "double"
    if double:
        model = model.double()
    if kind == "channelsLast":
        model = model.to(memory_format=torch.channels_last)
    anchors = tinyssd.all_anchors(SIDE)
    shares = torch.tensor(boxes, dtype=torch.float32)[:, None] / SIDE
    wanted = tinyssd.targets(anchors, shares, torch.zeros(PICTURES, 1, dtype=torch.long))
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM,
                                weight_decay=WEIGHT_DECAY)
    model.train()
    losses = []
    for step in range(STEPS):
        chosen = [(step * BATCH + place) % PICTURES for place in range(BATCH)]
        x = pictures[chosen]
        if double:
            x = x.double()
        if kind == "channelsLast":
            x = x.to(memory_format=torch.channels_last)
        classes, offsets, mask = (part[chosen] for part in wanted)
        if double:
            offsets, mask = offsets.double(), mask.double()
        loss = tinyssd.loss(*model(x), (classes, offsets, mask))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def main():
    torch.set_num_threads(2)
    losses = {}
    for kind in ("eager", "channelsLast", "double"):
        random = SplitMix64(SEED)
        model = tinyssd.TinySSD(1)
        draw_weights(model, random)
        weight_sum = sum(parameter.double().sum().item() for parameter in model.parameters())
        pictures, boxes = draw_pictures(random)
        losses[kind] = train(model, pictures, boxes, kind)
    golden = {
        "passport": {"script": "Tests/Goldens/tinyssd_steps.py", "torch": torch.__version__,
                     "seed": SEED, "dtype": "float32", "device": "cpu",
                     "processor": torch.backends.cpu.get_cpu_capability()},
        "boxes": boxes,
        "checks": {"weightSum": weight_sum, "pictureSum": pictures.double().sum().item()},
        "losses": losses}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(golden, indent=1) + "\n")
    for step, values in enumerate(zip(*losses.values())):
        print(step, *values, abs(values[0] - values[1]), abs(values[0] - values[2]))


if __name__ == "__main__":
    main()
