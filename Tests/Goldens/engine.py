"""Writes engine.json: what PyTorch computes, in double, for every operation, layer and optimizer.

Run from anywhere:  OMP_NUM_THREADS=1 python Tests/Goldens/engine.py

Inputs and cotangents are multiples of 1/16 (1/256 before max-pooling), so Float holds them exactly,
and sums of their products too: a convolution or matrix product done directly gives the golden
itself, and any other difference is the engine's own rounding. They keep away from kinks (zero for
relu and abs, equal values in a pooling window), where a gradient is a matter of choice.

Format (keys keep one JSON type everywhere; a tensor is {"shape": [Int], "values": [Double]}):
  operations[] (of Tensors) and layers[] (of Layers), each: operation, name, attributes,
           inputs[] (tensors with a name, in argument order), output, outputGradient (the
           cotangent), gradients[] (tensors with the name of an input), extra {name: tensor}
  optimizers[]: name, attributes, start, gradients[3], after[3] (the parameter after each step)
"""

import json
import pathlib

import torch
import torch.nn.functional as F

SEED = 20240608
SIZE_LIMIT = 1_200_000
random = torch.Generator().manual_seed(SEED)


# Inputs

def grid(shape, low=-2.0, high=2.0):
    """Uniform multiples of 1/16 in [low, high]."""
    low, high = round(low * 16), round(high * 16)
    return torch.randint(low, high + 1, shape, generator=random).double() / 16


def away_from_zero(shape, high=2.0):
    """Either sign, at least 1/16 from zero."""
    sign = torch.randint(0, 2, shape, generator=random).double() * 2 - 1
    return sign * grid(shape, 1 / 16, high)


