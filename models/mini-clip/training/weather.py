"""What happens to whole pictures: grounds before, and light, noise and damage after."""

import math

import torch
import torch.nn.functional as F

from chance import chance, jitter, on_some, per_picture
from colours import RGB
from places import SIDE
from strokes import ramps

BLOCK = 8


def grounds(n: int, colours: torch.Tensor) -> torch.Tensor:
    """Grounds: white, grey or coloured, some with a ramp or with clouds; of the given colour where it is >= 0."""
    device = colours.device
    kind, base = torch.rand(n, 1, device=device), torch.rand(n, 3, device=device)
    grey = torch.rand(n, 1, device=device).expand(n, 3)
    base = torch.where(kind < 0.3, torch.ones_like(base), base)
    base = torch.where((kind > 0.3) & (kind < 0.5), 0.9 + 0.1 * grey, base)
    base = torch.where((kind > 0.5) & (kind < 0.6), grey, base)
    named = (RGB.to(device)[colours.clamp(min=0)] + torch.randn(n, 3, device=device) * 0.04).clamp(0, 1)
    base = torch.where((colours >= 0)[:, None], named, base)
    slope = chance(n, 0.35, device).float() * jitter(n, 0.15, device)
    ramped = base[:, :, None, None] + ramps(n, SIDE, SIDE, device) * per_picture(slope)
    clouds = F.interpolate(torch.randn(n, 3, 12, 12, device=device), size=(SIDE, SIDE), mode="bilinear")
    return (ramped + clouds * per_picture(chance(n, 0.2, device).float() * 0.12)).clamp(0, 1)


def weather(pictures: torch.Tensor) -> torch.Tensor:
    """Contrast, brightness, noise, and for some a blur, fewer pixels, a JPEG's blocks, or a hidden part."""
    n, device = len(pictures), pictures.device
    pictures = (pictures - 0.5) * per_picture(1 + jitter(n, 0.15, device)) + 0.5 + per_picture(jitter(n, 0.06, device))
    pictures = on_some(pictures, 0.12, lambda some: F.avg_pool2d(some, 3, 1, 1, count_include_pad=False))
    for coarse in (32, 48, 64):
        pictures = on_some(pictures, 0.06, lambda some, coarse=coarse: coarser(some, coarse))
    pictures = on_some(pictures, 0.10, squeeze)
    pictures = on_some(pictures, 0.12, hide)
    noise = per_picture(0.03 * torch.rand(n, device=device) * chance(n, 0.7, device))
    return pictures + torch.randn_like(pictures) * noise


def coarser(pictures: torch.Tensor, side: int) -> torch.Tensor:
    """Fewer pixels."""
    small = F.interpolate(pictures, size=(side, side), mode="area")
    return F.interpolate(small, size=(SIDE, SIDE), mode="bilinear")


def cosines(device: torch.device) -> torch.Tensor:
    """The matrix of the discrete cosine transform [8, 8]."""
    places = torch.arange(BLOCK, device=device)
    matrix = torch.cos(math.pi / BLOCK * (places[None, :] + 0.5) * places[:, None]) * math.sqrt(2 / BLOCK)
    matrix[0] /= math.sqrt(2)
    return matrix


def squeeze(pictures: torch.Tensor) -> torch.Tensor:
    """Coarse frequencies in blocks, as a JPEG of low quality has."""
    n, device = len(pictures), pictures.device
    matrix = cosines(device)
    blocks = pictures.reshape(n, 3, SIDE // BLOCK, BLOCK, SIDE // BLOCK, BLOCK)
    waves = torch.einsum("ui,vj,ncaibj->ncaubv", matrix, matrix, blocks)
    order = torch.arange(BLOCK, device=device)
    step = (0.02 + 0.12 * torch.rand(n, device=device))[:, None, None] * (1 + 0.6 * (order[:, None] + order[None, :]))
    step = step[:, None, None, :, None, :]
    waves = (waves / step).round() * step
    return torch.einsum("ui,vj,ncaubv->ncaibj", matrix, matrix, waves).reshape(n, 3, SIDE, SIDE)


def hide(pictures: torch.Tensor) -> torch.Tensor:
    """A rectangle of one colour over a part."""
    n, device = len(pictures), pictures.device
    line = torch.linspace(-1, 1, SIDE, device=device)

    def between() -> torch.Tensor:
        half, middle = 0.12 + 0.25 * torch.rand(n, 1, device=device), jitter(n, 1, device)[:, None]
        return (line[None] - middle).abs() < half

    covered = (between()[:, :, None] & between()[:, None, :])[:, None]
    return torch.where(covered, torch.rand(n, 3, 1, 1, device=device), pictures)
