"""Which rows of a table have a word, and how often: see `Postings` and `rank`."""

import math

import numpy as np

PAIR = np.dtype([("word", "<u4"), ("count", "<f4")])


class Postings:
    """The words of a column of Lite's sparse vectors, packed pairs of a word's number and its count, by word."""

    def __init__(self, column) -> None:
        packed = [row or b"" for row in column.to_pylist()]
        pairs = np.frombuffer(b"".join(packed), dtype=PAIR)
        rows = np.repeat(np.arange(len(packed)), [len(row) // PAIR.itemsize for row in packed])
        by_word = np.argsort(pairs["word"], kind="stable")
        self._words, starts = np.unique(pairs["word"][by_word], return_index=True)
        self._ends = np.append(starts, len(pairs))
        self._rows = rows[by_word]
        self._counts = pairs["count"][by_word]
        self.lengths = np.bincount(rows, weights=pairs["count"], minlength=len(packed))

    def of(self, word: int):
        """The rows that have the word, and how often each has it."""
        at = int(np.searchsorted(self._words, word))
        if at == len(self._words) or self._words[at] != word:
            return self._rows[:0], self._counts[:0]
        span = slice(self._ends[at], self._ends[at + 1])
        return self._rows[span], self._counts[span]


def rank(tables: list[Postings], query: dict[int, float], k1: float, b: float) -> list[np.ndarray]:
    """BM25 of every row of every table, by what all of them together say of how rare a word is and how long a text."""
    scores = [np.zeros(len(table.lengths)) for table in tables]
    texts = sum(int(np.count_nonzero(table.lengths)) for table in tables)
    mean = sum(float(table.lengths.sum()) for table in tables) / max(1, texts)
    for word, weight in query.items():
        found = [table.of(word) for table in tables]
        having = sum(len(rows) for rows, _ in found)
        rarity = weight * math.log(1 + (texts - having + 0.5) / (having + 0.5))
        for table, score, (rows, counts) in zip(tables, scores, found):
            length = 1 - b + b * table.lengths[rows] / (mean or 1)
            score[rows] += rarity * counts * (k1 + 1) / (counts + k1 * length)
    return scores
