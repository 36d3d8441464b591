"""Which rows of a Milvus Lite collection are there and match: see `matching`."""

from typing import Any, Callable, NamedTuple

import numpy as np
from milvus_lite.search import filter as filters
from milvus_lite.search.indexed_filter import evaluate_segment_filter

from live_rows import LiveRows
from memory_rows import MemoryRows


class Source(NamedTuple):
    """A segment, or with None what is in memory; `rows` is a mask, `record` gives what a row number stands for."""

    segment: Any
    vectors: np.ndarray
    rows: np.ndarray
    record: Callable[[int], dict]
    pks: list
    # Of a segment all columns, else all but the vectors.
    table: Any


def matching(
    segments, memtable, delta_index, wanted=None, plan=None, vector_field=None, partitions=None
) -> list[Source]:
    """
    Lite looks at each row of the collection in Python to find out which are the newest of their key and not deleted, for
    every question: a quarter of a second for 100,000. Here that is remembered for as long as the segments are the same,
    and corrected by what was written since. The newest row of a key counts, whatever partition it is in.
    """
    segments = [segment for segment in segments if segment.num_rows > 0]
    memory = MemoryRows.of(memtable, vector_field)
    deletions = [(pk, seq) for pk, (seq, _) in memtable.delete_index_snapshot().items()]
    written = list(zip(memory.pks, memory.seqs.tolist()))
    masks = LiveRows.of(segments).after([*written, *delta_index.snapshot.items(), *deletions])
    sources = []
    for segment, rows in zip(segments, masks):
        if partitions and segment.partition not in partitions:
            continue
        if wanted is not None:
            rows &= evaluate_segment_filter(segment, wanted, plan)
        sources.append(Source(segment, segment.vectors, rows, segment.row_to_dict, segment.pks, segment.table))
    if memory.pks:
        rows = np.ones(len(memory.pks), dtype=bool)
        if deletions or delta_index.snapshot:
            gone = dict(deletions)
            rows = np.array([gone.get(pk, -1) <= seq and not delta_index.is_deleted(pk, seq) for pk, seq in written])
        if wanted is not None:
            rows &= filters.evaluate_mask(wanted, memory.table)
        if partitions:
            rows &= np.isin(memory.partitions, list(partitions))
        record = lambda row: memtable.materialize_row(*memory.places[row])
        sources.append(Source(None, memory.vectors, rows, record, memory.pks, memory.table))
    return sources
