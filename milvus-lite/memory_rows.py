"""The rows of a Milvus Lite collection that are in no segment yet: see `MemoryRows`."""

import weakref
from typing import Any

import numpy as np
import pyarrow as pa


class MemoryRows:
    """
    As they are in the table that is written to; Lite makes Python lists of every vector of them for each search, 80 ms for
    4,000 rows. Here batches, which never change, are unpacked once, and all of it is kept until something is written.
    """

    known: "weakref.WeakKeyDictionary[Any, tuple]" = weakref.WeakKeyDictionary()

    def __init__(self, batches: tuple, rows: list[tuple], field: str | None, unpacked: dict[int, np.ndarray]) -> None:
        self.pks = [pk for pk, _ in rows]
        self.seqs = np.array([seq for _, (_, _, seq) in rows], dtype=np.int64)
        self.places = [(batch, row) for _, (batch, row, _) in rows]
        numbers = np.array([batch for batch, _ in self.places], dtype=np.int64)
        starts = np.cumsum([0, *(batch.num_rows for batch in batches)])
        taken = starts[numbers] + np.array([row for _, row in self.places], dtype=np.int64)
        names = [name for name in batches[0].schema.names if name not in ("_partition", field)] if batches else []
        self.table = pa.Table.from_batches(batches).select(names).take(pa.array(taken)) if batches else None
        # Each batch came in one call, which names one partition.
        self.partitions = np.array([batch.column("_partition")[0].as_py() for batch in batches] or [""])[numbers]
        self.vectors = np.zeros((0, 0), dtype=np.float32)
        if field is not None and batches:
            for number, batch in enumerate(batches):
                if number not in unpacked:
                    unpacked[number] = vectors_of(batch.column(field))
            self.vectors = np.concatenate([unpacked[number] for number in range(len(batches))])[taken]

    @classmethod
    def of(cls, memtable, field: str | None) -> "MemoryRows":
        with memtable._lock:
            batches, rows = tuple(memtable._insert_batches), list(memtable._pk_index.items())
            # Batches are only ever added, and deletions change one of the other two.
            now = len(batches), len(rows), len(memtable._delete_index)
        fields = cls.known.setdefault(memtable, {})
        version, made, unpacked = fields.get(field, (None, None, {}))
        if version != now:
            made = cls(batches, rows, field, unpacked)
            fields[field] = now, made, unpacked
        return made


def vectors_of(column: pa.Array) -> np.ndarray:
    return column.flatten().to_numpy(zero_copy_only=False).astype(np.float32, copy=False).reshape(len(column), -1)
