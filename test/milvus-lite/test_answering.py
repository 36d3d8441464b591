"""answering: that no value's type is looked up by itself, and answers are the same to the byte."""

from unittest import mock

from milvus_lite.adapter.grpc.translators import records
from milvus_lite.schema.types import DataType, FieldSchema

from stage import PatchCase

COLUMNS = [
    (FieldSchema("flag", DataType.BOOL), [True, False, 1]),
    (FieldSchema("small", DataType.INT8), [1, -2, 3.0]),
    (FieldSchema("number", DataType.INT64), [2**53 + 1, -1, 0]),
    (FieldSchema("share", DataType.FLOAT), [0.1, 2, -3]),
    (FieldSchema("exact", DataType.DOUBLE), [0.1, 2, -3]),
    (FieldSchema("text", DataType.VARCHAR, max_length=64), ["a", "", "é"]),
    (FieldSchema("metadata", DataType.JSON), [{"a": 1}, "{}", None]),
    (FieldSchema("terms", DataType.ARRAY, element_type=DataType.VARCHAR), [["a"], [], None]),
    (FieldSchema("vector", DataType.FLOAT_VECTOR, dim=2), [[1.0, 2.0], [3.0, 4.0], None]),
]


class Answering(PatchCase):
    patch_name = "answering"

    def written(self, field: FieldSchema, column: list) -> bytes:
        return records._build_field_data(field.name, field, column).SerializeToString(deterministic=True)

    def looked_up(self) -> int:
        """How many values of a column of three had their type looked up."""
        with mock.patch.object(records, "_coerce_for", side_effect=records._coerce_for) as coerce:
            self.written(FieldSchema("text", DataType.VARCHAR, max_length=64), ["a", "b", "c"])
        return coerce.call_count

    def test_upstream_looks_the_type_of_every_value_up(self) -> None:
        self.assert_still_needed(self.looked_up() == 3, "the types of values, one by one")

    def test_looks_up_none(self) -> None:
        with self.patched():
            self.assertEqual(self.looked_up(), 0)

    def test_writes_what_upstream_writes(self) -> None:
        for field, column in COLUMNS:
            for values in (column, [*column, None], []):
                with self.subTest(field.name, values=values):
                    upstream = self.written(field, values)
                    with self.patched():
                        self.assertEqual(self.written(field, values), upstream)
