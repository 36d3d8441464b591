"""Pictures for captions, composed from sprites: colours, grounds, pairs of things, turns, sizes."""

import math
import random

import numpy as np
import torch
import torch.nn.functional as F

SIDE = 96
SPRITE_SIDE = 112
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
LUMA = torch.tensor([0.299, 0.587, 0.114])[None, :, None, None]

# (thing, its colour, second thing, its colour, ground), with -1 for what there is not
Spec = tuple[int, int, int, int, int]


def jitter(n: int, amount: float) -> torch.Tensor:
    """n random numbers from -amount to amount."""
    return (torch.rand(n) * 2 - 1) * amount


def per_picture(values: torch.Tensor) -> torch.Tensor:
    """[n] as [n, 1, 1, 1]."""
    return values[:, None, None, None]


def random_signs(n: int) -> torch.Tensor:
    """n times -1 or 1."""
    return torch.where(torch.rand(n) < 0.5, -1.0, 1.0)


def tint(rgb: torch.Tensor, colours: torch.Tensor) -> torch.Tensor:
    """Redraws those with a colour (>= 0) in shades of it."""
    chosen = colours >= 0
    if not chosen.any():
        return rgb
    original, colour = rgb[chosen], colours[chosen]
    shaded = shades(original, colour)
    keep = per_picture(0.75 + 0.25 * torch.rand(len(colour)))
    out = rgb.clone()
    out[chosen] = (keep * shaded + (1 - keep) * original).clamp(0, 1)
    return out


def shades(original: torch.Tensor, colour: torch.Tensor) -> torch.Tensor:
    """Pictures in shades of a colour each, by their brightness."""
    n = len(colour)
    luma = (original * LUMA).sum(1, keepdim=True)
    pure = (RGB[colour] + torch.randn(n, 3) * 0.035).clamp(0, 1)[:, :, None, None]
    darkest = per_picture(0.30 + 0.35 * torch.rand(n))
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


def place(
    sprite: torch.Tensor,
    scale: torch.Tensor,
    x: torch.Tensor,
    y: torch.Tensor,
    rotation: torch.Tensor,
    flip: torch.Tensor,
) -> torch.Tensor:
    """Sprites on transparent pictures: scaled, turned, mirrored, moved."""
    n = len(sprite)
    cosine, sine = torch.cos(rotation) / scale, torch.sin(rotation) / scale
    transform = torch.zeros(n, 2, 3)
    transform[:, 0, 0], transform[:, 0, 1] = cosine * flip, -sine
    transform[:, 1, 0], transform[:, 1, 1] = sine * flip, cosine
    transform[:, 0, 2] = -(x * transform[:, 0, 0] + y * transform[:, 0, 1])
    transform[:, 1, 2] = -(x * transform[:, 1, 0] + y * transform[:, 1, 1])
    grid = F.affine_grid(transform, (n, 4, SIDE, SIDE), align_corners=False)
    return F.grid_sample(sprite, grid, align_corners=False)


def grounds(n: int, colours: torch.Tensor) -> torch.Tensor:
    """Grounds: white, grey or coloured, some with a ramp or with clouds; of the given colour where it is >= 0."""
    kind, base = torch.rand(n), torch.rand(n, 3)
    base = torch.where((kind < 0.4)[:, None], 0.9 + 0.1 * torch.rand(n, 1).expand(n, 3), base)
    base = torch.where(((kind > 0.4) & (kind < 0.55))[:, None], torch.rand(n, 1).expand(n, 3), base)
    named = colours >= 0
    base[named] = (RGB[colours[named]] + torch.randn(int(named.sum()), 3) * 0.04).clamp(0, 1)
    ramped = base[:, :, None, None] + ramps(n) * per_picture((torch.rand(n) < 0.4).float() * jitter(n, 0.15))
    clouds = F.interpolate(torch.randn(n, 3, 12, 12), size=(SIDE, SIDE), mode="bilinear")
    return (ramped + clouds * per_picture((torch.rand(n) < 0.25).float() * 0.12)).clamp(0, 1)


def ramps(n: int) -> torch.Tensor:
    """Slopes in random directions [n, 1, SIDE, SIDE]."""
    line, angle = torch.linspace(-1, 1, SIDE), torch.rand(n) * 6.28
    across = torch.cos(angle)[:, None, None] * line[None, None, :]
    down = torch.sin(angle)[:, None, None] * line[None, :, None]
    return (across + down)[:, None]


