"""The rows of a Milvus Lite collection that are in no segment yet: see `memory_rows`."""

import weakref
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa


class MemoryRows(NamedTuple):
    pks: list
    seqs: list[int]
    # Every column, "_partition" too; None: there are no rows.
    table: pa.Table | None


known: "weakref.WeakKeyDictionary[Any, tuple[tuple, MemoryRows]]" = weakref.WeakKeyDictionary()


def memory_rows(memtable) -> MemoryRows:
    """
    As they are in the table that is written to. Lite makes Python objects of every vector of them for each search, 80 ms
    for 4,000 rows; here they stay as they are, and are kept until something is written.
    """
    with memtable._lock:
        batches, rows = tuple(memtable._insert_batches), list(memtable._pk_index.items())
        # Batches are only ever added, and deletions change one of the other two.
        now = len(batches), len(rows), len(memtable._delete_index)
    version, made = known.get(memtable, (None, None))
    if version != now:
        made = taken(batches, rows)
        known[memtable] = now, made
    return made


def taken(batches: tuple, rows: list[tuple]) -> MemoryRows:
    pks, seqs = [pk for pk, _ in rows], [seq for _, (_, _, seq) in rows]
    if not rows:
        return MemoryRows(pks, seqs, None)
    starts = np.cumsum([0, *(batch.num_rows for batch in batches)])
    places = [starts[batch] + row for _, (batch, row, _) in rows]
    return MemoryRows(pks, seqs, pa.Table.from_batches(batches).take(pa.array(places)).combine_chunks())