def distinct(shape):
    """No two entries equal, so that every pooling window has one largest entry."""
    count = 1
    for extent in shape:
        count *= extent
    order = torch.randperm(count, generator=random).double()
    return ((order - count // 2) / 128 + 1 / 256).reshape(shape)


def classes(count, shape):
    return torch.randint(0, count, shape, generator=random)


# Cases

def tensor(value):
    value = value.detach()
    assert value.dtype == torch.float64 and torch.isfinite(value).all()
    return {"shape": list(value.shape),
            "values": [int(x) if x == int(x) else x for x in value.flatten().tolist()]}


cases = []


def case(operation, name, function, inputs, attributes=None, constants=(), extra=None):
    """Records `function(**inputs)` and its gradients for all inputs not in `constants`."""
    leaves = {key: value.clone().requires_grad_(key not in constants)
              for key, value in inputs.items()}
    output = function(**leaves)
    cotangent = grid(tuple(output.shape), -1.5, 1.0)
    if cotangent.ndim == 0:
        cotangent = torch.tensor(-0.8125, dtype=torch.float64)
    names = [key for key in leaves if key not in constants]
    gradients = torch.autograd.grad(output, [leaves[key] for key in names], cotangent)
    cases.append({
        "operation": operation,
        "name": name,
        "attributes": attributes or {},
        "inputs": [{"name": key, **tensor(value)} for key, value in leaves.items()],
        "output": tensor(output),
        "outputGradient": tensor(cotangent),
        "gradients": [{"name": key, **tensor(value)} for key, value in zip(names, gradients)],
        "extra": {key: tensor(value) for key, value in (extra() if extra else {}).items()},
    })


def convolutions():
    def add(name, input_shape, outputs, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1),
            bias=True):
        inputs = {"input": grid(input_shape),
                  "weight": grid((outputs, input_shape[1], *kernel), -0.5, 0.5)}
        if bias:
            inputs["bias"] = grid((outputs,), -1, 1)
        case("convolution", name,
             lambda input, weight, bias=None: F.conv2d(
                 input, weight, bias, stride, padding, dilation),
             inputs, {"stride": list(stride), "padding": list(padding),
                      "dilation": list(dilation)})

    add("3x3 pad 1, 3 to 16", (2, 3, 4, 5), 16, (3, 3), padding=(1, 1))
    add("3x3 pad 1 without bias, 3 to 5", (2, 3, 4, 7), 5, (3, 3), padding=(1, 1), bias=False)
    add("3x3 no padding, 3 to 4", (3, 3, 5, 4), 4, (3, 3))
    add("3x3 pad 1 stride 2, 5 to 7", (2, 5, 4, 7), 7, (3, 3), stride=(2, 2), padding=(1, 1))
    add("3x3 pad 1, 8 to 10", (2, 8, 3, 4), 10, (3, 3), padding=(1, 1))
    add("3x3 pad 1, 16 to 16", (2, 16, 3, 2), 16, (3, 3), padding=(1, 1))
    add("1x1, 16 to 8", (2, 16, 3, 5), 8, (1, 1))
    add("1x1 without bias, 16 to 32", (2, 16, 3, 2), 32, (1, 1), bias=False)
    add("1x1 stride 2, 3 to 8", (2, 3, 5, 4), 8, (1, 1), stride=(2, 2))
    add("5x3 pad 2 by 1, 3 to 6", (2, 3, 6, 4), 6, (5, 3), padding=(2, 1))
    add("5x3 stride 2 by 1, 3 to 4", (2, 3, 7, 5), 4, (5, 3), stride=(2, 1))
    add("3x3 dilation 2 pad 2, 3 to 5", (2, 3, 5, 6), 5, (3, 3), padding=(2, 2), dilation=(2, 2))
    add("3x3 dilation 2 by 1 without bias, 3 to 8", (2, 3, 6, 4), 8, (3, 3), dilation=(2, 1),
        bias=False)
    # From 32 channels on, Winograd's algorithm where the processor has it.
    add("3x3 pad 1, 32 to 32", (1, 32, 6, 5), 32, (3, 3), padding=(1, 1), bias=False)
    add("3x3 pad 1, 64 to 32", (1, 64, 4, 4), 32, (3, 3), padding=(1, 1))
    add("1-pixel output, 3x3 on 3x3, 8 to 5", (2, 8, 3, 3), 5, (3, 3))
    add("1-pixel map, 3x3 pad 1, 8 to 6", (3, 8, 1, 1), 6, (3, 3), padding=(1, 1))
    add("1-pixel map, 1x1, 16 to 3", (3, 16, 1, 1), 3, (1, 1))


def batch_norms(operation=None):
    epsilon, share = 1e-5, 0.1

    def add(name, shape, training, relu=False, wide=False):
        channels = shape[1]
        mean, variance = grid((channels,), -1, 1), grid((channels,), 0.25, 2)
        updated_mean, updated_variance = mean.clone(), variance.clone()
        values = grid(shape)
        if wide:  # a mean far from zero, where a one-pass variance loses its digits
            values = values * 8 + 100 + torch.arange(channels).double().reshape(1, -1, 1, 1) * 16
        scale, shift = away_from_zero((channels,), 1.5), grid((channels,), -1, 1)

        def forward(input, scale, shift):
            normal = F.batch_norm(input, updated_mean, updated_variance, scale, shift, training,
                                  share, epsilon)
            if not relu:
                return normal
            assert normal.detach().abs().min() > 1e-4, "a value near relu's kink; change the seed"
            return F.relu(normal)

        def statistics():
            return {"runningMeanBefore": mean, "runningVarianceBefore": variance,
                    "runningMeanAfter": updated_mean, "runningVarianceAfter": updated_variance}

        usual = "batchNormTraining" if training else "batchNormInference"
        case(operation or usual + ("Relu" if relu else ""), name, forward,
             {"input": values, "scale": scale, "shift": shift},
             {"epsilon": epsilon, "newShare": share}, extra=statistics)

    return add


def batch_norm_operations():
    add = batch_norms()
    add("3 channels", (2, 3, 4, 5), True)
    add("16 channels", (2, 16, 2, 3), True)
    add("10 channels", (3, 10, 1, 2), True)
    add("far from zero, 3 channels", (2, 3, 5, 4), True, wide=True)
    add("8 channels", (2, 8, 2, 3), False)
    add("5 channels", (3, 5, 2, 3), False)
    add("8 channels", (2, 8, 4, 3), True, relu=True)
    add("16 channels", (2, 16, 2, 3), True, relu=True)
    add("5 channels", (3, 5, 3, 4), True, relu=True)
    add("5 channels", (2, 5, 3, 4), False, relu=True)


def batch_norm_layers():
    add = batch_norms("sequentialBatchNormRelu")
    add("16 channels", (2, 16, 3, 2), True, relu=True)
    add("6 channels", (3, 6, 4, 3), True, relu=True)


def views():
    """A map that arrives channels-last and leaves so: the operation reads a permuted view."""
    def add(name, function, inputs, attributes):
        def forward(input, **others):
            result = function(input.permute(0, 3, 1, 2), **others)
            return result.permute(0, 2, 3, 1).contiguous()
        case("channelsLast", name, forward, inputs, attributes)

    add("convolution", lambda input, weight: F.conv2d(input, weight, padding=1),
        {"input": grid((2, 4, 3, 8)), "weight": grid((5, 8, 3, 3), -0.5, 0.5)},
        {"padding": [1, 1]})
    for channels in (3, 16):
        add(f"batchNorm, {channels} channels",
            lambda input, scale, shift: F.batch_norm(input, None, None, scale, shift, True),
            {"input": grid((2, 3, 4, channels)), "scale": grid((channels,), 0.5, 1.5),
             "shift": grid((channels,), -1, 1)}, {"epsilon": 1e-5})
        add(f"maxPool, {channels} channels", lambda input: F.max_pool2d(input, 2),
            {"input": distinct((2, 4, 4, channels))}, {"kernel": [2, 2], "stride": [2, 2]})


def down_sample_block():
    """Twice convolution, batch norm, relu, then pooling: layouts go from one to the next."""
    inputs = {"input": grid((2, 3, 4, 6)),
              "weight 1": grid((8, 3, 3, 3), -0.5, 0.5), "bias 1": grid((8,), -1, 1),
              "scale 1": grid((8,), 0.5, 1.5), "shift 1": grid((8,), -0.5, 0.5),
              "weight 2": grid((8, 8, 3, 3), -0.5, 0.5), "bias 2": grid((8,), -1, 1),
              "scale 2": grid((8,), 0.5, 1.5), "shift 2": grid((8,), -0.5, 0.5)}

    def forward(**values):
        x = values["input"]
        for part in "12":
            x = F.conv2d(x, values[f"weight {part}"], values[f"bias {part}"], padding=1)
            x = F.batch_norm(x, None, None, values[f"scale {part}"], values[f"shift {part}"], True)
            assert x.detach().abs().min() > 1e-4, "a value near relu's kink; change the seed"
            x = F.relu(x)
        return F.max_pool2d(x, 2)

    case("downSampleBlock", "3 to 8", forward, inputs, {"epsilon": 1e-5})


def pooling():
    def maximum(name, shape, kernel, stride, padding=(0, 0)):
        case("maxPool", name, lambda input: F.max_pool2d(input, kernel, stride, padding),
             {"input": distinct(shape)},
             {"kernel": list(kernel), "stride": list(stride), "padding": list(padding)})

    def average(name, shape, kernel, stride, padding=(0, 0)):
        case("averagePool", name, lambda input: F.avg_pool2d(input, kernel, stride, padding),
             {"input": grid(shape)},
             {"kernel": list(kernel), "stride": list(stride), "padding": list(padding)})

    maximum("2x2 stride 2", (2, 3, 4, 6), (2, 2), (2, 2))
    maximum("2x2 stride 2, 16 channels, odd sides", (2, 16, 3, 2), (2, 2), (2, 2))
    maximum("3x3 stride 2 pad 1", (2, 8, 4, 5), (3, 3), (2, 2), (1, 1))
    maximum("3x3 stride 1 pad 1: windows overlap", (2, 3, 4, 5), (3, 3), (1, 1), (1, 1))
    maximum("global", (2, 10, 4, 3), (4, 3), (4, 3))
    maximum("global, 16 channels", (3, 16, 2, 3), (2, 3), (2, 3))
    average("2x2 stride 2", (2, 3, 2, 6), (2, 2), (2, 2))
    average("2x2 stride 2, 8 channels", (2, 8, 4, 2), (2, 2), (2, 2))
    average("3x3 stride 2 pad 1, padding counted", (2, 3, 4, 5), (3, 3), (2, 2), (1, 1))
    average("global", (2, 16, 3, 2), (3, 2), (3, 2))


def arithmetic():
    operations = {"add": torch.add, "subtract": torch.sub, "multiply": torch.mul,
                  "divide": torch.div}
    shapes = [("same shape", (2, 3, 2, 5), (2, 3, 2, 5)),
              ("a channel on the right", (2, 3, 4, 5), (3, 1, 1)),
              ("a scalar tensor on the right", (2, 3, 2), ()),
              ("a scalar tensor on the left", (), (2, 3, 2)),
              ("a row on the right", (3, 5), (5,)),
              ("both stretched", (2, 1, 4), (3, 1))]
    for name, function in operations.items():
        for label, left, right in shapes:
            case(name, label, lambda left, right: function(left, right),
                 {"left": away_from_zero(left), "right": away_from_zero(right)})
        case(name, "a number on the right", lambda input: function(input, 1.75),
             {"input": away_from_zero((2, 5))}, {"number": 1.75, "numberSide": "right"})
        number = torch.tensor(-2.5, dtype=torch.float64)
        case(name, "a number on the left", lambda input: function(number, input),
             {"input": away_from_zero((3, 3))}, {"number": -2.5, "numberSide": "left"})


def elementwise():
    shape = (2, 3, 2, 5)
    case("relu", "4 axes", F.relu, {"input": away_from_zero(shape)})
    case("relu", "16 channels", F.relu, {"input": away_from_zero((2, 16, 2, 3))})
    case("abs", "4 axes", torch.abs, {"input": away_from_zero((2, 3, 7))})
    case("exp", "both signs", torch.exp, {"input": grid((2, 3, 7), -3, 3)})
    case("log", "positive", torch.log, {"input": grid((2, 3, 7), 1 / 16, 5)})
    case("sqrt", "positive", torch.sqrt, {"input": grid((2, 3, 7), 1 / 16, 5)})
    case("power", "2, base of either sign", lambda input: input ** 2,
         {"input": away_from_zero((3, 7))}, {"exponent": 2.0})
    case("power", "3, base of either sign", lambda input: input ** 3,
         {"input": away_from_zero((3, 7))}, {"exponent": 3.0})
    case("power", "0.5", lambda input: input ** 0.5,
         {"input": grid((3, 7), 1 / 16, 5)}, {"exponent": 0.5})
    case("power", "-1.5", lambda input: input ** -1.5,
         {"input": grid((3, 7), 0.25, 3)}, {"exponent": -1.5})
    case("sigmoid", "to both ends", torch.sigmoid, {"input": grid((2, 3, 7), -9, 9)})
    case("tanh", "to both ends", torch.tanh, {"input": grid((2, 3, 7), -4, 4)})


def reductions():
    shape = (2, 3, 2, 5)
    for name, function in (("sum", torch.sum), ("mean", torch.mean)):
        for axes in ([0, 1, 2, 3], [0], [1], [3], [2, 3], [0, 2, 3]):
            for keeps in (False, True):
                label = f"axes {','.join(map(str, axes))}" + (", kept" if keeps else "")
                case(name, label, lambda input: function(input, axes, keepdim=keeps),
                     {"input": grid(shape if axes != [0] else (3, 7))},
                     {"axes": axes, "keepingDimensions": keeps})
        case(name, "16 channels, axes 2,3", lambda input: function(input, [2, 3]),
             {"input": grid((2, 16, 2, 3))}, {"axes": [2, 3], "keepingDimensions": False})


def shapes():
    def reshape(before, after):
        case("reshape", f"{list(before)} to {list(after)}", lambda input: input.reshape(after),
             {"input": grid(before)}, {"shape": list(after)})

    def permute(before, order, name=None):
        case("permute", name or f"{len(before)} axes by {list(order)}",
             lambda input: input.permute(order).contiguous(),
             {"input": grid(before)}, {"order": list(order)})

    def concatenate(axis, parts):
        inputs = {f"input {index}": grid(part) for index, part in enumerate(parts)}
        case("concatenate", f"{len(parts)} parts along axis {axis} of {len(parts[0])}",
             lambda **values: torch.cat(list(values.values()), axis), inputs, {"axis": axis})

    def part(before, bounds):
        case("slice", f"{bounds} of {list(before)}",
             lambda input: input[tuple(slice(low, high) for low, high in bounds)].contiguous(),
             {"input": grid(before)}, {"bounds": [list(pair) for pair in bounds]})

    reshape((2, 3, 2, 5), (2, 30))
    reshape((2, 12), (4, 3, 2))
    reshape((6,), (1, 6, 1))
    permute((2, 3, 2, 5), (0, 2, 3, 1), "NCHW to NHWC")
    permute((2, 2, 5, 3), (0, 3, 1, 2), "NHWC to NCHW")
    permute((2, 8, 3, 2), (0, 2, 3, 1), "NCHW to NHWC, 8 channels")
    permute((2, 3, 4), (0, 2, 1))
    permute((3, 5), (1, 0))
    permute((2, 3, 4, 1), (3, 1, 0, 2))
    concatenate(0, [(2, 3, 4), (1, 3, 4)])
    concatenate(1, [(2, 3, 4), (2, 1, 4), (2, 2, 4)])
    concatenate(2, [(2, 3, 4), (2, 3, 1)])
    concatenate(0, [(1, 3, 2, 4), (2, 3, 2, 4)])
    concatenate(1, [(2, 8, 3, 2), (2, 3, 3, 2)])
    concatenate(2, [(2, 3, 1, 4), (2, 3, 2, 4)])
    concatenate(3, [(2, 3, 2, 4), (2, 3, 2, 1)])
    part((4, 5), [(1, 3), (0, 5)])
    part((4, 5), [(0, 4), (2, 5)])
    part((2, 5, 3, 4), [(0, 2), (1, 4), (0, 2), (3, 4)])


def softmaxes():
    for name, function in (("softmax", F.softmax), ("logSoftmax", F.log_softmax)):
        case(name, "last of 2 axes", lambda input: function(input, -1),
             {"input": grid((4, 5), -3, 3)}, {"axis": 1})
        case(name, "last of 3 axes", lambda input: function(input, -1),
             {"input": grid((2, 5, 2), -3, 3)}, {"axis": 2})
        case(name, "axis 1 of 3", lambda input: function(input, 1),
             {"input": grid((2, 3, 5), -3, 3)}, {"axis": 1})
        case(name, "axis 1 of 4", lambda input: function(input, 1),
             {"input": grid((2, 3, 2, 4), -3, 3)}, {"axis": 1})
        case(name, "logits of ±200", lambda input: function(input, -1),
             {"input": grid((3, 4), -200, 200)}, {"axis": 1})


def labelled(operation, name, function, shape, attributes, spread=3):
    """Classes lie along the last axis; attributes.classes holds the rest of the shape, flat."""
    chosen = classes(shape[-1], (torch.Size(shape[:-1]).numel(),))

    def forward(input):
        loss = function(input.reshape(-1, shape[-1]), chosen)
        return loss.reshape(shape[:-1]) if loss.ndim else loss

    case(operation, name, forward, {"input": grid(shape, -spread, spread)},
         {**attributes, "classes": chosen.tolist()})


def losses():
    for reduction in ("none", "mean"):
        labelled("crossEntropy", f"5 rows of 3, {reduction}",
                 lambda x, c: F.cross_entropy(x, c, reduction=reduction), (5, 3),
                 {"reduction": reduction})
        labelled("crossEntropy", f"2 by 4 rows of 2, {reduction}",
                 lambda x, c: F.cross_entropy(x, c, reduction=reduction), (2, 4, 2),
                 {"reduction": reduction})
    labelled("crossEntropy", "logits of ±200, none",
             lambda x, c: F.cross_entropy(x, c, reduction="none"), (4, 3), {"reduction": "none"},
             spread=200)

    def focal(gamma):
        def loss(x, c):
            log_probability = F.log_softmax(x, -1).gather(1, c[:, None])[:, 0]
            return -(1 - log_probability.exp()) ** gamma * log_probability
        return loss

    for gamma in (2.0, 0.0):
        labelled("softmaxFocalLoss", f"gamma {gamma:g}, 6 rows of 3", focal(gamma), (6, 3),
                 {"gamma": gamma, "reduction": "none"})
        labelled("softmaxFocalLoss", f"gamma {gamma:g}, 2 by 4 rows of 2", focal(gamma), (2, 4, 2),
                 {"gamma": gamma, "reduction": "none"})

    shape = (3, 7)
    target = grid(shape)
    for reduction in ("none", "mean"):
        attributes = {"reduction": reduction}
        case("l1Loss", reduction,
             lambda input, target: F.l1_loss(input, target, reduction=reduction),
             {"input": target + away_from_zero(shape), "target": target}, attributes,
             constants=("target",))
        for beta in (1.0, 0.5):
            difference = away_from_zero(shape)
            difference = torch.where((difference.abs() - beta).abs() < 1 / 32, difference * 1.5,
                                     difference)
            case("smoothL1Loss", f"beta {beta:g}, {reduction}",
                 lambda input, target: F.smooth_l1_loss(input, target, reduction=reduction,
                                                        beta=beta),
                 {"input": target + difference, "target": target}, {**attributes, "beta": beta},
                 constants=("target",))


# Sixteen rows and more of sixteen numbers and more are computed in another way than short ones.

LONG_ROWS = (17, 21)


def row_operations():
    label, input = "17 rows of 21", {"input": grid(LONG_ROWS, -3, 3)}
    case("sum", label, lambda input: torch.sum(input, 1), input,
         {"axes": [1], "keepingDimensions": False})
    case("softmax", label, lambda input: F.softmax(input, 1), input, {"axis": 1})


def row_losses():
    labelled("crossEntropy", "17 rows of 21, none",
             lambda x, c: F.cross_entropy(x, c, reduction="none"), LONG_ROWS,
             {"reduction": "none"})


# Optimizers

def optimizer_steps(name, kind, attributes):
    """Three steps of `kind` on one parameter."""
    argument = {"learningRate": "lr", "weightDecay": "weight_decay", "epsilon": "eps"}
    parameter = grid((3, 5)).requires_grad_(True)
    optimizer = kind([parameter], **{argument.get(k, k): v for k, v in attributes.items()})
    entry = {"name": name, "attributes": attributes, "start": tensor(parameter.clone()),
             "gradients": [], "after": []}
    for _ in range(3):
        parameter.grad = away_from_zero((3, 5), 1)
        entry["gradients"].append(tensor(parameter.grad))
        optimizer.step()
        entry["after"].append(tensor(parameter.clone()))
    return entry


def optimizers():
    return [
        optimizer_steps("sgd", torch.optim.SGD, {"learningRate": 0.2, "weightDecay": 5e-4}),
        optimizer_steps("sgd", torch.optim.SGD, {
            "learningRate": 0.2, "weightDecay": 5e-4, "momentum": 0.9}),
        optimizer_steps("adamW", torch.optim.AdamW, {
            "learningRate": 1e-2, "weightDecay": 0.05, "betas": [0.9, 0.999], "epsilon": 1e-8}),
    ]


def section(*groups):
    """The cases that `groups` record."""
    cases.clear()
    for group in groups:
        group()
    return list(cases)


def write(script, seed, sections):
    """Writes `sections` and their passport beside `script`, as its .json."""
    script = pathlib.Path(script)
    passport = {"script": f"Tests/Goldens/{script.name}", "torch": torch.__version__, "seed": seed,
                "dtype": "float64", "device": "cpu"}

    def line(value):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    text = '{"passport":' + line(passport)
    for name, entries in sections.items():
        text += f',\n"{name}":[\n' + ",\n".join(map(line, entries)) + "\n]"
    text += "}\n"
    json.loads(text)
    assert len(text.encode()) < SIZE_LIMIT, f"{len(text.encode())} bytes"
    path = script.with_suffix(".json")
    temporary = path.with_suffix(".json.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
    counts = ", ".join(f"{len(entries)} {name}" for name, entries in sections.items())
    print(f"{path.name}: {counts}, {len(text.encode())} bytes")


def main():
    torch.set_num_threads(1)
    sections = {
        "operations": section(convolutions, batch_norm_operations, pooling, views, arithmetic,
                              elementwise, reductions, shapes, softmaxes),
        "layers": section(batch_norm_layers, down_sample_block, losses),
        "optimizers": optimizers(),
    }
    sections["operations"] += section(row_operations)
    sections["layers"] += section(row_losses)
    write(__file__, SEED, sections)


if __name__ == "__main__":
    main()
