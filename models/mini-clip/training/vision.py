"""The picture tower: a small residual net with attention pooling."""

import torch
import torch.nn.functional as F
from torch import nn

MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073])[None, :, None, None]
STD = torch.tensor([0.26862954, 0.26130258, 0.27577711])[None, :, None, None]
# The share of pooled features that training hides.
DROPPED = 0.1


def convolution(inputs: int, outputs: int, stride: int = 1, kernel: int = 3) -> nn.Sequential:
    """A convolution with batch normalisation."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs))


class Block(nn.Module):
    """Two convolutions and a way around them."""

    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.first = convolution(inputs, outputs, stride)
        self.second = convolution(outputs, outputs)
        changes = stride > 1 or inputs != outputs
        self.shortcut = convolution(inputs, outputs, stride, 1) if changes else nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Features to features, smaller by the stride."""
        return F.relu(self.second(F.relu(self.first(x))) + self.shortcut(x))


class Vision(nn.Module):
    """Pictures [n, 3, 96, 96], normalised as CLIP does -> embeddings [n, 384], not normalised."""

    def __init__(
        self,
        widths: tuple[int, ...] = (32, 72, 144, 288),
        depths: tuple[int, ...] = (1, 1, 2, 2),
        dimension: int = 384,
    ):
        super().__init__()
        layers: list[nn.Module] = [convolution(3, widths[0], 2, 5), nn.ReLU()]
        width = widths[0]
        for outputs, depth, stride in zip(widths, depths, (1, 2, 2, 2)):
            for number in range(depth):
                layers.append(Block(width, outputs, stride if number == 0 else 1))
                width = outputs
        self.body = nn.Sequential(*layers)
        self.attention = nn.Conv2d(width, 4, 1)
        self.head = nn.Sequential(nn.Linear(width * 5, 768), nn.GELU(), nn.Linear(768, dimension))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The mean over the picture beside four attention-weighted means, projected."""
        features = self.body(x)
        flat = features.flatten(2)
        weights = self.attention(features).flatten(2).softmax(-1)
        pooled = torch.einsum("bkn,bcn->bkc", weights, flat).flatten(1)
        return self.head(F.dropout(torch.cat([flat.mean(-1), pooled], 1), DROPPED, self.training))


def normalised(pictures: torch.Tensor) -> torch.Tensor:
    """Pictures in 0..1 as the tower takes them."""
    mean, std = MEAN.to(pictures.device), STD.to(pictures.device)
    return ((pictures - mean) / std).contiguous(memory_format=torch.channels_last)
