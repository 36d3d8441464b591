"""Writes a model of a family's true size with random weights: python make_family.py FAMILY FOLDER FIXTURES MINI_CLIP

FAMILY is clip (OpenAI's ViT-B/16: 86 and 63 million weights), siglip (base, patch 16, 224 px: 93 and 110 million), siglip2 (the same
with Gemma's vocabulary: 93 and 282 million) or text (all-MiniLM-L6-v2: 23 million). Layout, tensor shapes and amount of arithmetic
are the family's. Tokenizers are the small ones of the tests' models in FIXTURES, which cut texts into more pieces; the text model's is mini-clip's.
"""

import json
import os
import shutil
import sys

import numpy
from onnx import TensorProto, helper

from graph import Graph

SIDE, PATCH, LAYERS = 224, 16, 12
ROWS = (SIDE // PATCH) ** 2


def integers(name: str) -> object:
    return helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "tokens"])


def pixels() -> object:
    return helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["n", 3, SIDE, SIDE])


def index(g: Graph, value: int) -> str:
    return g.constant(numpy.array(value, dtype=numpy.int64))


def clip_vision(path: str) -> None:
    g = Graph(1)
    x = g.patches(SIDE, PATCH)
    first = g.op("Mul", g.op("ReduceMean", x, axes=[1], keepdims=1), g.weight(1, 1, g.width))
    x = g.norm(g.op("Add", g.op("Concat", first, x, axis=1), g.weight(1, ROWS + 1, g.width)))
    for _ in range(LAYERS):
        x = g.block(x, 3072, activation="quick_gelu")
    x = g.op("Gather", g.norm(x), index(g, 0), axis=1)
    g.save(path, [pixels()], g.linear(x, g.width, 512), "image_embeds", ["n", 512])


def clip_text(path: str, end: int) -> None:
    """A token sees those before it; what stands at the first `end` counts."""
    g = Graph(2, 512, 8)
    places = 77
    count = g.op("Gather", g.op("Shape", "input_ids"), g.constant(numpy.array([1], dtype=numpy.int64)))
    zero, both = g.constant(numpy.array([0, 0], dtype=numpy.int64)), g.constant(numpy.array([0, 1], dtype=numpy.int64))
    before = g.constant(numpy.triu(numpy.full((places, places), -1e4, dtype=numpy.float32), 1))
    bias = g.op("Slice", before, zero, g.op("Concat", count, count, axis=0), both)
    one = g.constant(numpy.array([0], dtype=numpy.int64))
    at = g.op("Slice", g.weight(places, g.width), one, count, one)
    x = g.op("Add", g.op("Gather", g.weight(49408, g.width), "input_ids"), at)
    for _ in range(LAYERS):
        x = g.block(x, 2048, bias, "quick_gelu")
    ends = g.op("Cast", g.op("Equal", "input_ids", index(g, end)), to=TensorProto.FLOAT)
    first = g.op("ArgMax", ends, axis=1, keepdims=0)
    chosen = g.op("OneHot", first, count, g.constant(numpy.array([0, 1], dtype=numpy.float32)))
    columns = g.op("Unsqueeze", chosen, g.constant(numpy.array([2], dtype=numpy.int64)))
    middle = g.constant(numpy.array([1], dtype=numpy.int64))
    x = g.op("ReduceSum", g.op("Mul", g.norm(x), columns), middle, keepdims=0)
    g.save(path, [integers("input_ids")], g.linear(x, g.width, 512), "text_embeds", ["n", 512])


def siglip_vision(path: str) -> None:
    """Its vector is what one query sees of all patches."""
    g = Graph(3)
    x = g.op("Add", g.patches(SIDE, PATCH), g.weight(1, ROWS, g.width))
    for _ in range(LAYERS):
        x = g.block(x, 3072, activation="tanh_gelu")
    x = g.norm(x)
    keys, values = g.heads(x, [0, 2, 3, 1]), g.heads(x, [0, 2, 1, 3])
    query = g.weight(1, g.head_count, 1, g.width // g.head_count)
    mixed = g.op("MatMul", g.op("Softmax", g.op("MatMul", query, keys), axis=-1), values)
    x = g.linear(g.shape(g.op("Transpose", mixed, perm=[0, 2, 1, 3]), 0, g.width), g.width, g.width)
    x = g.op("Add", x, g.plain(g.norm(x), 3072, "tanh_gelu"))
    g.save(path, [pixels()], x, "pooler_output", ["n", g.width])


def siglip_text(path: str, vocabulary: int) -> None:
    """Sees all of its 64 places; the last one counts."""
    g = Graph(4)
    x = g.op("Add", g.op("Gather", g.weight(vocabulary, g.width), "input_ids"), g.weight(1, 64, g.width))
    for _ in range(LAYERS):
        x = g.block(x, 3072, activation="tanh_gelu")
    x = g.op("Gather", g.norm(x), index(g, 63), axis=1)
    g.save(path, [integers("input_ids")], g.linear(x, g.width, g.width), "pooler_output", ["n", g.width])


def mini_lm(path: str) -> None:
    g = Graph(5, 384, 12)
    mask = g.op("Cast", "attention_mask", to=TensorProto.FLOAT)
    far = g.op("Mul", g.op("Sub", mask, g.number(1)), g.number(1e4))
    bias = g.op("Unsqueeze", far, g.constant(numpy.array([1, 2], dtype=numpy.int64)))
    x = g.op("Gather", g.weight(30522, g.width), "input_ids")
    for _ in range(6):
        x = g.block(x, 1536, bias, "gelu")
    inputs = [integers("input_ids"), integers("attention_mask")]
    g.save(path, inputs, g.norm(x), "last_hidden_state", ["n", "tokens", g.width])


def patch(folder: str, name: str, change: dict) -> dict:
    """Changes some of a JSON file; inner objects as well. Gives the whole."""
    path = os.path.join(folder, name)
    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    for key, value in change.items():
        content[key] = content[key] | value if isinstance(value, dict) and isinstance(content.get(key), dict) else value
    with open(path, "w", encoding="utf-8") as file:
        json.dump(content, file)
    return content


def main(family: str, folder: str, fixtures: str, mini_clip: str) -> None:
    fixture = os.path.join(fixtures, "text-mean" if family == "text" else family)
    shutil.copytree(fixture, folder, ignore=shutil.ignore_patterns("onnx", "reference.json"))
    onnx = os.path.join(folder, "onnx")
    os.makedirs(onnx)
    if family == "text":
        patch(folder, "config.json", {"hidden_size": 384, "max_position_embeddings": 512})
        patch(folder, "sentence_bert_config.json", {"max_seq_length": 256})
        for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
            shutil.copy(os.path.join(mini_clip, name), folder)
        return mini_lm(f"{onnx}/model.onnx")
    width = 512 if family == "clip" else 768
    towers = {"text_config": {"hidden_size": width, "projection_size": width}, "vision_config": {"image_size": SIDE}}
    config = patch(folder, "config.json", {"projection_dim": width} | towers)
    square = {"height": SIDE, "width": SIDE}
    cut = {"size": {"shortest_edge": SIDE}, "crop_size": square} if family == "clip" else {"size": square}
    patch(folder, "preprocessor_config.json", cut)
    if family == "clip":
        clip_text(f"{onnx}/text_model.onnx", config["text_config"]["eos_token_id"])
        return clip_vision(f"{onnx}/vision_model.onnx")
    siglip_text(f"{onnx}/text_model.onnx", 32000 if family == "siglip" else 256000)
    siglip_vision(f"{onnx}/vision_model.onnx")


if __name__ == "__main__":
    main(*sys.argv[1:5])
