"""Which rows of Milvus Lite's segments are the newest of their key: see `LiveRows`."""

import weakref
from typing import Any, Iterable

import numpy as np

KEPT = 4


class LiveRows:
    """Of some segments, which never change once they are written."""

    known: list["LiveRows"] = []

    def __init__(self, segments: list) -> None:
        # Segments themselves cannot be referred to weakly, and names come again when a collection is made anew.
        self.of_these = [weakref.ref(segment.seqs) for segment in segments]
        self.newest: dict[Any, tuple[int, int, int]] = {}
        for number, segment in enumerate(segments):
            for row, (pk, seq) in enumerate(zip(segment.pks, segment.seqs.tolist())):
                if pk not in self.newest or self.newest[pk][0] < seq:
                    self.newest[pk] = (seq, number, row)
        self.masks = [np.zeros(segment.num_rows, dtype=bool) for segment in segments]
        for _, number, row in self.newest.values():
            self.masks[number][row] = True

    @classmethod
    def of(cls, segments: list) -> "LiveRows":
        """Remembered for the last few sets of segments that are still there."""
        for live in cls.known:
            if live.is_of(segments):
                return live
        live = cls(segments)
        still_there = [one for one in cls.known if all(seqs() is not None for seqs in one.of_these)]
        cls.known = [live, *still_there][:KEPT]
        return live

    def is_of(self, segments: list) -> bool:
        return len(segments) == len(self.of_these) and all(
            seqs() is segment.seqs for seqs, segment in zip(self.of_these, segments)
        )

    def after(self, changes: Iterable[tuple[Any, int]]) -> list[np.ndarray]:
        """A mask for each segment: without the rows whose key was written or deleted later, or is the same row in memory."""
        masks = [mask.copy() for mask in self.masks]
        for pk, seq in changes:
            newest = self.newest.get(pk)
            if newest is not None and newest[0] <= seq:
                masks[newest[1]][newest[2]] = False
        return masks
