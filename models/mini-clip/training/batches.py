"""The captions with their vectors on a device, and batches of them."""

import torch

from captions import article

Spec = list[int]


class Batch:
    """Specs to paint, the vectors and keys of their captions, and the same of these followed by strangers."""

    def __init__(self, captions: "Captions", rows: torch.Tensor, strangers: torch.Tensor):
        everything = torch.cat([rows, strangers])
        self.specs = captions.specs[rows]
        self.keys = captions.keys[everything]
        self.targets = captions.vectors[everything]
        self.text = self.targets[: len(rows)]
        # The number of the label of the thing, where a picture shows one only.
        self.label = torch.where(self.specs[:, 2] < 0, captions.label_of[self.specs[:, 0]], -100)


class Groups:
    """The rows of captions by the thing that they are about."""

    def __init__(self, specs: torch.Tensor, among: torch.Tensor):
        rows = among.nonzero().flatten()
        self.rows = rows[specs[rows, 0].argsort(stable=True)]
        _, self.counts = torch.unique_consecutive(specs[self.rows, 0], return_counts=True)
        self.starts = self.counts.cumsum(0) - self.counts

    def some(self, n: int, each: int) -> torch.Tensor:
        """So many captions of each of n random things."""
        groups = torch.randint(len(self.counts), (n,), device=self.rows.device).repeat(each)
        place = (torch.rand(len(groups), device=self.rows.device) * self.counts[groups]).long()
        return self.rows[self.starts[groups] + place]


class Captions:
    """What there is to say."""

    def __init__(self, pool: list[list], vectors: torch.Tensor, device: torch.device):
        self.device = device
        self.specs = torch.tensor([entry[:-1] for entry in pool], device=device)
        self.vectors = vectors
        # Captions that say the same in other words have the same key.
        self.keys = torch.unique(self.specs, dim=0, return_inverse=True)[1]
        alone = self.specs[:, 2] < 0
        self.single = Groups(self.specs, alone)
        self.coloured = Groups(self.specs, alone & (self.specs[:, 1] >= 0))
        self.label_of = torch.full((1,), -100, device=device)

    def name(self, concepts: list[dict], things: list[int]) -> list[str]:
        """The labels of these things; remembers which number is whose."""
        self.label_of = torch.full((len(concepts),), -100, device=self.device)
        self.label_of[torch.tensor(things, device=self.device)] = torch.arange(len(things), device=self.device)
        return [article(concepts[thing]["label"]) for thing in things]

    def any(self, n: int) -> torch.Tensor:
        """The rows of n random captions."""
        return torch.randint(len(self.specs), (n,), device=self.device)

    def batch(self, size: int, twins: int, strangers: int) -> Batch:
        """So many captions, each twice, so that two pictures show the same; among them so many things in two ways, and as
        many in four colours."""
        others = [self.single.some(twins, 2), self.coloured.some(twins, 4)]
        rows = torch.cat([self.any(size // 2 - 6 * twins), *others]).repeat(2)
        return Batch(self, rows[torch.randperm(size, device=self.device)], self.any(strangers))
