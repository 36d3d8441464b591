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


class Captions:
    """What there is to say."""

    def __init__(self, pool: list[list], vectors: torch.Tensor, device: torch.device):
        self.device = device
        self.specs = torch.tensor([entry[:-1] for entry in pool], device=device)
        self.vectors = vectors
        # Captions that say the same in other words have the same key.
        self.keys = torch.unique(self.specs, dim=0, return_inverse=True)[1]
        single = (self.specs[:, 2] < 0).nonzero().flatten()
        self.by_thing = single[self.specs[single, 0].argsort(stable=True)]
        _, self.counts = torch.unique_consecutive(self.specs[self.by_thing, 0], return_counts=True)
        self.starts = self.counts.cumsum(0) - self.counts
        self.label_of = torch.full((1,), -100, device=device)

    def name(self, concepts: list[dict], things: list[int]) -> list[str]:
        """The labels of these things; remembers which number is whose."""
        self.label_of = torch.full((len(concepts),), -100, device=self.device)
        self.label_of[torch.tensor(things, device=self.device)] = torch.arange(len(things), device=self.device)
        return [article(concepts[thing]["label"]) for thing in things]

    def any(self, n: int) -> torch.Tensor:
        """The rows of n random captions."""
        return torch.randint(len(self.specs), (n,), device=self.device)

    def twins(self, n: int) -> torch.Tensor:
        """n things, two captions of each: in other words or another colour."""
        groups = torch.randint(len(self.counts), (n,), device=self.device).repeat(2)
        place = (torch.rand(2 * n, device=self.device) * self.counts[groups]).long()
        return self.by_thing[self.starts[groups] + place]

    def batch(self, size: int, twins: int, strangers: int) -> Batch:
        """So many captions, of which so many are pairs of twins."""
        rows = torch.cat([self.any(size - 2 * twins), self.twins(twins)])
        return Batch(self, rows[torch.randperm(size, device=self.device)], self.any(strangers))
