"""Makes Milvus Lite compare with every vector quickly: see `ExactIndex`."""

import numpy as np
from milvus_lite.index.brute_force import BruteForceIndex


def replacements() -> dict:
    return {"index.factory:BruteForceIndex": ExactIndex, "search.executor_indexed:BruteForceIndex": ExactIndex}


class ExactIndex(BruteForceIndex):
    """Lite's exact search copies the vectors that a filter lets through and computes the length of each, for every query:
    that takes longer than comparing does. Here lengths are computed once, and only few vectors are ever copied."""

    __slots__ = ("_lengths",)

    def __init__(self, vectors: np.ndarray, metric: str) -> None:
        super().__init__(vectors, metric)
        self._lengths = np.linalg.norm(self._vectors, axis=1)

    def search(self, queries, top_k, valid_mask=None, params=None):
        if self.metric != "COSINE" or self.num_vectors == 0 or top_k <= 0:
            return super().search(queries, top_k, valid_mask, params)
        places = np.arange(self.num_vectors) if valid_mask is None else np.flatnonzero(valid_mask)
        return nearest(places, self._cosines(np.atleast_2d(np.asarray(queries, dtype=np.float32)), places), top_k)

    def _cosines(self, queries: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Of each query with each vector at these places."""
        few = len(places) < self.num_vectors // 4
        products = queries @ (self._vectors[places] if few else self._vectors).T
        lengths = self._lengths[places] * np.linalg.norm(queries, axis=1, keepdims=True)
        return (products if few else products[:, places]) / np.where(lengths == 0, np.inf, lengths)


def nearest(places: np.ndarray, similarities: np.ndarray, top_k: int):
    """Places and distances of the nearest, padded with -1 and infinity as Lite expects."""
    ids = np.full((len(similarities), top_k), -1, dtype=np.int64)
    distances = np.full((len(similarities), top_k), np.inf, dtype=np.float32)
    found = min(top_k, len(places))
    for row, similarity in enumerate(similarities):
        best = np.argpartition(-similarity, found - 1)[:found] if found < len(places) else np.arange(found)
        best = best[np.argsort(-similarity[best], kind="stable")]
        ids[row, :found] = places[best]
        distances[row, :found] = np.maximum(1.0 - similarity[best], 0.0)
    return ids, distances
