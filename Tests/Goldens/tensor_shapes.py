"""Writes tensor_shapes.json: operations that move elements, as PyTorch does, in double.

Run from anywhere:  OMP_NUM_THREADS=1 python Tests/Goldens/tensor_shapes.py

Format and inputs as engine.py says.
"""

import torch
import torch.nn.functional as F

import engine
from engine import case, classes, grid

SEED = 20251125


def selected():
    def add(shape, axis, indices):
        case("selected", f"{indices} of axis {axis} of {list(shape)}",
             lambda input: input.index_select(axis, torch.tensor(indices, dtype=torch.long)),
             {"input": grid(shape)}, {"axis": axis, "indices": indices})

    add((5, 3), 0, [4, 0, 0, 2])
    add((2, 4, 3), 1, [3, 3, 1])
    add((2, 3, 5), 2, [1, 4, 1, 1, 0, 2])
    add((3, 2, 2, 2), 0, [2])
    add((3, 4), 0, [])


def gathered():
    def add(shape, axis, places):
        wanted = list(shape)
        wanted[axis] = places
        indices = classes(shape[axis], wanted)
        case("gathered", f"{places} along axis {axis} of {list(shape)}",
             lambda input: input.gather(axis, indices), {"input": grid(shape)},
             {"axis": axis, "indices": indices.flatten().tolist()})

    add((3, 5), 1, 1)
    add((3, 5), 1, 7)
    add((4, 3), 0, 2)
    add((2, 4, 3), 1, 5)
    add((2, 3, 2, 4), 3, 2)


def stacked():
    def add(shape, axis, count):
        inputs = {f"input {index}": grid(shape) for index in range(count)}
        case("stacked", f"{count} of {list(shape)} at axis {axis}",
             lambda **values: torch.stack(list(values.values()), axis), inputs, {"axis": axis})

    add((3, 2), 0, 2)
    add((3, 2), 1, 3)
    add((3, 2), 2, 2)
    add((), 0, 3)


def padded():
    def add(shape, before, after, value):
        pairs = [number for pair in reversed(list(zip(before, after))) for number in pair]
        case("padded", f"{list(shape)} by {before} and {after} with {value:g}",
             lambda input: F.pad(input, pairs, value=value), {"input": grid(shape)},
             {"before": before, "after": after, "number": value})

    add((3, 4), [1, 0], [0, 2], 0.0)
    add((2, 3, 2, 5), [0, 0, 1, 2], [0, 0, 3, 1], -1.5)
    add((2, 3, 2), [1, 1, 1], [2, 1, 0], 0.5)


def flipped():
    for shape, axes in [((3, 5), [0]), ((3, 5), [1]), ((2, 3, 4, 5), [3]), ((2, 3, 4, 5), [1, 2])]:
        case("flipped", f"axes {axes} of {list(shape)}",
             lambda input: input.flip(axes).contiguous(), {"input": grid(shape)}, {"axes": axes})


def resized():
    def add(shape, rows, columns, mode):
        options = {"align_corners": False} if mode == "bilinear" else {}
        case("resized", f"{mode}, {list(shape)} to {rows} by {columns}",
             lambda input: F.interpolate(input, (rows, columns), mode=mode, **options),
             {"input": grid(shape)}, {"rows": rows, "columns": columns, "interpolation": mode})

    for mode in ("bilinear", "nearest"):
        add((1, 1, 2, 2), 4, 4, mode)
        add((2, 3, 3, 4), 6, 8, mode)
        add((2, 3, 5, 3), 7, 8, mode)
        add((2, 16, 3, 4), 6, 5, mode)
        add((2, 3, 7, 6), 3, 4, mode)
        add((2, 2, 1, 1), 3, 2, mode)
        add((2, 2, 4, 3), 1, 1, mode)


if __name__ == "__main__":
    torch.set_num_threads(1)
    engine.random.manual_seed(SEED)
    engine.write(__file__, SEED, {"operations": engine.section(
        selected, gathered, stacked, padded, flipped, resized)})
