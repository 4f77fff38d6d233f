"""Goldens for the two networks that look at anchors and at regions: torchvision's, in float64.

Run: python Tests/Goldens/region_networks.py
Numbers are rounded so that Float holds them exactly. torchvision's second network has offsets for
background too, which nothing reads; they are left out.
"""

import json
import pathlib

import torch
import torchvision
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.rpn import RPNHead, concat_box_prediction_layers

SEED = 149
torch.manual_seed(SEED)
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def rounded(shape, scale=1.0):
    return (torch.randn(shape) * scale * 256).round() / 256


def weighted(network):
    for parameter in network.parameters():
        parameter.data = rounded(parameter.shape, 0.2)
    return network


def numbers(tensor):
    return tensor.flatten().tolist()


def tensor(values):
    return {"shape": list(values.shape), "values": numbers(values)}


def proposal_network():
    channels, per_cell = 6, 3
    network = weighted(RPNHead(channels, per_cell))
    maps = rounded((2, channels, 3, 4))
    logits, offsets = network([maps])
    logits, offsets = concat_box_prediction_layers(logits, offsets)
    return {
        "input": tensor(maps),
        "weights": [numbers(parameter) for parameter in network.parameters()],
        "logits": tensor(logits.reshape(2, -1)),
        "offsets": tensor(offsets.reshape(2, -1, 4)),
    }


def region_head():
    channels, cells, hidden, classes = 4, 2, 10, 3
    layers = weighted(TwoMLPHead(channels * cells * cells, hidden))
    predictor = weighted(FastRCNNPredictor(hidden, classes + 1))
    regions = rounded((5, channels, cells, cells))
    logits, offsets = predictor(layers(regions))
    box_weight, box_bias = predictor.bbox_pred.weight[4:], predictor.bbox_pred.bias[4:]
    return {
        "input": tensor(regions),
        "weights": [numbers(parameter) for parameter in layers.parameters()]
        + [numbers(parameter) for parameter in predictor.cls_score.parameters()]
        + [numbers(box_weight), numbers(box_bias)],
        "logits": tensor(logits),
        "offsets": tensor(offsets[:, 4:].reshape(len(regions), classes, 4)),
    }


golden = {
    "passport": {
        "script": "Tests/Goldens/region_networks.py",
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "seed": SEED,
        "dtype": "float64",
    },
    "proposalNetwork": proposal_network(),
    "regionHead": region_head(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
