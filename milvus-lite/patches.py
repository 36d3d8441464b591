"""The patches, in the order in which they are applied: README.md says what each is for and which test holds it."""

from patch import Patch

# What they were written for, as in requirements.txt.
VERSION = "3.2.2"

# How rows are kept, which `matching` reads.
ROWS = {
    "engine.collection:Collection._read_snapshot": "1cb773c122b0",
    "search.indexed_filter:evaluate_segment_filter": "b88f5a6892b9",
    "search.filter:evaluate_mask": "afffbaa3d9fb",
    "storage.delta_index:DeltaIndex.is_deleted": "f9d76757bef9",
    "storage.delta_index:DeltaIndex.snapshot": "e0fd3bc5c703",
    "storage.memtable:MemTable.apply_delete": "6d7efd6a276c",
    "storage.memtable:MemTable.apply_insert": "c71a75050abc",
    "storage.memtable:MemTable.delete_index_snapshot": "edf7c34c58a9",
    "storage.segment:Segment.__init__": "9419573455a7",
}
FILTERS = {
    "engine.collection:Collection._compile_filter": "c5320b7efc2c",
    "engine.collection:Collection._indexed_filter_plan": "698ce2c05fc1",
}

PATCHES = (
    Patch(
        name="durability",
        without_it="rows that were acknowledged can be lost",
        is_required=True,
        upstream={
            "db:MilvusLite.get_collection": "bb4fd4416d7c",
            "engine.collection:Collection.insert": "08662650abcc",
            "engine.collection:Collection.upsert": "43f7ef645fa4",
            "engine.collection:Collection.delete": "78a450423c2a",
            "engine.collection:Collection.flush": "b32310c1b679",
            "engine.collection:Collection.close": "35370ed10fbb",
            "engine.collection:Collection._apply": "a34f08eba445",
            "engine.collection:Collection._trigger_flush": "ac7b6f015b26",
            "engine.flush:execute_flush": "28d1cbaef769",
            "storage.memtable:MemTable.estimated_memory_bytes": "44ba86118e41",
            "storage.wal:WAL.write_insert": "d58af0fc38db",
            "storage.wal:WAL.write_delete": "18677a665a3f",
            "storage.wal:WAL.close_and_delete": "6442d8992716",
        },
    ),
    Patch(
        name="words",
        without_it="words with combining marks are stored in pieces",
        is_required=True,
        upstream={"analyzer.standard:StandardAnalyzer.tokenize": "57cea8eac038"},
    ),
    Patch(
        name="keywords",
        without_it="search by keyword ranks new documents wrongly",
        is_required=True,
        upstream={
            **ROWS,
            **FILTERS,
            "analyzer.sparse:sparse_to_bytes": "3ecf8ee433b9",
            "engine.collection:Collection._prepare_sparse_queries": "c0d46f347005",
            "engine.collection:Collection._search_sparse": "7e9d3d11ef8c",
        },
    ),
    Patch(
        name="searching",
        without_it="searches find what a document was before it was replaced by one of another modality",
        is_required=True,
        upstream={**ROWS, "storage.segment:_extract_vector_array": "87898f11da0b", "search.executor_indexed:execute_search_with_index": "c7d84f26817c", "engine.collection:execute_search_with_index": "c7d84f26817c"},
    ),
    Patch(
        name="querying",
        without_it="counts and reads by filter look at every row in Python",
        is_required=False,
        upstream={**ROWS, **FILTERS, "engine.collection:Collection.query": "40d4e4cb2300"},
    ),
    Patch(
        name="filtering",
        without_it="filters look at every row in Python",
        is_required=False,
        upstream={
            "search.filter:evaluate": "bb805f29b3be",
            "search.filter.eval.arrow_backend:_eval": "f60dcb8e0ad1",
            "search.filter.eval.python_backend:_eval_row": "8bcad67bf47d",
        },
    ),
    Patch(
        name="exact",
        without_it="every search computes the length of every vector",
        is_required=False,
        upstream={
            "index.factory:BruteForceIndex": "5ac8294cd472",
            "search.executor_indexed:BruteForceIndex": "5ac8294cd472",
            "search.distance:cosine_distance": "909cddcfbd68",
        },
    ),
    Patch(
        name="answering",
        without_it="answers take longer to write, by each value of each row",
        is_required=False,
        upstream={
            "adapter.grpc.translators.records:_build_field_data": "a65b7778d4ab",
            "adapter.grpc.translators.records:_coerce_for": "f1e651f17cd7",
        },
    ),
    # Last, so that it encloses what others put in place of reads and flushes.
    Patch(
        name="reading",
        without_it="documents are missed by who reads while they are flushed",
        is_required=True,
        upstream={
            "engine.collection:Collection._read_snapshot": "1cb773c122b0",
            "engine.collection:Collection._trigger_flush": "ac7b6f015b26",
            "engine.collection:Collection.get": "e1b9c61c3f77",
            "engine.collection:Collection.query": "40d4e4cb2300",
            "engine.collection:Collection.search": "0934a6f14850",
        },
    ),
)
