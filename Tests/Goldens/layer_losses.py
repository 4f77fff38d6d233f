"""Writes layer_losses.json: losses with weights, ignored rows and options, as PyTorch and
torchvision have them, in double.

Run from anywhere:  OMP_NUM_THREADS=1 python Tests/Goldens/layer_losses.py

Format and inputs as engine.py says.
"""

import torch
import torch.nn.functional as F
from torchvision.ops import sigmoid_focal_loss

import engine
from engine import away_from_zero, case, classes, grid

SEED = 20251128


def cross_entropies():
    def add(name, rows, count, weights=None, ignored=None, mean=False):
        chosen = classes(count, (rows,))
        if ignored is not None:
            chosen[1::3] = ignored
        options = {"reduction": "mean" if mean else "none"}
        attributes = {**options, "classes": chosen.tolist()}
        if weights:
            options["weight"] = torch.tensor(weights, dtype=torch.float64)
            attributes["classWeights"] = weights
        if ignored is not None:
            options["ignore_index"] = ignored
            attributes["ignored"] = ignored
        case("weightedCrossEntropy", name, lambda input: F.cross_entropy(input, chosen, **options),
             {"input": grid((rows, count), -3, 3)}, attributes)

    for mean in (False, True):
        kind = ", mean" if mean else ""
        add("plain, 19 rows of 3" + kind, 19, 3, mean=mean)
        add("weights, 5 rows of 4" + kind, 5, 4, [0.5, 1.25, 2.0, 0.125], mean=mean)
        add("one class ignored, 7 rows of 3" + kind, 7, 3, ignored=2, mean=mean)
        add("-1 ignored, with weights, 18 rows of 21" + kind, 18, 21,
            [0.25 + 0.125 * c for c in range(21)], ignored=-1, mean=mean)


def binary():
    shape = (3, 7)
    soft = grid(shape, 0, 1)
    hard = classes(2, shape).double()
    for name, target in (("hard targets", hard), ("soft targets", soft)):
        case("binaryCrossEntropy", name,
             lambda input, target: F.binary_cross_entropy_with_logits(
                 input, target, reduction="none"),
             {"input": grid(shape, -3, 3), "target": target})
    case("binaryCrossEntropy", "logits of ±60",
         lambda input, target: F.binary_cross_entropy_with_logits(input, target, reduction="none"),
         {"input": away_from_zero(shape, 60), "target": hard}, constants=("target",))
    for name, weights in (("a weight an element", grid(shape, 0, 2)),
                          ("a weight a column", grid((7,), 0, 2))):
        case("binaryCrossEntropy", name,
             lambda input, target, weight: F.binary_cross_entropy_with_logits(
                 input, target, weight.expand(shape), reduction="none"),
             {"input": grid(shape, -3, 3), "target": soft, "weight": weights},
             constants=("target", "weight"))
    for alpha, gamma in [(0.25, 2.0), (0.75, 1.0), (-1.0, 2.0), (0.25, 0.0), (0.25, 1.5)]:
        for name, target in (("hard", hard), ("soft", soft)):
            case("sigmoidFocalLoss", f"alpha {alpha:g}, gamma {gamma:g}, {name} targets",
                 lambda input, target: sigmoid_focal_loss(input, target, alpha, gamma),
                 {"input": grid(shape, -4, 4), "target": target},
                 {"alpha": alpha, "gamma": gamma}, constants=("target",))


def numbers():
    shape = (3, 7)
    for beta in (1.0, 1 / 8, 3.0):
        target, difference = grid(shape), away_from_zero(shape)
        near = (difference.abs() - beta).abs() < 1 / 32  # away from the kink in the slope
        difference = torch.where(near, difference * 1.5, difference)
        case("smoothL1Loss", f"beta {beta:g}, gradients for both",
             lambda input, target: F.smooth_l1_loss(input, target, reduction="none", beta=beta),
             {"input": target + difference, "target": target}, {"beta": beta})
    target = grid(shape)
    case("l1Loss", "gradients for both",
         lambda input, target: F.l1_loss(input, target, reduction="none"),
         {"input": target + away_from_zero(shape), "target": target})
    case("l2Loss", "gradients for both",
         lambda input, target: F.mse_loss(input, target, reduction="none"),
         {"input": grid(shape), "target": target})


if __name__ == "__main__":
    torch.set_num_threads(1)
    engine.random.manual_seed(SEED)
    engine.write(__file__, SEED, {"layers": engine.section(cross_entropies, binary, numbers)})
