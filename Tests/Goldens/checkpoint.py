"""Writes checkpoint.safetensors with Python's safetensors, and checkpoint.json: what the tensors of
that file are, and what Python reads from checkpoint_swift.safetensors, which Swift wrote.

Run from anywhere:  python Tests/Goldens/checkpoint.py

The tensors are the parameters and constants of a 1×1 convolution of 2 to 3 channels with the
normalisation behind it. checkpoint_swift.safetensors is what CheckpointGoldenTests writes; where the
two differ, the test says where it put the new one.

Format: python, swift {name: {"shape": [Int], "values": [Double]}}; metadata {name: String}.
"""

import json
import pathlib

import safetensors
import torch
from safetensors.torch import load_file, save_file

SEED = 20251201
FOLDER = pathlib.Path(__file__).parent


def described(tensors):
    return {name: {"shape": list(tensor.shape), "values": tensor.double().flatten().tolist()}
            for name, tensor in sorted(tensors.items())}


def main():
    random = torch.Generator().manual_seed(SEED)
    shapes = {"layers.0.weight": (3, 2, 1, 1), "layers.0.bias": (3,), "layers.1.scale": (3,),
              "layers.1.shift": (3,), "layers.1.runningMean": (3,), "layers.1.runningVariance": (3,)}
    tensors = {name: torch.randn(shape, generator=random) for name, shape in shapes.items()}
    path = FOLDER / "checkpoint.safetensors"
    save_file(tensors, path, metadata={"format": "pt", "note": "three “words” \\ here"})
    swift = FOLDER / "checkpoint_swift.safetensors"
    with safetensors.safe_open(swift, "pt") as file:
        metadata = file.metadata()
    golden = {
        "passport": {"script": "Tests/Goldens/checkpoint.py", "torch": torch.__version__,
                     "safetensors": safetensors.__version__, "seed": SEED, "dtype": "float32",
                     "device": "cpu"},
        "python": described(tensors), "swift": described(load_file(swift)), "metadata": metadata}
    (FOLDER / "checkpoint.json").write_text(
        json.dumps(golden, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
