"""Writes the tiny text model and the tiny CLIP as Infinity reads them: python infinity_models.py FAMILIES FOLDER

FAMILIES has the tests' models of these layouts, for ONNX Runtime. Weights are random again.
"""

import shutil
import sys

import torch
from transformers import BertConfig, BertModel, CLIPConfig, CLIPModel

MODELS = {"text-mean": ("texts", BertConfig, BertModel), "clip": ("clip", CLIPConfig, CLIPModel)}


def main(families: str, folder: str) -> None:
    torch.manual_seed(1)
    # Without modules.json sentence-transformers takes the mean of all tokens, which is this model's way.
    left_out = shutil.ignore_patterns("onnx", "reference.json", "modules.json", "1_Pooling")
    for family, (name, config, model) in MODELS.items():
        shutil.copytree(f"{families}/{family}", f"{folder}/{name}", ignore=left_out)
        model(config.from_pretrained(f"{families}/{family}")).save_pretrained(f"{folder}/{name}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
