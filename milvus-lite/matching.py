"""Which rows of a Milvus Lite collection are there and match, and what is in them: see `matching` and `hits_of`."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from milvus_lite.search import filter as filters

from filter_masks import mask_of
from live_rows import LiveRows
from memory_rows import MemoryRows, memory_rows

INTERNAL = ("_seq", "_partition")


@dataclass
class Source:
    """A segment or, with None, what is in memory; `rows` is a mask of those that are there and match."""

    segment: Any
    pks: list
    rows: np.ndarray
    table: pa.Table

    def rows_in(self, partition: str) -> np.ndarray:
        """A mask of those in one partition."""
        if self.segment is None:
            return self.rows & are_in(self.table, [partition])
        return self.rows if self.segment.partition == partition else np.zeros_like(self.rows)

    def read(self, rows: list[int], fields, but: str | None = None) -> list[dict]:
        """The wanted columns of some rows, in their order. Lite reads every column of each row, vectors included."""
        everything = fields is None or "*" in fields
        names = [name for name in self.table.column_names if name not in INTERNAL and (everything or name in fields)]
        names = [name for name in names if name != but]
        return self.table.select(names).take(pa.array(rows, pa.int64())).to_pylist() if names else [{} for _ in rows]


def of_collection(collection, expr: str | None, partitions=None, timezone: str | None = None) -> list[Source]:
    """What matches an expression; None: everything."""
    wanted = collection._compile_filter(expr, timezone=timezone) if expr else None
    plan = collection._indexed_filter_plan(wanted)
    memtable = collection._memtable
    return matching(*collection._read_snapshot(), memtable, wanted, plan, partitions)


def matching(segments, deleted, memtable, wanted=None, plan=None, partitions=None) -> list[Source]:
    """
    Lite looks at each row of the collection in Python to find out which are the newest of their key and not deleted, for
    every question: a quarter of a second for 100,000. Here that is remembered for as long as the segments are the same,
    and corrected by what was written since. The newest row of a key counts, whatever partition it is in.
    """
    segments = [segment for segment in segments if segment.num_rows > 0]
    memory = memory_rows(memtable)
    deletions = {pk: seq for pk, (seq, _) in memtable.delete_index_snapshot().items()}
    written = zip(memory.pks, memory.seqs)
    masks = LiveRows.of(segments).after([*written, *deleted.snapshot.items(), *deletions.items()])
    sources = []
    for segment, rows in zip(segments, masks):
        if partitions and segment.partition not in partitions:
            continue
        if wanted is not None:
            rows &= mask_of(segment, wanted, plan)
        sources.append(Source(segment, segment.pks, rows, segment.table))
    if memory.pks:
        rows = in_memory(memory, deleted, deletions, partitions)
        if wanted is not None:
            rows &= filters.evaluate_mask(wanted, memory.table)
        sources.append(Source(None, memory.pks, rows, memory.table))
    return sources


def in_memory(memory: MemoryRows, deleted, deletions: dict, partitions) -> np.ndarray:
    """A mask of the rows that are there."""
    rows = np.ones(len(memory.pks), dtype=bool)
    if deletions or len(deleted) > 0:
        of_each = zip(memory.pks, memory.seqs)
        gone = (deletions.get(pk, -1) > seq or deleted.is_deleted(pk, seq) for pk, seq in of_each)
        rows &= ~np.fromiter(gone, bool, len(memory.pks))
    if partitions:
        rows &= are_in(memory.table, partitions)
    return rows


def are_in(table: pa.Table, partitions: list[str]) -> np.ndarray:
    """A mask of the rows of some partitions."""
    return pc.is_in(table.column("_partition"), pa.array(partitions)).to_numpy()


def hits_of(best: list[list[tuple]], sources: list[Source], key: str, fields) -> list[list[dict]]:
    """Rows as Lite gives them. `best`: (distance, number of the source, row) of each hit, for each query."""
    found = {}
    for number, source in enumerate(sources):
        rows = sorted({row for hits in best for _, of, row in hits if of == number})
        found.update(zip(((number, row) for row in rows), source.read(rows, fields, but=key)))
    return [
        [
            {"id": sources[number].pks[row], "distance": distance, "entity": found[number, row]}
            for distance, number, row in hits
        ]
        for hits in best
    ]