class Painter:
    """Paints what captions say. Plain pictures show the held-out style, centred on white, and need no chance."""

    def __init__(self, sprites: np.ndarray, concepts: list[dict]):
        self.sprites = sprites
        self.concepts = concepts

    def paint(self, specs: list[Spec], plain: bool = False) -> torch.Tensor:
        """Pictures [n, 3, 96, 96] in 0..1."""
        n = len(specs)
        paired = torch.tensor([spec[2] >= 0 for spec in specs])
        ground = torch.tensor([spec[4] for spec in specs])
        pictures = torch.ones(n, 3, SIDE, SIDE) if plain else grounds(n, ground)
        scale, x, y = layout(paired, plain)
        ids = [self.sprite(spec[0], plain) for spec in specs]
        pictures = self.put(pictures, ids, torch.tensor([spec[1] for spec in specs]), scale, x, y, plain)
        pictures = self.put_second(pictures, specs, paired, x, plain)
        return (pictures if plain else weather(pictures)).clamp(0, 1)

    def sprite(self, concept: int, plain: bool) -> int:
        """The number of a sprite that shows the thing."""
        thing = self.concepts[concept]
        return thing["held"] if plain else random.choice(thing["sprites"])

    def put_second(
        self, pictures: torch.Tensor, specs: list[Spec], paired: torch.Tensor, x: torch.Tensor, plain: bool
    ) -> torch.Tensor:
        """The second thing of those that have two, on the other side."""
        rows = paired.nonzero().flatten()
        n = len(rows)
        if n == 0:
            return pictures
        ids = [self.sprite(specs[row][2], plain) for row in rows]
        colours = torch.tensor([specs[row][3] for row in rows])
        second = self.put(pictures[rows], ids, colours, half_size(n, plain), -x[rows], jitter(n, 0.3), plain)
        pictures = pictures.clone()
        pictures[rows] = second
        return pictures

    def put(
        self,
        pictures: torch.Tensor,
        ids: list[int],
        colours: torch.Tensor,
        scale: torch.Tensor,
        x: torch.Tensor,
        y: torch.Tensor,
        plain: bool,
    ) -> torch.Tensor:
        """One sprite onto each picture, in its colour."""
        n = len(ids)
        sprites = torch.from_numpy(self.sprites[ids]).permute(0, 3, 1, 2).float().div_(255)
        rgb, alpha = sprites[:, :3], sprites[:, 3:]
        rotation, flip = torch.zeros(n), torch.ones(n)
        if not plain:
            rgb = turn_hue(rgb, (torch.rand(n) < 0.3).float() * jitter(n, 0.5))
            rotation, flip = jitter(n, 0.25), random_signs(n)
        layer = place(torch.cat([tint(rgb, colours) * alpha, alpha], 1), scale, x, y, rotation, flip)
        return layer[:, :3] + pictures * (1 - layer[:, 3:])


def half_size(n: int, plain: bool) -> torch.Tensor:
    """Scales for things that share a picture."""
    return torch.full((n,), 0.48) if plain else 0.42 + 0.12 * torch.rand(n)


def layout(paired: torch.Tensor, plain: bool) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Scale and place of the first thing: on one side where there are two, else where it fits."""
    n = len(paired)
    half = half_size(n, plain)
    scale = torch.where(paired, half, torch.full((n,), 0.9) if plain else 0.55 + 0.5 * torch.rand(n))
    free = (1 - scale).clamp(min=0.05) * (0 if plain else 0.8)
    side = random_signs(n)
    x = torch.where(paired, side * (-0.48 + jitter(n, 0.06)), jitter(n, 1) * free)
    y = torch.where(paired, jitter(n, 0.3), jitter(n, 1) * free)
    return scale, x, y


def weather(pictures: torch.Tensor) -> torch.Tensor:
    """Contrast, brightness, noise, and now and then fewer pixels."""
    n = len(pictures)
    pictures = (
        (pictures - 0.5) * per_picture(1 + jitter(n, 0.12))
        + 0.5
        + per_picture(jitter(n, 0.05))
        + torch.randn_like(pictures) * per_picture(0.03 * torch.rand(n))
    )
    if random.random() < 0.3:
        coarse = random.choice([32, 48, 64])
        small = F.interpolate(pictures, size=(coarse, coarse), mode="area")
        pictures = F.interpolate(small, size=(SIDE, SIDE), mode="bilinear")
    return pictures


def read_sprites() -> np.ndarray:
    """The sprites that sprites.mjs drew [n, 112, 112, 4]."""
    return np.fromfile("sprites.bin", np.uint8).reshape(-1, SPRITE_SIDE, SPRITE_SIDE, 4)
