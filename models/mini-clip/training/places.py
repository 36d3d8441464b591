"""Where sprites go on a picture, and how they are bent on the way."""

import torch
import torch.nn.functional as F

from chance import chance, jitter, per_picture, random_signs

SIDE = 96


def layout(paired: torch.Tensor, plain: bool) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Scale and place of the first thing: on one side where there are two, else where it fits."""
    n, device = len(paired), paired.device
    half = half_size(n, plain, device)
    alone = torch.full((n,), 0.9, device=device) if plain else 0.55 + 0.5 * torch.rand(n, device=device) ** 0.8
    scale = torch.where(paired, half, alone)
    free = (1 - scale).clamp(min=0.05) * (0 if plain else 0.8)
    side = random_signs(n, device)
    x = torch.where(paired, side * (-0.48 + jitter(n, 0.06, device)), jitter(n, 1, device) * free)
    y = torch.where(paired, jitter(n, 0.3, device), jitter(n, 1, device) * free)
    return scale, x, y


def half_size(n: int, plain: bool, device: torch.device) -> torch.Tensor:
    """Scales for things that share a picture."""
    return torch.full((n,), 0.48, device=device) if plain else 0.42 + 0.12 * torch.rand(n, device=device)


def place(sprite: torch.Tensor, scale: torch.Tensor, x: torch.Tensor, y: torch.Tensor, plain: bool) -> torch.Tensor:
    """Sprites on transparent pictures: scaled and moved; unless `plain`, also turned, mirrored and bent."""
    n, device = len(sprite), sprite.device
    line = (torch.arange(SIDE, device=device) * 2 + 1) / SIDE - 1
    points = torch.stack([line.expand(SIDE, SIDE), line[:, None].expand(SIDE, SIDE)], -1)
    moved = points - torch.stack([x, y], 1)[:, None, None]
    if plain:
        grid = moved / per_picture(scale)
    else:
        bent = bend(moved / per_picture(scale))
        grid = torch.einsum("bhwi,bij->bhwj", bent, turns(n, device))
    return F.grid_sample(sprite, grid, align_corners=False)


def turns(n: int, device: torch.device) -> torch.Tensor:
    """Matrices [n, 2, 2] that turn, mirror, shear and stretch."""
    angle = jitter(n, 0.3, device)
    shear = chance(n, 0.4, device).float() * jitter(n, 0.3, device)
    stretch = torch.exp(chance(n, 0.5, device).float() * jitter(n, 0.22, device))
    flip = random_signs(n, device)
    cosine, sine = torch.cos(angle), torch.sin(angle)
    rows = [cosine * flip * stretch, sine / stretch, (shear * cosine - sine) * flip * stretch, cosine / stretch]
    return torch.stack(rows, 1).view(n, 2, 2)


def bend(grid: torch.Tensor) -> torch.Tensor:
    """Perspective for some, waves for some."""
    n, device = len(grid), grid.device
    tilt = torch.stack([jitter(n, 0.18, device), jitter(n, 0.18, device)], 1) * chance(n, 0.4, device)[:, None]
    depth = 1 + (grid.clamp(-1.5, 1.5) * tilt[:, None, None]).sum(-1, keepdim=True)
    waves = torch.randn(n, 2, 5, 5, device=device) * per_picture(chance(n, 0.4, device).float() * 0.05)
    waves = F.interpolate(waves, size=(SIDE, SIDE), mode="bicubic", align_corners=True)
    return grid / depth + waves.permute(0, 2, 3, 1)
