"""Goldens for graph segmentation and colour spaces, by scikit-image in double precision.

Run: python Tests/Goldens/selective_search.py
Pictures are smooth random fields with noise on top, so that no two edges weigh the same.
"""

import json
import pathlib

import numpy as np
import scipy
import skimage
from scipy.ndimage import gaussian_filter
from skimage.color import rgb2hsv, rgb2lab
from skimage.segmentation import felzenszwalb

SEED = 13
rng = np.random.default_rng(SEED)


def picture(height, width, patch):
    field = rng.uniform(0, 255, (height, width, 3))
    field = gaussian_filter(field, (patch, patch, 0), mode="nearest")
    field = (field - field.min()) / (field.max() - field.min()) * 255
    return np.clip(field + rng.normal(0, 2, field.shape), 0, 255).round(3)


def renumbered(labels):
    """Regions in the order of their first pixels."""
    order = {}
    return [order.setdefault(int(label), len(order)) for label in labels.ravel()]


def segmentation_case(height, width, patch, scale, minimum, blur):
    values = picture(height, width, patch)
    labels = felzenszwalb(values / 255, scale=scale, sigma=blur, min_size=minimum)
    return {
        "height": height, "width": width, "scale": scale, "minimumSize": minimum, "blur": blur,
        "planes": [values[..., plane].ravel().tolist() for plane in range(3)],
        "labels": renumbered(labels),
    }


def color_case(color):
    pixel = np.array(color, dtype=np.uint8).reshape(1, 1, 3)
    lab = rgb2lab(pixel).ravel()
    return {
        "rgb": color,
        "hsv": rgb2hsv(pixel).ravel().tolist(),
        "lab": [lab[0] / 100, (lab[1] + 128) / 255, (lab[2] + 128) / 255],
    }


golden = {
    "passport": {
        "script": "Tests/Goldens/selective_search.py", "seed": SEED, "dtype": "float64",
        "scikit-image": skimage.__version__, "scipy": scipy.__version__,
        "numpy": np.__version__,
    },
    "segmentations": [
        segmentation_case(*case)
        for case in [
            (9, 13, 1.5, 20, 1, 0.0), (16, 11, 2.0, 100, 5, 0.0), (24, 24, 3.0, 50, 10, 0.8),
            (20, 31, 2.5, 300, 20, 0.8), (1, 40, 2.0, 60, 3, 0.5), (32, 32, 4.0, 100, 50, 1.3),
        ]
    ],
    "colors": [
        color_case(color)
        for color in [[0, 0, 0], [255, 255, 255], [128, 128, 128]]
        + rng.integers(0, 256, (24, 3)).tolist()
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
