"""Makes Milvus Lite search without going through all rows in Python: see `matching`."""

import functools

import numpy as np
from milvus_lite.engine import collection
from milvus_lite.index import factory

from matching_lite import Source, matching


def make_searching() -> None:
    given = collection.execute_search_with_index

    @functools.wraps(given)
    def search(**asked):
        # The plain search of one vector field, which is all that Parallax asks for.
        if asked["partition_names"] or asked["top_k"] <= 0:
            return given(**asked)
        snapshot = asked["segments"], asked["memtable"], asked["delta_index"]
        field = asked["vector_field"]
        sources = matching(*snapshot, asked["compiled_filter"], asked["indexed_filter_plan"], field)
        indexes = [index_of(source, field, asked["metric_type"]) for source in sources]
        queries = np.atleast_2d(np.asarray(asked["query_vectors"], dtype=np.float32))
        nearest = best_of(sources, indexes, queries, asked["top_k"], asked["search_params"])
        return [[hit(sources, found, asked) for found in hits] for hits in nearest]

    collection.execute_search_with_index = search


def index_of(source: Source, field: str, metric: str):
    own = None if source.segment is None else source.segment.indexes.get(field)
    return own or factory.BruteForceIndex.build(source.vectors, metric)


def best_of(sources: list[Source], indexes: list, queries: np.ndarray, top_k: int, params) -> list[list[tuple]]:
    """(distance, number of the source, row) of the nearest over all sources, for each query."""
    found: list[list[tuple]] = [[] for _ in queries]
    for number, (source, index) in enumerate(zip(sources, indexes)):
        if not source.rows.any():
            continue
        mask = None if source.rows.all() else source.rows
        rows, distances = index.search(queries, top_k, valid_mask=mask, params=params)
        for hits, near, far in zip(found, rows.tolist(), distances.tolist()):
            hits.extend((distance, number, row) for distance, row in zip(far, near) if row >= 0)
    return [sorted(hits)[:top_k] for hits in found]


def hit(sources: list[Source], found: tuple, asked: dict) -> dict:
    distance, number, row = found
    record = sources[number].record(row)
    return {"id": record[asked["pk_field"]], "distance": distance, "entity": asked["project_record_fn"](record)}
