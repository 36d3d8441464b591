"""Writes towers as ONNX files, and JSON."""

import json
from typing import Any

import torch
from torch import nn

from int8_weights import to_int8_weights


def write_json(path: str, value: Any, **how: Any) -> None:
    """Writes a JSON file in UTF-8."""
    with open(path, "w") as file:
        json.dump(value, file, ensure_ascii=False, **how)


def export(module: nn.Module, example: torch.Tensor, path: str, source: str, result: str, axes: list[str]) -> None:
    """One tower as an ONNX file; `axes` names the input's free axes, the first of which is the output's too."""
    dynamic_axes = {source: dict(enumerate(axes)), result: {0: axes[0]}}
    torch.onnx.export(
        module,
        (example,),
        path,
        input_names=[source],
        output_names=[result],
        dynamic_axes=dynamic_axes,
        opset_version=17,
        dynamo=False,
    )
    to_int8_weights(path)
