"""Colours of sprites: shades of a named colour, and changes that leave no named colour wrong."""

import math

import torch

from chance import chance, jitter, per_picture

RGB = (
    torch.tensor(
        [
            [225, 35, 35],
            [40, 85, 225],
            [45, 165, 60],
            [250, 215, 40],
            [250, 140, 25],
            [140, 50, 190],
            [250, 130, 190],
            [125, 75, 35],
            [30, 30, 32],
            [245, 245, 245],
            [135, 138, 142],
        ]
    ).float()
    / 255
)
BLACK, WHITE = 8, 9


def luma_of(rgb: torch.Tensor) -> torch.Tensor:
    """The brightness [n, 1, h, w]."""
    return 0.299 * rgb[:, :1] + 0.587 * rgb[:, 1:2] + 0.114 * rgb[:, 2:]


def tint(rgb: torch.Tensor, colours: torch.Tensor) -> torch.Tensor:
    """Redraws those with a colour (>= 0) in shades of it."""
    n = len(rgb)
    keep = per_picture(0.75 + 0.25 * torch.rand(n, device=rgb.device))
    tinted = (keep * shades(rgb, colours.clamp(min=0)) + (1 - keep) * rgb).clamp(0, 1)
    return torch.where(per_picture(colours >= 0), tinted, rgb)


def shades(original: torch.Tensor, colour: torch.Tensor) -> torch.Tensor:
    """Pictures in shades of a colour each, by their brightness."""
    n, device = len(colour), original.device
    luma = luma_of(original)
    pure = (RGB.to(device)[colour] + torch.randn(n, 3, device=device) * 0.035).clamp(0, 1)[:, :, None, None]
    darkest = per_picture(0.30 + 0.35 * torch.rand(n, device=device))
    shaded = pure * (darkest + (1.15 - darkest) * luma) + (luma - 0.75).clamp(min=0) * 0.5 * (1 - pure)
    shaded = torch.where(per_picture(colour == BLACK), 0.03 + 0.30 * luma, shaded)
    return torch.where(per_picture(colour == WHITE), 0.72 + 0.28 * luma, shaded)


def turn_hue(rgb: torch.Tensor, angle: torch.Tensor) -> torch.Tensor:
    """Turns each picture's colours around the grey axis."""
    cosine, sine = torch.cos(angle), torch.sin(angle)
    a, b = (1 - cosine) / 3, math.sqrt(1 / 3) * sine
    entries = [cosine + a, a - b, a + b, a + b, cosine + a, a - b, a - b, a + b, cosine + a]
    matrix = torch.stack(entries, 1).view(-1, 3, 3)
    return torch.einsum("bij,bjhw->bihw", matrix, rgb).clamp(0, 1)


def inks(n: int, device: torch.device) -> torch.Tensor:
    """Colours of lines [n, 3, 1, 1]: black, mostly, or dark, now and then any."""
    kind, colour = torch.rand(n, 1, device=device), torch.rand(n, 3, device=device)
    dark = torch.where(kind < 0.6, 0.08 * colour, 0.4 * colour)
    return torch.where(kind < 0.9, dark, colour)[:, :, None, None]


def vary(rgb: torch.Tensor, free: torch.Tensor, mono: torch.Tensor) -> torch.Tensor:
    """Other colours where they are free: hues, greys, one ink; drawings without colours get some ink."""
    n, device = len(rgb), rgb.device
    angle = chance(n, 0.35, device).float() * jitter(n, 0.6, device)
    angle = torch.where(chance(n, 0.08, device), jitter(n, math.pi, device), angle)
    varied = turn_hue(rgb, angle)
    colourful = 1 + chance(n, 0.4, device).float() * jitter(n, 0.6, device)
    colourful = per_picture(torch.where(chance(n, 0.08, device), torch.zeros_like(colourful), colourful))
    luma = luma_of(varied)
    varied = (luma + (varied - luma) * colourful).clamp(0, 1)
    power = per_picture(torch.exp(chance(n, 0.4, device).float() * jitter(n, 0.5, device)))
    varied = varied.clamp(min=1e-4) ** power
    one_ink = chance(n, 0.03, device) | (mono & chance(n, 0.8, device))
    varied = torch.where(per_picture(one_ink), inks(n, device), varied)
    return torch.where(per_picture(free), varied, rgb)
