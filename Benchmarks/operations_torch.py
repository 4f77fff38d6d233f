"""The twin of the rows over single operations, forward and backward.

  operations_torch.py --time ROW --mode MODE [--steps N]    times a row, prints one JSON line
  operations_torch.py --serve ROW --mode MODE               runs N steps per line "step N"

ROW is an operation of OPERATIONS and "forward" or "backward", or an optimizer's step; MODE is eager
or channels_last, the memory order of maps. Exit code 3: PyTorch is missing.
"""

import time

import twin
import torch
import torch.nn.functional as F

import tinyssd_model as ssd

MODES = ("eager", "channels_last")
ANCHORS = 32 * 5444


def numbers(*shape):
    return torch.randn(shape)


def convolution(inputs, outputs, side):
    return (lambda x, w, b: F.conv2d(x, w, b, padding=1),
            lambda: [numbers(32, inputs, side, side), numbers(outputs, inputs, 3, 3),
                     numbers(outputs)])


def maps(operation, channels, side):
    return operation, lambda: [numbers(32, channels, side, side)]


def batch_norm(x, scale, shift):
    return F.batch_norm(x, None, None, scale, shift, training=True)


def levels(*maps):
    return torch.cat([one.permute(0, 2, 3, 1).flatten(1) for one in maps], 1)


def cross_entropy(count):
    classes = torch.arange(ANCHORS) % count
    return lambda x: F.cross_entropy(x, classes), lambda: [numbers(ANCHORS, count)]


# Name: the operation, and what makes its inputs. Every input wants a gradient.
OPERATIONS = {
    "convolution 3→16, 256×256": convolution(3, 16, 256),
    "convolution 16→16, 256×256": convolution(16, 16, 256),
    "convolution 32→32, 128×128": convolution(32, 32, 128),
    "convolution 64→64, 64×64": convolution(64, 64, 64),
    "convolution 64→128, 32×32": convolution(64, 128, 32),
    "convolution 128→128, 16×16": convolution(128, 128, 16),
    "convolution 128→128, 8×8": convolution(128, 128, 8),
    "convolution 64→8, 32×32": convolution(64, 8, 32),
    "batch norm": (batch_norm, lambda: [numbers(32, 16, 256, 256), numbers(16), numbers(16)]),
    "group norm": (lambda x, scale, shift: F.group_norm(x, 8, scale, shift),
                   lambda: [numbers(32, 64, 64, 64), numbers(64), numbers(64)]),
    "ReLU": maps(F.relu, 16, 256),
    "max pooling": maps(lambda x: F.max_pool2d(x, 2), 16, 256),
    "global max pooling": maps(lambda x: F.adaptive_max_pool2d(x, 1), 128, 4),
    "bilinear resize": maps(
        lambda x: F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False), 64, 32),
    "transposed convolution": (
        lambda x, w, b: F.conv_transpose2d(x, w, b, stride=2),
        lambda: [numbers(64, 128, 14, 14), numbers(128, 128, 2, 2), numbers(128)]),
    "softmax": (lambda x: F.softmax(x, -1), lambda: [numbers(ANCHORS, 6)]),
    "cross-entropy, 2 classes": cross_entropy(2),
    "cross-entropy, 21 classes": cross_entropy(21),
    "smooth L1": (lambda x, y: F.smooth_l1_loss(x, y, reduction="none"),
                  lambda: [numbers(32, 4 * 5444), numbers(32, 4 * 5444)]),
    "matrix product": (torch.matmul, lambda: [numbers(1024, 1024), numbers(1024, 1024)]),
    "linear": (F.linear, lambda: [numbers(512, 6272), numbers(256, 6272), numbers(256)]),
    "broadcasting add": (lambda x, y: x + y,
                         lambda: [numbers(32, 64, 64, 64), numbers(1, 64, 1, 1)]),
    "sum of rows": (lambda x: x.sum(1), lambda: [numbers(ANCHORS, 21)]),
    "exp": (torch.exp, lambda: [numbers(32, 64, 64, 64)]),
    "permute": maps(lambda x: x.permute(0, 2, 3, 1).contiguous(), 64, 32),
    "concatenate levels": (levels, lambda: [numbers(32, 8, side, side)
                                            for side in (32, 16, 8, 4, 1)]),
}
STEPS = {
    "SGD step": lambda parameters: torch.optim.SGD(parameters, lr=1e-3, momentum=0.9,
                                                   weight_decay=5e-4),
    "AdamW step": lambda parameters: torch.optim.AdamW(parameters, lr=1e-3),
}
ROWS = [f"{name} {way}" for name in OPERATIONS for way in ("forward", "backward")] + list(STEPS)


def optimizer_step(make):
    parameters = list(ssd.TinySSD(1).parameters())
    for parameter in parameters:
        parameter.grad = torch.randn_like(parameter)
    optimizer = make(parameters)

    def step():
        start = time.perf_counter()
        optimizer.step()
        return time.perf_counter() - start

    return step


def make_step(row, mode):
    if row in STEPS:
        return optimizer_step(STEPS[row])
    name, _, way = row.rpartition(" ")
    operation, make_inputs = OPERATIONS[name]
    layout = torch.channels_last if mode == "channels_last" else torch.contiguous_format
    inputs = [one.contiguous(memory_format=layout) if one.dim() == 4 else one
              for one in make_inputs()]

    def forward():
        start = time.perf_counter()
        with torch.no_grad():
            operation(*inputs)
        return time.perf_counter() - start

    for one in inputs:
        one.requires_grad_(way == "backward")
    if way == "forward":
        return forward
    cotangent = torch.randn_like(operation(*inputs))

    def backward():
        for one in inputs:
            one.grad = None
        result = operation(*inputs)
        start = time.perf_counter()
        result.backward(cotangent)
        return time.perf_counter() - start

    return backward


if __name__ == "__main__":
    twin.run(__doc__, ROWS, MODES, make_step)
