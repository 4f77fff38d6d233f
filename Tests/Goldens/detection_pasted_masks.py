"""Goldens for the small masks of a detector, drawn into pictures: torchvision's, in float64.

Run: python Tests/Goldens/detection_pasted_masks.py
Boxes lie inside and across the borders, down to a pixel; torchvision stops at one beyond them. Edges of the grown box that come
near a whole number are drawn anew, since Float might cut them down to another one.
"""

import json
import pathlib

import numpy as np
import torch
import torchvision
from torchvision.models.detection.roi_heads import expand_boxes, paste_masks_in_image

SEED = 150
rng = np.random.default_rng(SEED)
torch.set_num_threads(1)


def case(number):
    side = [1, 2, 5, 14, 28][number % 5]
    height, width = int(rng.integers(3, 30)), int(rng.integers(3, 30))
    masks = torch.as_tensor(rng.integers(0, 257, (1, 1, side, side)) / 256)
    while True:
        centre = rng.uniform(0, 1, 2) * (width, height)
        sides = np.exp(rng.uniform(np.log(0.5), np.log(40), 2))
        box = np.concatenate([centre - sides / 2, centre + sides / 2]).round(2)
        grown = expand_boxes(torch.as_tensor(box[None]), (side + 2) / side)
        if not ((grown - grown.round()).abs() < 1e-3).any():
            break
    pasted = paste_masks_in_image(masks, torch.as_tensor(box[None]), (height, width))
    return {
        "side": side,
        "height": height,
        "width": width,
        "probabilities": masks.flatten().tolist(),
        "box": box.tolist(),
        "pasted": pasted.flatten().tolist(),
    }


golden = {
    "passport": {
        "script": "Tests/Goldens/detection_pasted_masks.py",
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": np.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "cases": [case(number) for number in range(40)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps(golden, allow_nan=False) + "\n")
