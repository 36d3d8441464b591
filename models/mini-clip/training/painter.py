"""Pictures for captions, composed from sprites: colours, grounds, pairs of things, turns, sizes, styles."""

import torch

from captions import has_own_colour
from chance import jitter
from colours import tint, vary
from places import SIDE, half_size, layout, place
from strokes import restyle
from weather import grounds, weather

# The share of things that are drawn half in one style, half in another.
BLENDED = 0.1


class Painter:
    """Paints what captions say. Plain pictures show the held-out style, centred on white, and need no chance; unless
    `restyled`, drawings keep their style and their colours."""

    def __init__(
        self,
        sprites: torch.Tensor,
        mono: torch.Tensor,
        concepts: list[dict],
        device: torch.device | str,
        restyled: bool = True,
    ):
        self.device, self.restyled = torch.device(device), restyled
        self.sprites, self.mono = sprites.to(device), mono.to(device)
        most = max(len(thing["sprites"]) for thing in concepts)
        self.ids = table([thing["sprites"] for thing in concepts], most).long().to(device)
        self.weights = table([thing["weights"] for thing in concepts], most).to(device)
        self.held = torch.tensor([-1 if thing["held"] is None else thing["held"] for thing in concepts], device=device)
        self.own_colour = torch.tensor([has_own_colour(thing) for thing in concepts], device=device)

    @torch.no_grad()
    def paint(self, specs: torch.Tensor, plain: bool = False) -> torch.Tensor:
        """Pictures [n, 3, 96, 96] in 0..1 for (thing, its colour, second thing, its colour, ground) [n, 5]."""
        n = len(specs)
        paired = specs[:, 2] >= 0
        pictures = torch.ones(n, 3, SIDE, SIDE, device=self.device) if plain else grounds(n, specs[:, 4])
        scale, x, y = layout(paired, plain)
        pictures = self.put(pictures, specs[:, :2], scale, x, y, plain)
        pictures = self.put_second(pictures, specs, x, plain)
        return (pictures if plain else weather(pictures)).clamp(0, 1)

    def put_second(self, pictures: torch.Tensor, specs: torch.Tensor, x: torch.Tensor, plain: bool) -> torch.Tensor:
        """The second thing of those that have two, on the other side."""
        rows = (specs[:, 2] >= 0).nonzero().flatten()
        n = len(rows)
        if n == 0:
            return pictures
        size, y = half_size(n, plain, self.device), jitter(n, 0.3, self.device)
        return pictures.index_copy(0, rows, self.put(pictures[rows], specs[rows, 2:4], size, -x[rows], y, plain))

    def put(
        self,
        pictures: torch.Tensor,
        things: torch.Tensor,
        scale: torch.Tensor,
        x: torch.Tensor,
        y: torch.Tensor,
        plain: bool,
    ) -> torch.Tensor:
        """One thing onto each picture: (thing, colour) [n, 2]."""
        layer = self.drawn(things[:, 0], things[:, 1], plain)
        layer = torch.cat([layer[:, :3] * layer[:, 3:], layer[:, 3:]], 1)
        layer = place(layer, scale, x, y, plain)
        return layer[:, :3] + pictures * (1 - layer[:, 3:])

    def drawn(self, things: torch.Tensor, colours: torch.Tensor, plain: bool) -> torch.Tensor:
        """The things in their colours, RGBA [n, 4, 112, 112]; unless `plain`, in any style."""
        ids = self.held[things] if plain else self.chosen(things)
        layer = self.layer(ids)
        if plain or not self.restyled:
            return torch.cat([tint(layer[:, :3], colours), layer[:, 3:]], 1)
        other = self.layer(self.chosen(things)[: round(BLENDED * len(ids))])
        layer = on_first(layer, other)
        free = (colours < 0) & ~self.own_colour[things]
        rgb = tint(vary(layer[:, :3], free, self.mono[ids]), colours)
        return restyle(torch.cat([rgb, layer[:, 3:]], 1), free)

    def chosen(self, things: torch.Tensor) -> torch.Tensor:
        """The number of a random sprite of each thing."""
        place = torch.multinomial(self.weights[things], 1)
        return self.ids[things].gather(1, place).flatten()

    def layer(self, ids: torch.Tensor) -> torch.Tensor:
        """Sprites RGBA [n, 4, 112, 112] in 0..1."""
        return self.sprites[ids].permute(0, 3, 1, 2).float().div_(255)


def on_first(layer: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """The first sprites blended with others."""
    some = len(other)
    share = torch.rand(some, 1, 1, 1, device=layer.device)
    return torch.cat([layer[:some] * share + other * (1 - share), layer[some:]])


def table(rows: list[list], width: int) -> torch.Tensor:
    """Lists of numbers, filled up with zeros."""
    return torch.tensor([row + [0] * (width - len(row)) for row in rows])
