"""Makes Milvus Lite search without going through all rows in Python: see `matching`."""

import functools

import numpy as np
import pyarrow as pa
from milvus_lite.engine import collection
from milvus_lite.index import factory

from matching import Source, matching


def replacements() -> dict:
    given = collection.execute_search_with_index

    @functools.wraps(given)
    def search(**asked):
        # The plain search of one vector field, which is all that Parallax asks for.
        if asked["top_k"] <= 0:
            return given(**asked)
        snapshot = asked["segments"], asked["memtable"], asked["delta_index"]
        field, partitions = asked["vector_field"], asked["partition_names"]
        sources = matching(*snapshot, asked["compiled_filter"], asked["indexed_filter_plan"], field, partitions)
        indexes = [index_of(source, field, asked["metric_type"]) for source in sources]
        queries = np.atleast_2d(np.asarray(asked["query_vectors"], dtype=np.float32))
        nearest = best_of(sources, indexes, queries, asked["top_k"], asked["search_params"])
        return with_fields(nearest, sources, asked)

    return {"engine.collection:execute_search_with_index": search}


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


def with_fields(nearest: list[list[tuple]], sources: list[Source], asked: dict) -> list[list[dict]]:
    """Rows as Lite gives them. It makes Python objects of every field of each, vectors included, whatever was asked for."""
    found = {}
    for number, source in enumerate(sources):
        rows = sorted({row for hits in nearest for _, place, row in hits if place == number})
        found.update(zip(((number, row) for row in rows), entities_of(source, rows, asked)))
    return [
        [{"id": found[number, row][0], "distance": distance, "entity": found[number, row][1]} for distance, number, row in hits]
        for hits in nearest
    ]


def entities_of(source: Source, rows: list[int], asked: dict) -> list[tuple]:
    """(key, wanted fields but the key) of each row: all rows at once, by columns."""
    key, wanted = asked["pk_field"], set(asked["output_fields"] or ["*"])
    if not wanted <= set(source.table.column_names):
        records = [source.record(row) for row in rows]
        return [(record[key], asked["project_record_fn"](record)) for record in records]
    columns = [name for name in source.table.column_names if name in wanted and name != key]
    taken = source.table.select(columns).take(pa.array(rows, pa.int64())) if columns else None
    records = [{} for _ in rows] if taken is None else taken.to_pylist()
    return [(source.pks[row], record) for row, record in zip(rows, records)]
