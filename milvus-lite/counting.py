"""Makes Milvus Lite count without reading: see `replacements`."""

import functools

from milvus_lite.engine.collection import Collection

from matching import matching


def replacements() -> dict:
    """Lite answers count(*) with a filter by reading every row that matches, vectors included, and counting them: seconds
    for 20,000. It asks for no fields then, and only for how many rows there are, which the filter alone tells."""
    read = Collection.query

    @functools.wraps(read)
    def query(collection, expr=None, output_fields=None, partition_names=None, limit=None, **options):
        if expr and not output_fields and not partition_names and limit is None:
            return range(count(collection, expr, options.get("timezone")))
        return read(collection, expr, output_fields, partition_names, limit, **options)

    return {"engine.collection:Collection.query": query}


def count(collection: Collection, expr: str, timezone: str | None) -> int:
    """How many live rows match."""
    collection._require_loaded()
    wanted = collection._compile_filter(expr, timezone=timezone)
    segments, deleted = collection._read_snapshot()
    plan = collection._indexed_filter_plan(wanted)
    return sum(int(source.rows.sum()) for source in matching(segments, collection._memtable, deleted, wanted, plan))
