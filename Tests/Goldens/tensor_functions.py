"""Writes tensor_functions.json: functions of elements and of rows, as PyTorch does, in double.

Run from anywhere:  OMP_NUM_THREADS=1 python Tests/Goldens/tensor_functions.py

Format and inputs as engine.py says.
"""

import torch
import torch.nn.functional as F

import engine
from engine import away_from_zero, case, distinct, grid

SEED = 20251127


def elementwise():
    for slope in (0.125, 0.1):
        case("leakyReLU", f"slope {slope:g}", lambda input: F.leaky_relu(input, slope),
             {"input": away_from_zero((2, 16, 3, 5))}, {"slope": slope})
    for low, high in [(-1.03125, 0.53125), (0.28125, 1.40625)]:  # between the inputs' sixteenths
        case("clamped", f"to {low:g} … {high:g}", lambda input: input.clamp(low, high),
             {"input": grid((3, 5, 4))}, {"low": low, "high": high})
    case("softplus", "small", F.softplus, {"input": grid((3, 7, 5), -4, 4)})
    # PyTorch takes x for log(1 + eˣ) above its threshold.
    case("softplus", "to both ends", lambda input: torch.log1p(torch.exp(input)),
         {"input": grid((4, 9), -40, 40)})


def extremes():
    for name, function in (("max", torch.amax), ("min", torch.amin)):
        for axes in ([0, 1, 2, 3], [0], [1], [3], [2, 3], [0, 2]):
            for keeps in (False, True):
                label = f"axes {','.join(map(str, axes))}" + (", kept" if keeps else "")
                case(name, label, lambda input: function(input, axes, keepdim=keeps),
                     {"input": distinct((2, 3, 2, 5))}, {"axes": axes, "keepingDimensions": keeps})
        case(name, "20 rows of 33", lambda input: function(input, [1]),
             {"input": distinct((20, 33))}, {"axes": [1], "keepingDimensions": False})


def variances():
    for axes in ([0, 1, 2, 3], [1], [0, 2, 3], [3]):
        for unbiased in (False, True):
            case("variance", f"axes {','.join(map(str, axes))}, {'un' if unbiased else ''}biased",
                 lambda input: input.var(axes, correction=int(unbiased)),
                 {"input": grid((3, 4, 2, 5))}, {"axes": axes, "unbiased": unbiased})


def softmaxes():
    for name, function in (("softmax", F.softmax), ("logSoftmax", F.log_softmax)):
        case(name, "37 rows of 2", lambda input: function(input, -1),
             {"input": grid((37, 2), -3, 3)}, {"axis": 1})
        case(name, "3 rows of 81", lambda input: function(input, -1),
             {"input": grid((3, 81), -8, 8)}, {"axis": 1})
        case(name, "2 rows of 1", lambda input: function(input, -1),
             {"input": grid((2, 1), -8, 8)}, {"axis": 1})


if __name__ == "__main__":
    torch.set_num_threads(1)
    engine.random.manual_seed(SEED)
    engine.write(__file__, SEED, {"operations": engine.section(
        elementwise, extremes, variances, softmaxes)})
