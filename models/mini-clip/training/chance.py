"""Random numbers for pictures, on the pictures' device."""

from collections.abc import Callable

import torch

Device = torch.device | str


def jitter(n: int, amount: float, device: Device) -> torch.Tensor:
    """n random numbers from -amount to amount."""
    return (torch.rand(n, device=device) * 2 - 1) * amount


def chance(n: int, share: float, device: Device) -> torch.Tensor:
    """n times true or false; true in the given share."""
    return torch.rand(n, device=device) < share


def random_signs(n: int, device: Device) -> torch.Tensor:
    """n times -1 or 1."""
    return torch.where(chance(n, 0.5, device), -1.0, 1.0)


def per_picture(values: torch.Tensor) -> torch.Tensor:
    """[n] as [n, 1, 1, 1]."""
    return values[:, None, None, None]


def on_some(pictures: torch.Tensor, share: float, change: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    """Changes a share of the pictures; how many does not depend on chance, so that no device has to be waited for."""
    some = round(share * len(pictures))
    if some == 0:
        return pictures
    rows = torch.randperm(len(pictures), device=pictures.device)[:some]
    return pictures.index_copy(0, rows, change(pictures[rows]))
