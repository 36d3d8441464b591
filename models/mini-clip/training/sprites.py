"""The sprites that sprites.mjs drew."""

import io

import numpy as np
import torch

from captions import read_json

SIDE = 112


def decode(webp: bytes) -> np.ndarray:
    """The pixels of a WebP, RGBA."""
    try:
        from PIL import Image

        return np.asarray(Image.open(io.BytesIO(webp)).convert("RGBA"))
    except (ImportError, OSError):
        import cv2

        pixels = cv2.imdecode(np.frombuffer(webp, np.uint8), cv2.IMREAD_UNCHANGED)
        conversion = cv2.COLOR_BGRA2RGBA if pixels.shape[2] == 4 else cv2.COLOR_BGR2RGBA
        return cv2.cvtColor(pixels, conversion)


def read_sprites(folder: str = ".") -> tuple[torch.Tensor, torch.Tensor]:
    """All sprites [n, 112, 112, 4] as bytes, and which of them have no colours."""
    index = read_json(f"{folder}/sprites.json.gz")
    sprites = np.zeros((len(index), SIDE, SIDE, 4), np.uint8)
    with open(f"{folder}/sprites.pack", "rb") as file:
        for number, sprite in enumerate(index):
            sprites[number] = decode(file.read(sprite["bytes"]))
    return torch.from_numpy(sprites), torch.tensor([sprite["mono"] for sprite in index])
