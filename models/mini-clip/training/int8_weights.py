"""Weight-only quantisation of an ONNX file: weights as int8, arithmetic as float32."""

import numpy as np
import onnx
from onnx import helper, numpy_helper

SMALLEST_SIZE = 4096


def to_int8_weights(path: str) -> None:
    """Stores the large weights of a file as int8 per channel, with a node each that multiplies them out on load."""
    model = onnx.load(path)
    graph = model.graph
    first_use: dict[str, onnx.NodeProto] = {}
    for node in graph.node:
        for name in node.input:
            first_use.setdefault(name, node)
    stored, unpack = [], []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < SMALLEST_SIZE or values.ndim < 2:
            stored.append(weight)
            continue
        axis = channel_axis(first_use[weight.name], values.ndim)
        stored += pack(weight.name, values, axis)
        names = [weight.name + suffix for suffix in ("_int8", "_scale", "_zero")]
        unpack.append(helper.make_node("DequantizeLinear", names, [weight.name], axis=axis))
    replace(graph, stored, unpack)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def channel_axis(use: onnx.NodeProto, dimensions: int) -> int:
    """The axis of a weight whose entries belong to one channel each."""
    transposed = any(attribute.name == "transB" and attribute.i for attribute in use.attribute)
    return {"Gather": 0, "Conv": 0, "MatMul": 1}.get(use.op_type, 0 if transposed else dimensions - 1)


def pack(name: str, values: np.ndarray, axis: int) -> list[onnx.TensorProto]:
    """The weight as int8, its scale per channel, and zeros."""
    others = tuple(other for other in range(values.ndim) if other != axis)
    scale = np.maximum(np.abs(values).max(axis=others), 1e-8) / 127
    shape = [1] * values.ndim
    shape[axis] = -1
    packed = np.clip(np.round(values / scale.reshape(shape)), -127, 127).astype(np.int8)
    return [
        numpy_helper.from_array(packed, name + "_int8"),
        numpy_helper.from_array(scale.astype(np.float32), name + "_scale"),
        numpy_helper.from_array(np.zeros(len(scale), np.int8), name + "_zero"),
    ]


def replace(graph: onnx.GraphProto, stored: list[onnx.TensorProto], unpack: list[onnx.NodeProto]) -> None:
    """Puts the stored weights and the nodes that unpack them into the graph."""
    nodes = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(stored)
    graph.node.extend(unpack + nodes)
