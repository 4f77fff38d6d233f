"""The torchvision twin of the rows over regions: RoI pooling and RoIAlign, forward and backward.

  regions_torch.py --time ROW [--steps N]    times a row, prints one JSON line
  regions_torch.py --serve ROW               runs N steps per line "step N" on standard input

ROW is one of ROWS below. Exit code 3: PyTorch is missing.
"""

import time

import twin
import torch
from torchvision.ops import roi_align, roi_pool

ROWS = ("RoIAlign forward", "RoIAlign backward", "RoI pooling forward", "RoI pooling backward")
MAP, PICTURE, STRIDE = (2, 256, 50, 68), (1088, 800), 16
REGIONS, BINS, SMALLEST, LARGEST = 1000, 7, 32, 512


class TimedSteps:
    """1000 regions of random sides and places on random maps, the same at each step."""

    def __init__(self, row):
        self.is_pooling, self.is_backward = "pooling" in row, "backward" in row
        extent = torch.tensor(PICTURE)
        center = torch.rand(REGIONS, 2) * extent
        half = (SMALLEST + torch.rand(REGIONS, 2) * (LARGEST - SMALLEST)) / 2
        corners = [(center + side).clamp(torch.zeros(2), extent) for side in (-half, half)]
        picture = torch.randint(0, MAP[0], (REGIONS, 1))
        self.regions = torch.cat([picture, *corners], 1)
        self.map = torch.randn(MAP, requires_grad=True)
        self.cotangent = torch.randn(REGIONS, MAP[1], BINS, BINS)

    def forward(self):
        if self.is_pooling:
            return roi_pool(self.map, self.regions, BINS, 1 / STRIDE)
        return roi_align(self.map, self.regions, BINS, 1 / STRIDE, sampling_ratio=2, aligned=True)

    def seconds(self):
        if not self.is_backward:
            with torch.no_grad():
                start = time.perf_counter()
                self.forward()
                return time.perf_counter() - start
        self.map.grad = None
        result = self.forward()
        start = time.perf_counter()
        result.backward(self.cotangent)
        return time.perf_counter() - start


if __name__ == "__main__":
    twin.run(__doc__, ROWS, ("torchvision",), lambda row, mode: TimedSteps(row).seconds)
