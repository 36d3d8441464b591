"""What training minimises."""

import torch
import torch.nn.functional as F

from batches import Batch

# Labels whose texts lie as close as this are not told apart.
SAME = 0.97
SMOOTHED = 0.05
LIKENESS_SCALE = 12.0


def contrastive_loss(vectors: torch.Tensor, batch: Batch, scale: torch.Tensor) -> torch.Tensor:
    """Each picture to its caption among all targets, each caption to its picture, and the two close together."""
    n = len(vectors)
    scores = vectors @ batch.targets.T * scale
    own = torch.arange(n, device=vectors.device)
    # Captions that say the same are no strangers to each other.
    same = (batch.text @ batch.targets.T > SAME) | (batch.keys[:n, None] == batch.keys[None, :])
    same[own, own] = False
    scores = scores.masked_fill(same, -1e4)
    to_text = F.cross_entropy(scores, own)
    to_picture = F.cross_entropy(scores[:, :n].T, own)
    return to_text + 0.75 * to_picture + 0.5 * (1 - (vectors * batch.text).sum(1).mean())


def likeness_loss(vectors: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Each picture to those of the same caption among all pictures (Khosla et al. 2020, Supervised Contrastive Learning):
    else the same drawing in another colour is nearer than another drawing in the same one."""
    n = len(vectors)
    itself = torch.eye(n, dtype=torch.bool, device=vectors.device)
    shares = F.log_softmax((vectors @ vectors.T * LIKENESS_SCALE).masked_fill(itself, -1e4), 1)
    alike = (batch.keys[:n, None] == batch.keys[None, :n]) & ~itself
    return -(shares * alike).sum(1).div(alike.sum(1).clamp(min=1)).mean()


def naming_loss(vectors: torch.Tensor, batch: Batch, labels: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """Each picture of one thing to the thing's label among all labels."""
    return F.cross_entropy(vectors @ labels.T * scale, batch.label, label_smoothing=SMOOTHED)
