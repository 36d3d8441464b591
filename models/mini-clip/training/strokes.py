"""New drawing styles out of those there are: contours, flat fills, line drawings, ramps."""

import torch
import torch.nn.functional as F

from chance import jitter, on_some, per_picture
from colours import inks

# Widths of contours in sprite pixels, and the share of sprites that gets each.
CONTOURS = {3: 0.2, 5: 0.2, 7: 0.08}


def restyle(layer: torch.Tensor, free: torch.Tensor) -> torch.Tensor:
    """Sprites RGBA [n, 4, h, w] in other styles; those that are not `free` keep their colours."""
    layer = on_some(layer, 0.15, flatten)
    layer = on_some(layer, 0.15, shade)
    # One order for all widths: no sprite gets two contours.
    order = torch.randperm(len(layer), device=layer.device)
    start = 0
    for width, share in CONTOURS.items():
        rows = order[start : start + round(share * len(layer))]
        start += len(rows)
        if len(rows):
            layer = layer.index_copy(0, rows, with_contours(layer[rows], free[rows], width))
    return layer


def flatten(layer: torch.Tensor) -> torch.Tensor:
    """Few tones, without small detail."""
    n, rgb, alpha = len(layer), layer[:, :3], layer[:, 3:]
    weight = F.avg_pool2d(alpha, 5, 1, 2).clamp(min=1e-3)
    smooth = F.avg_pool2d(rgb * alpha, 5, 1, 2) / weight
    tones = per_picture(torch.randint(2, 6, (n,), device=layer.device).float())
    return torch.cat([((smooth * tones).round() / tones).clamp(0, 1), alpha], 1)


def shade(layer: torch.Tensor) -> torch.Tensor:
    """A ramp of light over the drawing."""
    n, height, width = len(layer), *layer.shape[2:]
    amount = jitter(n, 0.35, layer.device)
    light = per_picture(amount) * ramps(n, height, width, layer.device)
    return torch.cat([(layer[:, :3] + light).clamp(0, 1), layer[:, 3:]], 1)


def ramps(n: int, height: int, width: int, device: torch.device) -> torch.Tensor:
    """Slopes in random directions [n, 1, height, width]."""
    angle = torch.rand(n, device=device) * 6.28
    across = torch.cos(angle)[:, None, None] * torch.linspace(-1, 1, width, device=device)[None, None, :]
    down = torch.sin(angle)[:, None, None] * torch.linspace(-1, 1, height, device=device)[None, :, None]
    return (across + down)[:, None]


def grow(x: torch.Tensor, width: int) -> torch.Tensor:
    """Each pixel as bright as the brightest around it."""
    return F.max_pool2d(x, width, 1, width // 2)


def shrink(x: torch.Tensor, width: int) -> torch.Tensor:
    """Each pixel as dark as the darkest around it."""
    return -grow(-x, width)


def with_contours(layer: torch.Tensor, free: torch.Tensor, width: int) -> torch.Tensor:
    """Lines along the outer edge, along colour edges, or both; where free, now and then with another fill or none."""
    n, device = len(layer), layer.device
    rgb, alpha = layer[:, :3], layer[:, 3:]
    line = lines(rgb, alpha, width)
    kind = torch.rand(n, device=device)
    bare, pale = free & (kind < 0.10), free & (kind > 0.10) & (kind < 0.22)
    one = free & (kind > 0.22) & (kind < 0.30)
    fill = torch.where(per_picture(pale), torch.full_like(rgb, 0.97), rgb)
    fill = torch.where(per_picture(one), torch.rand(n, 3, 1, 1, device=device), fill)
    body = torch.where(per_picture(bare), torch.zeros_like(alpha), alpha)
    return torch.cat([fill + (inks(n, device) - fill) * line, torch.maximum(body, line)], 1)


def lines(rgb: torch.Tensor, alpha: torch.Tensor, width: int) -> torch.Tensor:
    """Where the lines are [n, 1, h, w], 0..1."""
    n, device = len(rgb), rgb.device
    outer = (grow(alpha, width) - shrink(alpha, width)).clamp(0, 1)
    on_white = rgb * alpha + 1 - alpha
    step = (grow(on_white, 3) - shrink(on_white, 3)).amax(1, keepdim=True)
    least = per_picture(0.12 + 0.3 * torch.rand(n, device=device))
    edges = ((step - least) * 6).clamp(0, 1)
    if width > 5:
        edges = grow(edges, 3)
    kind = torch.rand(n, device=device)
    outer = outer * per_picture((kind < 0.8).float())
    edges = edges * per_picture((kind > 0.3).float())
    return torch.maximum(outer, edges)
