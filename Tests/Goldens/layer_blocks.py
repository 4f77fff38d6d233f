"""Writes layer_blocks.json: layers made of operations, as PyTorch computes them, in double.

Run from anywhere:  OMP_NUM_THREADS=1 python Tests/Goldens/layer_blocks.py

Format and inputs as engine.py says. The inputs behind the first are the block's parameters, in the
order of their declaration.
"""

import torch
import torch.nn.functional as F

import engine
from engine import case, grid

SEED = 20251130


def normalised(x, scale, shift):
    return F.batch_norm(x, None, None, scale, shift, True)


def rectified(x):
    assert x.detach().abs().min() > 1e-4, "a value near relu's kink; change the seed"
    return F.relu(x)


def residual_blocks():
    def add(name, shape, outputs, stride):
        inputs = {"input": grid(shape)}

        def convolution(label, channels, kernel):
            inputs[f"{label} weight"] = grid((outputs, channels, kernel, kernel), -0.5, 0.5)
            inputs[f"{label} scale"] = grid((outputs,), 0.5, 1.5)
            inputs[f"{label} shift"] = grid((outputs,), -0.5, 0.5)

        convolution("first", shape[1], 3)
        convolution("second", outputs, 3)
        if stride != 1 or outputs != shape[1]:
            convolution("shortcut", shape[1], 1)

        def forward(**values):
            def step(x, label, stride, padding):
                x = F.conv2d(x, values[f"{label} weight"], None, stride, padding)
                return normalised(x, values[f"{label} scale"], values[f"{label} shift"])

            x = values["input"]
            body = step(rectified(step(x, "first", stride, 1)), "second", 1, 1)
            around = step(x, "shortcut", stride, 0) if "shortcut weight" in values else x
            return rectified(body + around)

        case("residualBlock", name, forward, inputs, {"stride": [stride, stride]})

    add("4 to 4", (2, 4, 4, 3), 4, 1)
    add("3 to 8, stride 2", (2, 3, 5, 4), 8, 2)


def frozen_norms():
    for channels, relu in ((5, False), (16, True)):
        mean, variance = grid((channels,), -1, 1), grid((channels,), 0.25, 2)
        scale, shift = grid((channels,), 0.5, 1.5), grid((channels,), -1, 1)

        def forward(input, scale, shift):
            result = F.batch_norm(input, mean, variance, scale, shift, False, 0.1, 1e-5)
            return rectified(result) if relu else result

        case("frozenBatchNorm", f"{channels} channels" + (" and relu" if relu else ""), forward,
             {"input": grid((2, channels, 3, 4)), "scale": scale, "shift": shift},
             {"epsilon": 1e-5, "relu": relu}, constants=("scale", "shift"),
             extra=lambda: {"mean": mean, "variance": variance})


if __name__ == "__main__":
    torch.set_num_threads(1)
    engine.random.manual_seed(SEED)
    engine.write(__file__, SEED, {"layers": engine.section(residual_blocks, frozen_norms)})
