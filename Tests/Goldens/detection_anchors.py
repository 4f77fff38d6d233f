"""Goldens for torchvision's anchors and default boxes, in float32 because they are compared closely.

Run: python Tests/Goldens/detection_anchors.py
"""

import json
import pathlib

import numpy as np
import torch
import torchvision
from torchvision.models.detection.anchor_utils import AnchorGenerator, DefaultBoxGenerator
from torchvision.models.detection.image_list import ImageList

SEED = 146
rng = np.random.default_rng(SEED)
torch.set_num_threads(1)


def region_case():
    sizes = [float(v) for v in rng.integers(4, 600, rng.integers(1, 4))]
    ratios = [float(v) for v in np.float32(rng.uniform(0.2, 4, rng.integers(1, 4)))]
    map_size = [int(v) for v in rng.integers(1, 6, 2)]
    picture = [side * int(stride) + int(rest)
               for side, stride, rest in zip(map_size, rng.integers(1, 40, 2), rng.integers(0, 9, 2))]
    generator = AnchorGenerator((tuple(sizes),), (tuple(ratios),))
    images = ImageList(torch.zeros(1, 3, *picture), [tuple(picture)])
    anchors = generator(images, [torch.zeros(1, 1, *map_size)])[0]
    return {
        "sizes": sizes,
        "heightOverWidth": ratios,
        "map": map_size,
        "picture": picture,
        "cell": generator.cell_anchors[0].tolist(),
        "anchors": anchors.tolist(),
    }


def default_case(maps, steps, scales, ratios, picture):
    generator = DefaultBoxGenerator(ratios, scales=scales, steps=steps)
    boxes = generator._grid_default_boxes(maps, picture)
    return {
        "maps": maps,
        "steps": steps,
        "scales": scales,
        "ratios": ratios,
        "picture": picture,
        "boxes": boxes.tolist(),
    }


def random_default_case():
    levels = int(rng.integers(1, 4))
    return default_case(
        [[int(v) for v in rng.integers(1, 5, 2)] for _ in range(levels)],
        [int(v) for v in rng.integers(8, 150, levels)],
        sorted(float(v) for v in rng.uniform(0.05, 1.1, levels + 1)),
        [[float(v) for v in rng.uniform(1.2, 4, rng.integers(0, 3))] for _ in range(levels)],
        [int(v) for v in rng.integers(100, 500, 2)],
    )


def ssd300():
    """Only the ends and the sum of the 8732 boxes."""
    case = default_case(
        [[side, side] for side in (38, 19, 10, 5, 3, 1)],
        [8, 16, 32, 64, 100, 300],
        [0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05],
        [[2], [2, 3], [2, 3], [2, 3], [2], [2]],
        [300, 300],
    )
    boxes = np.array(case["boxes"])
    return {
        "count": len(boxes),
        "first": boxes[:4].tolist(),
        "last": boxes[-4:].tolist(),
        "every": boxes[::97].tolist(),
    }


golden = {
    "passport": {
        "script": "Tests/Goldens/detection_anchors.py",
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float32",
    },
    "regions": [region_case() for _ in range(30)],
    "defaults": [random_default_case() for _ in range(15)],
    "ssd300": ssd300(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
