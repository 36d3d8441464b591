"""Retrieval on a drawing style, and of things, that training never shows."""

from typing import Any

import torch
import torch.nn.functional as F

from captions import THINGS
from painter import Painter
from tower import TextTower
from vision import Vision, normalised

BATCH = 256


class Evaluation:
    """The questions, with their texts embedded once."""

    def __init__(self, painter: Painter, tower: TextTower, data: dict[str, Any]):
        concepts, colours = data["concepts"], data["colours"]
        self.painter = painter
        self.things = [i for i, c in enumerate(concepts) if c["held"] is not None and c["group"] in THINGS]
        self.tinted = [(i, k) for i in self.things[::6] for k in range(len(colours))]
        labels = ["a " + concepts[i]["label"] for i in self.things]
        coloured_labels = [f"a {colours[k]} {concepts[i]['label']}" for i, k in self.tinted]
        self.text, self.coloured_text = tower.embed(labels), tower.embed(coloured_labels)
        self.unseen = [j for j, i in enumerate(self.things) if concepts[i]["name"] in data["held_out"]]

    def run(self, net: Vision) -> dict[str, Any]:
        """The measures by name; leaves the net in training mode."""
        net.eval()
        with torch.no_grad():
            pictures = self.see(net, [(i, -1, -1, -1, -1) for i in self.things])
            tinted = [(i, k, -1, -1, -1) for i, k in self.tinted]
            coloured, others = self.see(net, tinted), self.see(net, tinted, plain=False)
        net.train()
        return self.measures(pictures, coloured) | {"coloured i2i@1": recall(ranks(others @ coloured.T, 1), 1)}

    def see(self, net: Vision, specs: list[tuple[int, ...]], plain: bool = True) -> torch.Tensor:
        """Unit vectors of plain pictures, or of those that training shows."""
        rows = torch.tensor(specs, device=self.painter.device).split(BATCH)
        return F.normalize(torch.cat([self.look(net, some, plain) for some in rows]), dim=-1)

    def look(self, net: Vision, specs: torch.Tensor, plain: bool) -> torch.Tensor:
        """Embeddings of one batch of pictures."""
        return net(normalised(self.painter.paint(specs, plain))).float()

    def measures(self, pictures: torch.Tensor, coloured: torch.Tensor) -> dict[str, Any]:
        """Recalls both ways, and how the two kinds of vectors lie to each other."""
        similarity = pictures @ self.text.T
        to_text, to_picture = ranks(similarity, 1), ranks(similarity, 0)
        to_coloured = ranks(coloured @ self.coloured_text.T, 0)
        cosines = (pictures * self.text).sum(1)
        gap = (pictures.mean(0) - self.text.mean(0)).norm()
        return {
            "things": len(self.things),
            "i2t@1": recall(to_text, 1),
            "i2t@5": recall(to_text, 5),
            "t2i@1": recall(to_picture, 1),
            "t2i@5": recall(to_picture, 5),
            "never shown t2i@10": recall(to_picture[self.unseen], 10),
            "coloured": len(self.tinted),
            "coloured t2i@1": recall(to_coloured, 1),
            "coloured t2i@5": recall(to_coloured, 5),
            "cosine of pairs": round(cosines.mean().item(), 3),
            "centroid gap": round(gap.item(), 3),
        }


def ranks(similarity: torch.Tensor, dimension: int) -> torch.Tensor:
    """The place of each right answer (the diagonal) among all, from 1."""
    right = similarity.diag()
    return (similarity >= (right[:, None] if dimension == 1 else right[None, :])).sum(dimension)


def recall(places: torch.Tensor, k: int) -> float:
    """The share of right answers among the first k."""
    return round((places <= k).float().mean().item(), 3)
