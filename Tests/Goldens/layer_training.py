"""Writes layer_training.json: optimizers, schedules, clipping and averages, as PyTorch has them, in
double.

Run from anywhere:  OMP_NUM_THREADS=1 python Tests/Goldens/layer_training.py

Tensors and inputs as engine.py says. Format:
  optimizers[]  as in engine.json
  schedules[]   name, attributes, factors (the share of the peak rate at each step)
  clippings[]   limit, gradients[], norm, after[]
  averages[]    keep, weights[] (the first is where the average starts), after[]
"""

import torch
from torch.optim import lr_scheduler
from torch.optim.swa_utils import get_ema_multi_avg_fn

import engine
from engine import away_from_zero, grid, optimizer_steps, tensor

SEED = 20251129


def optimizers():
    return [
        optimizer_steps("sgd", torch.optim.SGD, {
            "learningRate": 0.1, "weightDecay": 5e-4, "momentum": 0.9, "nesterov": True}),
        optimizer_steps("sgd", torch.optim.SGD, {
            "learningRate": 0.5, "weightDecay": 0.0, "momentum": 0.5}),
        optimizer_steps("adamW", torch.optim.AdamW, {
            "learningRate": 0.05, "weightDecay": 0.0, "betas": [0.8, 0.95], "epsilon": 1e-4}),
    ]


def schedule(name, attributes, count, make):
    """The shares of a peak rate of 1 at `count` steps."""
    optimizer = torch.optim.SGD([torch.zeros(1, dtype=torch.float64, requires_grad=True)], lr=1.0)
    scheduler = make(optimizer)
    factors = []
    for _ in range(count):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step() if len(factors) < count else None
    return {"name": name, "attributes": attributes, "factors": factors}


def schedules():
    count = 21

    def milestones(optimizer):
        return lr_scheduler.MultiStepLR(optimizer, [10, 16], 0.1)

    def cosine(optimizer):
        return lr_scheduler.CosineAnnealingLR(optimizer, count - 1, eta_min=0.05)

    def warm_steps(optimizer):
        warm = lr_scheduler.LinearLR(optimizer, 0.2, 1.0, total_iters=5)
        return lr_scheduler.ChainedScheduler([warm, milestones(optimizer)])

    # PyTorch's rise ends at step share · count − 1.
    share = 0.3
    rise = (share * count - 1) / (count - 1)
    return [
        schedule("step", {"milestones": [0.5, 0.8], "factor": 0.1}, count, milestones),
        schedule("cosine", {"floor": 0.05}, count, cosine),
        schedule("warmedUpStep", {"milestones": [0.5, 0.8], "factor": 0.1, "warmUp": 0.25,
                                  "start": 0.2}, count, warm_steps),
        schedule("oneCycle", {"rise": rise, "start": 1 / 25, "end": 1 / 250_000}, count,
                 lambda optimizer: lr_scheduler.OneCycleLR(
                     optimizer, 1.0, total_steps=count, pct_start=share, cycle_momentum=False)),
    ]


def clippings():
    entries = []
    for limit in (1.5, 100.0):
        parameters = [torch.zeros(shape, dtype=torch.float64, requires_grad=True)
                      for shape in ((3, 4), (5,), (2, 1, 3))]
        for parameter in parameters:
            parameter.grad = away_from_zero(parameter.shape)
        before = [tensor(parameter.grad.clone()) for parameter in parameters]
        # PyTorch divides by the norm and a millionth.
        norm = torch.nn.utils.get_total_norm([parameter.grad for parameter in parameters])
        torch.nn.utils.clip_grads_with_norm_(parameters, limit + 1e-6 * limit / norm.item(), norm)
        entries.append({"limit": limit, "norm": norm.item(), "gradients": before,
                        "after": [tensor(parameter.grad) for parameter in parameters]})
    return entries


def averages():
    entries = []
    for keep in (0.75, 0.9):
        weights = [grid((3, 5)) for _ in range(4)]
        average = [weights[0].clone()]
        after = []
        for weight in weights[1:]:
            get_ema_multi_avg_fn(keep)(average, [weight], None)
            after.append(tensor(average[0].clone()))
        entries.append({"keep": keep, "weights": [tensor(weight) for weight in weights],
                        "after": after})
    return entries


if __name__ == "__main__":
    torch.set_num_threads(1)
    engine.random.manual_seed(SEED)
    engine.write(__file__, SEED, {
        "optimizers": optimizers(), "schedules": schedules(), "clippings": clippings(),
        "averages": averages()})
