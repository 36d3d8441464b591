"""Writes a model of JinaCLIP v1's true size with random weights: python make_model.py FOLDER MINI_CLIP_FOLDER

It has v1's layout, tensor shapes and amount of arithmetic (a ViT-B/16 with SwiGLU at 224 px, 86 million weights; a 12-layer
BERT with GLU and mean pooling, 137 million; 768 dimensions), and knows nothing: for measuring what surrounds a model.
"""

import json
import os
import shutil
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

WIDTH, HEADS, LAYERS = 768, 12, 12
SIDE, PATCH = 224, 16
VOCABULARY = 30528
VISION_HIDDEN, TEXT_HIDDEN = 2048, 3072


class Graph:
    """Collects nodes and random weights under names of their own."""

    def __init__(self, seed: int) -> None:
        self.random = numpy.random.default_rng(seed)
        self.nodes: list = []
        self.weights: list = []
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"t{self.count}"

    def constant(self, array: numpy.ndarray) -> str:
        name = self.name()
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def weight(self, *shape: int) -> str:
        return self.constant(self.random.standard_normal(shape, dtype=numpy.float32) * numpy.float32(0.02))

    def op(self, kind: str, *inputs: str, **attributes: object) -> str:
        name = self.name()
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def shape(self, x: str, *sides: int) -> str:
        return self.op("Reshape", x, self.constant(numpy.array(sides, dtype=numpy.int64)))

    def linear(self, x: str, width_in: int, width_out: int) -> str:
        return self.op("Add", self.op("MatMul", x, self.weight(width_in, width_out)), self.weight(width_out))

    def norm(self, x: str) -> str:
        ones, zeros = numpy.ones(WIDTH, numpy.float32), numpy.zeros(WIDTH, numpy.float32)
        return self.op("LayerNormalization", x, self.constant(ones), self.constant(zeros), axis=-1)

    def heads(self, x: str, permutation: list[int]) -> str:
        split = self.shape(self.linear(x, WIDTH, WIDTH), 0, 0, HEADS, WIDTH // HEADS)
        return self.op("Transpose", split, perm=permutation)

    def attention(self, x: str, bias: str | None) -> str:
        query, key, value = self.heads(x, [0, 2, 1, 3]), self.heads(x, [0, 2, 3, 1]), self.heads(x, [0, 2, 1, 3])
        scale = self.constant(numpy.array((WIDTH // HEADS) ** -0.5, dtype=numpy.float32))
        scores = self.op("Mul", self.op("MatMul", query, key), scale)
        weights = self.op("Softmax", scores if bias is None else self.op("Add", scores, bias), axis=-1)
        mixed = self.op("Transpose", self.op("MatMul", weights, value), perm=[0, 2, 1, 3])
        return self.linear(self.shape(mixed, 0, 0, WIDTH), WIDTH, WIDTH)

    def gated(self, x: str, hidden: int) -> str:
        gate = self.linear(x, WIDTH, hidden)
        gate = self.op("Mul", gate, self.op("Sigmoid", gate))
        return self.linear(self.op("Mul", gate, self.linear(x, WIDTH, hidden)), hidden, WIDTH)

    def block(self, x: str, hidden: int, bias: str | None = None) -> str:
        x = self.op("Add", x, self.attention(self.norm(x), bias))
        return self.op("Add", x, self.gated(self.norm(x), hidden))

    def save(self, path: str, source: object, result: str, output: str) -> None:
        self.nodes.append(helper.make_node("Identity", [result], [output]))
        value = helper.make_tensor_value_info(output, TensorProto.FLOAT, ["n", WIDTH])
        graph = helper.make_graph(self.nodes, "tower", [source], [value], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        onnx.save(model, path)


def vision(path: str) -> None:
    g = Graph(1)
    patches = g.op("Conv", "pixel_values", g.weight(WIDTH, 3, PATCH, PATCH), kernel_shape=[PATCH] * 2, strides=[PATCH] * 2)
    rows = (SIDE // PATCH) ** 2
    x = g.op("Transpose", g.shape(patches, 0, WIDTH, rows), perm=[0, 2, 1])
    first = g.op("Mul", g.op("ReduceMean", x, axes=[1], keepdims=1), g.weight(1, 1, WIDTH))
    x = g.op("Add", g.op("Concat", first, x, axis=1), g.weight(1, rows + 1, WIDTH))
    for _ in range(LAYERS):
        x = g.block(x, VISION_HIDDEN)
    x = g.op("Gather", g.norm(x), g.constant(numpy.array(0, dtype=numpy.int64)), axis=1)
    source = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["n", 3, SIDE, SIDE])
    g.save(path, source, g.linear(x, WIDTH, WIDTH), "image_embeds")


def text(path: str) -> None:
    g = Graph(2)
    x = g.op("Gather", g.weight(VOCABULARY, WIDTH), "input_ids")
    zero = g.constant(numpy.array(0, dtype=numpy.int64))
    mask = g.op("Cast", g.op("Not", g.op("Equal", "input_ids", zero)), to=TensorProto.FLOAT)
    one = g.constant(numpy.array(1, dtype=numpy.float32))
    far = g.constant(numpy.array(1e4, dtype=numpy.float32))
    axes = g.constant(numpy.array([1, 2], dtype=numpy.int64))
    bias = g.op("Unsqueeze", g.op("Mul", g.op("Sub", mask, one), far), axes)
    for _ in range(LAYERS):
        x = g.block(x, TEXT_HIDDEN, bias)
    last = g.constant(numpy.array([2], dtype=numpy.int64))
    columns = g.op("Unsqueeze", mask, last)
    middle = g.constant(numpy.array([1], dtype=numpy.int64))
    total = g.op("ReduceSum", g.op("Mul", x, columns), middle, keepdims=0)
    x = g.op("Div", total, g.op("ReduceSum", columns, middle, keepdims=0))
    source = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "tokens"])
    g.save(path, source, x, "text_embeds")


def main(folder: str, mini_clip: str) -> None:
    os.makedirs(os.path.join(folder, "onnx"), exist_ok=True)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(os.path.join(mini_clip, name), folder)
    towers = {"text_config": {"embed_dim": WIDTH, "max_position_embeddings": 512, "pad_token_id": 0}}
    towers["vision_config"] = {"embed_dim": WIDTH, "image_size": SIDE}
    config = {"model_type": "jina_clip", "architectures": ["JinaCLIPModel"], "projection_dim": WIDTH, **towers}
    with open(os.path.join(mini_clip, "preprocessor_config.json"), encoding="utf-8") as file:
        preprocessing = {**json.load(file), "size": SIDE}
    zeros = [0.0] * WIDTH
    pairs = ("text-text", "text-image", "image-text", "image-image")
    calibration = {"samples": 0, "mean": {"text": zeros, "image": zeros}, "spread": {pair: 1.0 for pair in pairs}}
    written = {"config": config, "preprocessor_config": preprocessing, "calibration": calibration}
    for name, content in written.items():
        with open(os.path.join(folder, f"{name}.json"), "w", encoding="utf-8") as file:
            json.dump(content, file)
    vision(os.path.join(folder, "onnx", "vision_model.onnx"))
    text(os.path.join(folder, "onnx", "text_model.onnx"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
