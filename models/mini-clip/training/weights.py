"""The picture tower's weights as a file: matrices as float16, without pickles."""

import os

import numpy as np
import torch

from vision import Vision


def write_weights(net: Vision, path: str) -> None:
    """Writes the weights in one go: an old file stays whole until the new one is."""
    weights = net.state_dict().items()
    small = {name: (values.half() if values.ndim > 1 else values).cpu().numpy() for name, values in weights}
    np.savez(path + ".part.npz", **small)
    os.replace(path + ".part.npz", path)


def read_weights(path: str) -> dict[str, torch.Tensor]:
    """The weights as float32."""
    weights = {name: torch.from_numpy(values) for name, values in np.load(path).items()}
    return {name: values.float() if values.ndim > 1 else values for name, values in weights.items()}
