"""The torchvision twin of the rows over regions: RoI pooling and RoIAlign, forward and backward.

  regions_torch.py --time ROW [--steps N]    times a row, prints one JSON line
  regions_torch.py --serve ROW               runs one step per line "step" on standard input

ROW is one of ROWS below. Exit code 3: torchvision is missing.
"""

import argparse
import json
import os
import sys
import time

try:
    import torch
    from torchvision.ops import roi_align, roi_pool
except ImportError as error:
    print(f"{error}. To compare with torchvision:  pip install torch torchvision\n"
          "in a virtual environment, and set BOOK_PYTHON to its python.", file=sys.stderr)
    sys.exit(3)

ROWS = ("RoIAlign forward", "RoIAlign backward", "RoI pooling forward", "RoI pooling backward")
MAP, PICTURE, STRIDE = (2, 256, 50, 68), (1088, 800), 16
REGIONS, BINS, SMALLEST, LARGEST = 1000, 7, 32, 512
WARM_UP_STEPS = 2


class TimedSteps:
    """1000 regions of random sides and places on random maps, the same at each step."""

    def __init__(self, row):
        torch.manual_seed(0)
        self.is_pooling, self.is_backward = "pooling" in row, "backward" in row
        extent = torch.tensor(PICTURE)
        center = torch.rand(REGIONS, 2) * extent
        half = (SMALLEST + torch.rand(REGIONS, 2) * (LARGEST - SMALLEST)) / 2
        corners = [(center + side).clamp(torch.zeros(2), extent) for side in (-half, half)]
        picture = torch.randint(0, MAP[0], (REGIONS, 1))
        self.regions = torch.cat([picture, *corners], 1)
        self.map = torch.randn(MAP, requires_grad=True)
        self.cotangent = torch.randn(REGIONS, MAP[1], BINS, BINS)
        for _ in range(WARM_UP_STEPS):
            self.seconds()

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


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--time", metavar="ROW", choices=ROWS)
    what.add_argument("--serve", metavar="ROW", choices=ROWS)
    parser.add_argument("--steps", type=int, default=10, help="timed steps of --time")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    steps = TimedSteps(arguments.time or arguments.serve)
    if arguments.time:
        print(json.dumps({"row": arguments.time, "threads": torch.get_num_threads(),
                          "steps": [steps.seconds() for _ in range(arguments.steps)]}))
        return
    print(json.dumps({"ready": True, "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        known = line.strip() == "step"
        print(json.dumps({"seconds": steps.seconds()} if known else
                         {"error": f"expected step, got {line.strip()!r}"}), flush=True)


if __name__ == "__main__":
    main()
