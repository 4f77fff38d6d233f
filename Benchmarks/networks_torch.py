"""The twin of the rows over whole networks: TinySSD and ResNet-18, trained and applied.

  networks_torch.py --time ROW --mode MODE [--steps N]    times a row, prints one JSON line
  networks_torch.py --serve ROW --mode MODE               runs N steps per line "step N"

MODE is eager, channels_last or compiled (channels last too). Exit code 3: PyTorch is missing.
"""

import time

import twin
import torch
import torch.nn.functional as F
from torchvision.models import resnet18

import tinyssd_model as ssd
from tinyssd_torch import BATCH, SIDE, Trainer

ROWS = ("TinySSD training", "TinySSD inference", "TinySSD latency", "ResNet-18 training",
        "ResNet-18 inference")
MODES = ("eager", "channels_last", "compiled")
RESNET_BATCH, RESNET_SIDE = 8, 224


def layout(mode):
    return torch.contiguous_format if mode == "eager" else torch.channels_last


def maybe_compiled(function, mode):
    return torch.compile(function) if mode == "compiled" else function


def timed(work):
    def step():
        start = time.perf_counter()
        work()
        return time.perf_counter() - start
    return step


def detector_training(mode):
    """Forward, loss, backward and update on a fixed batch, its targets computed beforehand."""
    trainer = Trainer(mode, classes=1)
    pictures = torch.randint(0, 256, (BATCH, 3, SIDE, SIDE)).float()
    pictures = pictures.contiguous(memory_format=trainer.layout)
    centre, size = 0.3 + 0.4 * torch.rand(BATCH, 1, 2), 0.12 + 0.16 * torch.rand(BATCH, 1, 2)
    boxes = torch.cat([centre - size / 2, centre + size / 2], -1)
    wanted = ssd.targets(ssd.all_anchors(SIDE), boxes, torch.zeros(BATCH, 1).long())
    return timed(lambda: trainer.step(pictures, wanted))


def classifier_training(mode):
    network = resnet18().to(memory_format=layout(mode))
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, weight_decay=5e-4)
    pictures = torch.randn(RESNET_BATCH, 3, RESNET_SIDE, RESNET_SIDE)
    pictures = pictures.contiguous(memory_format=layout(mode))
    classes = torch.randint(0, 1000, (RESNET_BATCH,))
    loss = maybe_compiled(lambda: F.cross_entropy(network(pictures), classes), mode)

    def step():
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()

    return timed(step)


def inference(network, batch, side, mode):
    network = network.eval().to(memory_format=layout(mode))
    pictures = 255 * torch.rand(batch, 3, side, side)
    pictures = pictures.contiguous(memory_format=layout(mode))
    forward = maybe_compiled(network, mode)

    def step():
        with torch.inference_mode():
            forward(pictures)

    return timed(step)


def make_step(row, mode):
    match row:
        case "TinySSD training":
            return detector_training(mode)
        case "TinySSD inference":
            return inference(ssd.TinySSD(1), BATCH, SIDE, mode)
        case "TinySSD latency":
            return inference(ssd.TinySSD(1), 1, SIDE, mode)
        case "ResNet-18 training":
            return classifier_training(mode)
        case "ResNet-18 inference":
            return inference(resnet18(), RESNET_BATCH, RESNET_SIDE, mode)


if __name__ == "__main__":
    twin.run(__doc__, ROWS, MODES, make_step)
