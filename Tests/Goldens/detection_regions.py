"""Goldens for RoI pooling and RoIAlign with their gradients, by torchvision.

Run: OMP_NUM_THREADS=1 python Tests/Goldens/detection_regions.py

Maps and cotangents are not stored: `filled` makes them, in the tests too. Their values are
multiples of 1/16 that repeat, so sums of them are exact in Float and maxima tie on purpose.
A case is computed in double, and in float too. Where a rounding of the box to Float moves a bin or
drops a sample the two differ, and the golden is the float one: its `dtype` says which.
"""

import json
import math
import pathlib

import numpy as np
import torch
import torchvision
from torchvision.ops import roi_align, roi_pool

SEED = 48
CASES = 130  # of each operation
rng = np.random.default_rng(SEED)
torch.set_num_threads(1)


def filled(shape, seed, step, period):
    index = np.arange(math.prod(shape))
    values = ((index * step + seed * 19) % period - period // 2) / 16
    return torch.tensor(values).reshape(shape)


def box(height, width, scale):
    """A box in pixels: mostly on the map, some beyond it, inside out, tiny, or on cell borders."""
    extent = np.array([width, height]) / scale
    kind = rng.integers(0, 8)
    corner = rng.uniform(-0.1, 0.9, 2) * extent
    sides = rng.uniform(0.05, 0.9, 2) * extent
    if kind == 0:
        corner = rng.uniform(-2, 2, 2) * extent
    if kind == 1:
        sides = -sides * rng.integers(0, 2, 2)
    if kind == 2:
        sides = rng.uniform(0, 0.6, 2) / scale
    if kind == 3:
        corner, sides = np.round(corner * scale * 2) / 2, np.round(sides * scale * 2) / 2
        corner, sides = corner / scale, sides / scale
    return np.concatenate([corner, corner + sides]).astype(np.float32).tolist()


def numbers(values):
    """Nine digits, which is what a Float holds; null for NaN, which JSON cannot say."""
    return [None if math.isnan(v) else float(f"{v:.9g}") for v in values.flatten().tolist()]


def run(operation, case, dtype):
    shape = case["map"]
    values = filled(shape, case["seed"], 73, 211)
    for place in case["notANumber"]:
        values.view(-1)[place] = math.nan
    values = values.to(dtype).requires_grad_()
    rois = torch.tensor(case["regions"], dtype=dtype).reshape(-1, 5)
    bins = (case["height"], case["width"])
    if operation == "pool":
        result = roi_pool(values, rois, bins, case["cellsPerPixel"])
    else:
        result = roi_align(values, rois, bins, case["cellsPerPixel"],
                           case["samplingRatio"] or -1, case["aligned"])
    cotangent = filled(result.shape, case["seed"], 29, 61).to(dtype)
    (gradient,) = torch.autograd.grad(result, values, cotangent)
    return result.detach().double(), gradient.double()


def case(operation, index):
    wide = index % 13 == 0
    channels = int(rng.choice([16, 17, 33])) if wide else int(rng.integers(1, 6))
    height, width = (int(rng.integers(1, 6 if wide else 13)) for _ in range(2))
    pictures = int(rng.integers(1, 4))
    scale = float(np.float32(rng.choice([1, 0.5, 0.25, 1 / 16, 0.1, 0.3])))
    count = 0 if index == 5 else int(rng.integers(1, 3 if wide else 6))
    made = {
        "seed": index,
        "map": [pictures, channels, height, width],
        "notANumber": [],
        "regions": [[int(rng.integers(0, pictures)), *box(height, width, scale)]
                    for _ in range(count)],
        "height": int(rng.integers(1, 8)),
        "width": int(rng.integers(1, 8)),
        "cellsPerPixel": scale,
    }
    if index % 17 == 0:  # more bins than cells
        made["height"] = 13
    if wide:
        made["height"], made["width"] = int(rng.integers(3, 6)), int(rng.integers(3, 6))
    if index % 10 == 7:
        cells = math.prod(made["map"])
        made["notANumber"] = sorted({int(p) for p in rng.integers(0, cells, 1 + cells // 9)})
    if operation == "align":
        made["samplingRatio"] = [None, 1, 2, 3][index % 4]
        made["aligned"] = bool(rng.integers(0, 2))
    double, single = run(operation, made, torch.float64), run(operation, made, torch.float32)
    same = all(torch.allclose(a, b, rtol=1e-5, atol=2e-5, equal_nan=True)
               for a, b in zip(double, single))
    output, gradient = double if same else single
    return {**made, "dtype": "float64" if same else "float32", "output": numbers(output),
            "gradient": numbers(gradient)}


golden = {
    "passport": {
        "script": "Tests/Goldens/detection_regions.py",
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64, float32 where a case says so",
    },
    "pools": [case("pool", index) for index in range(CASES)],
    "aligns": [case("align", index) for index in range(CASES)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps(golden, separators=(",", ":")) + "\n")
