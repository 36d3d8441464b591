"""Makes Milvus Lite search without going through all rows in Python: see `matching`."""

import functools

import numpy as np
from milvus_lite.engine import collection
from milvus_lite.index import factory
from milvus_lite.storage.segment import _extract_vector_array

from matching import Source, hits_of, matching

# A search parameter of our own: the partition that each query of a call is looked for in. One call then answers for many.
PARTITION_OF_EACH = "partition_of_each"


def replacements() -> dict:
    given = collection.execute_search_with_index

    @functools.wraps(given)
    def search(**asked):
        sources = matching(
            asked["segments"],
            asked["delta_index"],
            asked["memtable"],
            asked["compiled_filter"],
            asked["indexed_filter_plan"],
            asked["partition_names"],
        )
        return hits_of(best_of(sources, asked), sources, asked["pk_field"], asked["output_fields"])

    return {"engine.collection:execute_search_with_index": search}


def best_of(sources: list[Source], asked: dict) -> list[list[tuple]]:
    """(distance, number of the source, row) of the nearest over all sources, for each query."""
    queries, top_k, params = asked["query_vectors"], asked["top_k"], asked["search_params"] or {}
    found: list[list[tuple]] = [[] for _ in queries]
    together = queries_by_partition(len(queries), params.get(PARTITION_OF_EACH))
    for number, source in enumerate(sources):
        if not source.rows.any():
            continue
        index = index_of(source, asked["vector_field"], asked["metric_type"])
        for partition, places in together.items():
            rows = source.rows if partition is None else source.rows_in(partition)
            if not rows.any():
                continue
            mask = None if rows.all() else rows
            nearest, distances = index.search(queries[places], top_k, valid_mask=mask, params=params)
            for place, near, far in zip(places, nearest.tolist(), distances.tolist()):
                found[place].extend((distance, number, row) for distance, row in zip(far, near) if row >= 0)
    return [sorted(hits)[:top_k] for hits in found]


def queries_by_partition(count: int, partition_of_each: list[str] | None) -> dict[str | None, list[int]]:
    """Places of the queries that look in the same partition; None: in all that the call names."""
    if partition_of_each is None:
        return {None: list(range(count))}
    if len(partition_of_each) != count:
        raise ValueError(f"{PARTITION_OF_EACH} names {len(partition_of_each)} partitions for {count} queries")
    together: dict[str | None, list[int]] = {}
    for place, partition in enumerate(partition_of_each):
        together.setdefault(partition, []).append(place)
    return together


def index_of(source: Source, field: str, metric: str):
    own = None if source.segment is None else source.segment.indexes.get(field)
    return own or factory.BruteForceIndex.build(_extract_vector_array(source.table.column(field))[0], metric)
