"""Which rows of a Milvus Lite collection are there and match: see `matching`."""

import weakref
from typing import Any, Callable, NamedTuple

import numpy as np
from milvus_lite.search import filter as filters
from milvus_lite.search.indexed_filter import evaluate_segment_filter

from live_rows_lite import LiveRows


class Source(NamedTuple):
    """A segment, or with None what is in memory; `rows` is a mask, `record` gives what a row number stands for."""

    segment: Any
    vectors: np.ndarray
    rows: np.ndarray
    record: Callable[[int], dict]


snapshots: "weakref.WeakKeyDictionary[Any, dict]" = weakref.WeakKeyDictionary()


def in_memory(memtable, vector_field):
    """
    The rows that are in no segment yet. Lite makes a Python list of every vector of them for each search, some
    milliseconds for 256 rows; here that is done once until something is written.
    """
    with memtable._lock:
        # Batches are only ever added, and deletions change one of the other two.
        now = len(memtable._insert_batches), len(memtable._pk_index), len(memtable._delete_index)
    known = snapshots.setdefault(memtable, {})
    if vector_field not in known or known[vector_field][0] != now:
        taken = memtable.to_search_snapshot(vector_field=vector_field, include_table=True)
        # What was written meanwhile is taken as well, and then taken again.
        known[vector_field] = now, taken
    return known[vector_field][1]


def matching(
    segments, memtable, delta_index, wanted=None, plan=None, vector_field=None, partitions=None
) -> list[Source]:
    """
    Lite looks at each row of the collection in Python to find out which are the newest of their key and not deleted, for
    every question: a quarter of a second for 100,000. Here that is remembered for as long as the segments are the same,
    and corrected by what was written since. The newest row of a key counts, whatever partition it is in.
    """
    segments = [segment for segment in segments if segment.num_rows > 0]
    pks, seqs, vectors, places, table = in_memory(memtable, vector_field)
    deletions = [(pk, seq) for pk, (seq, _) in memtable.delete_index_snapshot().items()]
    written = list(zip(pks, seqs.tolist()))
    masks = LiveRows.of(segments).after([*written, *delta_index.snapshot.items(), *deletions])
    sources = []
    for segment, rows in zip(segments, masks):
        if partitions and segment.partition not in partitions:
            continue
        if wanted is not None:
            rows &= evaluate_segment_filter(segment, wanted, plan)
        sources.append(Source(segment, segment.vectors, rows, segment.row_to_dict))
    if pks:
        gone = dict(deletions)
        rows = np.array([gone.get(pk, -1) <= seq and not delta_index.is_deleted(pk, seq) for pk, seq in written])
        if wanted is not None:
            rows &= filters.evaluate_mask(wanted, table)
        if partitions:
            rows &= [memtable._insert_batches[batch].column("_partition")[row].as_py() in partitions for batch, row in places]
        sources.append(Source(None, vectors, rows, lambda row: memtable.materialize_row(*places[row])))
    return sources
