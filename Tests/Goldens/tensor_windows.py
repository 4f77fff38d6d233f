"""Writes tensor_windows.json: windows over maps and matrix products, as PyTorch does, in double.

Run from anywhere:  OMP_NUM_THREADS=1 python Tests/Goldens/tensor_windows.py

Format and inputs as engine.py says.
"""

import torch
import torch.nn.functional as F

import engine
from engine import away_from_zero, case, distinct, grid

SEED = 20251126


def transposed_convolutions():
    def add(name, shape, outputs, kernel, stride=(1, 1), padding=(0, 0), output_padding=(0, 0),
            dilation=(1, 1), groups=1, bias=True):
        inputs = {"input": grid(shape),
                  "weight": grid((shape[1], outputs // groups, *kernel), -0.5, 0.5)}
        if bias:
            inputs["bias"] = grid((outputs,), -1, 1)
        case("transposedConvolution", name,
             lambda input, weight, bias=None: F.conv_transpose2d(
                 input, weight, bias, stride, padding, output_padding, groups, dilation),
             inputs, {"stride": list(stride), "padding": list(padding), "groups": groups,
                      "outputPadding": list(output_padding), "dilation": list(dilation)})

    add("2x2 stride 2, 3 to 5", (2, 3, 4, 3), 5, (2, 2), (2, 2))
    add("2x2 stride 2 without bias, 16 to 16", (2, 16, 2, 3), 16, (2, 2), (2, 2), bias=False)
    add("2x2 stride 2, 32 to 8", (1, 32, 3, 2), 8, (2, 2), (2, 2))
    add("3x3 pad 1, 4 to 6", (2, 4, 3, 5), 6, (3, 3), padding=(1, 1))
    add("3x3 stride 2 pad 1 output pad 1", (2, 3, 3, 4), 4, (3, 3), (2, 2), (1, 1), (1, 1))
    add("4x2 stride 2 by 1 pad 1 by 0", (2, 3, 3, 4), 2, (4, 2), (2, 1), (1, 0))
    add("3x3 dilation 2, 3 to 2", (2, 3, 3, 2), 2, (3, 3), dilation=(2, 2))
    add("3x3 stride 2 in 2 groups, 4 to 6", (2, 4, 3, 2), 6, (3, 3), (2, 2), groups=2)
    add("1-pixel map, 2x2 stride 2", (3, 8, 1, 1), 4, (2, 2), (2, 2))


def grouped_convolutions():
    def add(name, shape, outputs, kernel, groups, stride=(1, 1), padding=(0, 0), dilation=(1, 1),
            bias=True):
        inputs = {"input": grid(shape),
                  "weight": grid((outputs, shape[1] // groups, *kernel), -0.5, 0.5)}
        if bias:
            inputs["bias"] = grid((outputs,), -1, 1)
        case("convolution", name,
             lambda input, weight, bias=None: F.conv2d(
                 input, weight, bias, stride, padding, dilation, groups),
             inputs, {"stride": list(stride), "padding": list(padding), "groups": groups,
                      "dilation": list(dilation)})

    add("3x3 pad 1 in 2 groups, 6 to 4", (2, 6, 4, 3), 4, (3, 3), 2, padding=(1, 1))
    add("3x3 pad 1 in 4 groups, 8 to 8", (2, 8, 3, 5), 8, (3, 3), 4, padding=(1, 1), bias=False)
    add("each channel alone, 16", (2, 16, 4, 3), 16, (3, 3), 16, padding=(1, 1))
    add("each channel alone stride 2, 5", (2, 5, 4, 6), 5, (3, 3), 5, (2, 2), (1, 1))
    add("each channel alone to two, 3 to 6", (2, 3, 4, 3), 6, (2, 3), 3)
    add("1x1 in 2 groups, 32 to 32", (2, 32, 2, 3), 32, (1, 1), 2)
    add("3x3 dilation 2 in 3 groups, 6 to 9", (2, 6, 5, 6), 9, (3, 3), 3, dilation=(2, 2))


def pools():
    for shape, rows, columns in [((2, 3, 5, 7), 2, 3), ((2, 16, 6, 4), 3, 2), ((2, 3, 2, 3), 3, 4),
                                 ((2, 2, 4, 5), 1, 1), ((1, 3, 7, 6), 4, 6)]:
        name = f"{list(shape)} to {rows} by {columns}"
        attributes = {"rows": rows, "columns": columns}
        case("adaptiveAveragePool", name,
             lambda input: F.adaptive_avg_pool2d(input, (rows, columns)),
             {"input": grid(shape)}, attributes)
        case("adaptiveMaxPool", name,
             lambda input: F.adaptive_max_pool2d(input, (rows, columns)),
             {"input": distinct(shape)}, attributes)
    for shape, kernel, stride, padding in [((2, 3, 4, 5), (3, 3), (2, 2), (1, 1)),
                                           ((2, 16, 3, 4), (2, 3), (1, 1), (1, 1))]:
        case("averagePoolWithoutPadding", f"{list(kernel)} of {list(shape)}",
             lambda input: F.avg_pool2d(input, kernel, stride, padding, count_include_pad=False),
             {"input": grid(shape)},
             {"kernel": list(kernel), "stride": list(stride), "padding": list(padding)})


def group_norms():
    for shape, groups in [((2, 6, 3, 4), 2), ((3, 4, 2, 3), 4), ((2, 5, 3, 2), 1),
                          ((2, 16, 2, 5), 4)]:
        case("groupNorm", f"{groups} groups of {list(shape)}",
             lambda input, scale, shift: F.group_norm(input, groups, scale, shift, 1e-5),
             {"input": grid(shape), "scale": away_from_zero((shape[1],), 1.5),
              "shift": grid((shape[1],), -1, 1)}, {"groups": groups, "epsilon": 1e-5})


def products():
    def add(left, right):
        case("matmul", f"{list(left)} by {list(right)}", lambda left, right: left @ right,
             {"left": grid(left), "right": grid(right, -0.5, 0.5)})

    add((3, 4), (4, 5))
    add((1, 7), (7, 1))
    add((17, 33), (33, 20))
    add((2, 3, 4), (2, 4, 5))
    add((2, 3, 2, 5), (2, 3, 5, 4))
    add((2, 3, 4), (4, 5))

    for shape, outputs, bias in [((3, 4), 5, True), ((2, 3, 7), 2, True), ((5, 16), 33, False),
                                 ((6,), 4, True), ((1, 40), 3, True)]:
        inputs = {"input": grid(shape), "weight": grid((outputs, shape[-1]), -0.5, 0.5)}
        if bias:
            inputs["bias"] = grid((outputs,), -1, 1)
        case("linear", f"{list(shape)} to {outputs}" + ("" if bias else " without bias"),
             lambda input, weight, bias=None: F.linear(input, weight, bias), inputs)


if __name__ == "__main__":
    torch.set_num_threads(1)
    engine.random.manual_seed(SEED)
    engine.write(__file__, SEED, {"operations": engine.section(
        transposed_convolutions, grouped_convolutions, pools, group_norms, products)})
