"""exact: that lengths are computed once, and the nearest are the same."""

from unittest import mock

import numpy as np
from milvus_lite.index import factory

from stage import PatchCase

ROWS, QUERIES, DIMENSION = 200, 3, 16


class Exact(PatchCase):
    patch_name = "exact"

    def setUp(self) -> None:
        random = np.random.default_rng(5)
        self.vectors = random.normal(size=(ROWS, DIMENSION)).astype(np.float32)
        self.vectors[7] = 0
        self.queries = random.normal(size=(QUERIES, DIMENSION)).astype(np.float32)
        self.masks = [None, *(random.random(ROWS) < share for share in (0.7, 0.1, 0.02, 0))]

    def lengths_computed(self) -> int:
        """Of vectors that were stored, by one more search."""
        index = factory.BruteForceIndex.build(self.vectors, "COSINE")
        with mock.patch.object(np.linalg, "norm", side_effect=np.linalg.norm) as norm:
            index.search(self.queries, 5)
        return sum(len(call.args[0]) for call in norm.call_args_list) - QUERIES

    def test_upstream_computes_every_length_for_every_search(self) -> None:
        self.assert_still_needed(self.lengths_computed() >= ROWS, "the lengths of vectors, again for every search")

    def test_computes_no_length_twice(self) -> None:
        with self.patched():
            self.assertEqual(self.lengths_computed(), 0)

    def test_finds_what_upstream_finds(self) -> None:
        for metric in ("COSINE", "IP"):
            for mask in self.masks:
                for top_k in (1, 5, ROWS + 9):
                    arguments = (self.queries, top_k, mask)
                    ids, distances = factory.BruteForceIndex.build(self.vectors, metric).search(*arguments)
                    with self.patched():
                        found, at = factory.BruteForceIndex.build(self.vectors, metric).search(*arguments)
                    np.testing.assert_array_equal(found, ids)
                    np.testing.assert_allclose(at, distances, atol=1e-6)
