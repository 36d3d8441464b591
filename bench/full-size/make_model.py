"""Writes a model of JinaCLIP v1's true size with random weights: python make_model.py FOLDER MINI_CLIP_FOLDER

It has v1's layout, tensor shapes and amount of arithmetic (a ViT-B/16 with SwiGLU at 224 px, 86 million weights; a 12-layer
BERT with GLU and mean pooling, 137 million; 768 dimensions), and knows nothing: for measuring what surrounds a model.
"""

import json
import os
import shutil
import sys

import numpy
from onnx import TensorProto, helper

from graph import Graph

WIDTH, LAYERS = 768, 12
SIDE, PATCH = 224, 16
VOCABULARY = 30528
VISION_HIDDEN, TEXT_HIDDEN = 2048, 3072


def vision(path: str) -> None:
    g = Graph(1)
    rows = (SIDE // PATCH) ** 2
    x = g.patches(SIDE, PATCH)
    first = g.op("Mul", g.op("ReduceMean", x, axes=[1], keepdims=1), g.weight(1, 1, WIDTH))
    x = g.op("Add", g.op("Concat", first, x, axis=1), g.weight(1, rows + 1, WIDTH))
    for _ in range(LAYERS):
        x = g.block(x, VISION_HIDDEN)
    x = g.op("Gather", g.norm(x), g.constant(numpy.array(0, dtype=numpy.int64)), axis=1)
    source = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["n", 3, SIDE, SIDE])
    g.save(path, [source], g.linear(x, WIDTH, WIDTH), "image_embeds", ["n", WIDTH])


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
    g.save(path, [source], x, "text_embeds", ["n", WIDTH])


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
