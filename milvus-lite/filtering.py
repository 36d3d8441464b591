"""Makes Milvus Lite filter column by column: see `replacements`."""

import dataclasses
import functools
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from milvus_lite.search import filter as filters
from milvus_lite.search.filter.ast import And, ArrayContainsOp, FieldRef, MetaAccess, Not, Or, StringLit
from milvus_lite.search.filter.eval.arrow_backend import _eval as by_columns
from milvus_lite.search.filter.eval import python_backend

FOR_ROWS_ONLY = (TypeError, NotImplementedError, pa.ArrowInvalid)


def replacements() -> dict:
    """Lite evaluates a filter with array_contains or a JSON path row by row, and makes Python objects of every column of
    every row before, vectors included: 15 s for 100,000 rows. Here array_contains and comparisons of plain fields are
    evaluated by columns, and rows are looked at for the rest alone: only its columns, only where it can matter."""
    given = filters.evaluate

    @functools.wraps(given)
    def evaluate(compiled, data):
        if compiled.backend != "python":
            return given(compiled, data)
        table = pa.Table.from_batches([data]) if isinstance(data, pa.RecordBatch) else data
        everywhere = np.ones(table.num_rows, dtype=bool)
        return pc.fill_null(truth(compiled.ast, table, everywhere), False)

    return {"search.filter:evaluate": evaluate}


def truth(node, table: pa.Table, wanted: np.ndarray) -> pa.BooleanArray:
    """Of each row: true, false, or null for unknown, in Kleene's logic as Lite's own; anything where it is not wanted."""
    if isinstance(node, Not):
        return pc.invert(truth(node.operand, table, wanted))
    if isinstance(node, And):
        return together(node.operands, table, wanted, pc.and_kleene, decided_by=False)
    if isinstance(node, Or):
        return together(gathered(node.operands, table), table, wanted, pc.or_kleene, decided_by=True)
    if isinstance(node, ContainsAny):
        return contains(table.column(node.column), node.values)
    if is_contains(node, table):
        return contains(table.column(node.value.name), [node.values.value])
    try:
        found = by_columns(node, table)
        if isinstance(found, pa.Array) and pa.types.is_boolean(found.type):
            return found
    except FOR_ROWS_ONLY:
        pass
    return by_rows(node, table, wanted)


def together(parts, table, wanted, combine, decided_by: bool) -> pa.BooleanArray:
    """One part after the other, as long as rows are undecided."""
    so_far = truth(parts[0], table, wanted)
    for part in parts[1:]:
        decided = pc.fill_null(pc.equal(so_far, decided_by), False).to_numpy(zero_copy_only=False)
        so_far = combine(so_far, truth(part, table, wanted & ~decided))
    return so_far


def is_contains(node, table: pa.Table) -> bool:
    return (
        isinstance(node, ArrayContainsOp)
        and node.mode == "any_one"
        and isinstance(node.value, FieldRef)
        and isinstance(node.values, StringLit)
        and table.schema.field(node.value.name).type == pa.list_(pa.field("element", pa.string()))
    )


class ContainsAny(NamedTuple):
    """Some array_contains of one column, of which one has to be true."""

    column: str
    values: list[str]


def gathered(parts, table: pa.Table) -> list:
    """Alternatives, those that look into the same lists as one: a filter may name a thousand values."""
    values: dict[str, list[str]] = {}
    others = []
    for part in parts:
        if is_contains(part, table):
            values.setdefault(part.value.name, []).append(part.values.value)
        else:
            others.append(part)
    return [*(ContainsAny(*one) for one in values.items()), *others]


def contains(column: pa.ChunkedArray, values: list[str]) -> pa.BooleanArray:
    """Of each list of strings: whether it holds one of the values."""
    wanted = pa.array(values, pa.string())
    masks = []
    for lists in column.chunks:
        mask = np.zeros(len(lists), dtype=bool)
        mask[pc.list_parent_indices(lists).filter(pc.is_in(lists.flatten(), wanted)).to_numpy()] = True
        masks.append(mask)
    return pa.array(np.concatenate(masks) if masks else np.zeros(0, dtype=bool))


def by_rows(node, table: pa.Table, wanted: np.ndarray) -> pa.BooleanArray:
    places = np.flatnonzero(wanted)
    columns = [name for name in table.column_names if name in names_in(node)]
    rows = table.select(columns).take(places).to_pylist() if columns else [{}] * len(places)
    truths: list[bool | None] = [None] * table.num_rows
    for place, row in zip(places.tolist(), rows):
        found = python_backend._eval_row(node, row)
        truths[place] = None if found is None else bool(found)
    return pa.array(truths, type=pa.bool_())


def names_in(node: Any) -> set[str]:
    """The fields that a part of an expression reads."""
    if isinstance(node, FieldRef):
        return {node.name}
    if isinstance(node, MetaAccess):
        return {"$meta"}
    if isinstance(node, (list, tuple)):
        return set().union(*map(names_in, node))
    if not dataclasses.is_dataclass(node):
        return set()
    return set().union(*(names_in(getattr(node, field.name)) for field in dataclasses.fields(node)))
