"""filtering: how many rows are looked at in Python. Meaning: checks/filters, which test/contract runs."""

from unittest import mock

from milvus_lite.search.filter.eval import python_backend

from stage import PatchCase, new_collection, row

ROWS = 40
CONTAINS = 'array_contains(terms, "term 1")'


class Filtering(PatchCase):
    patch_name = "filtering"

    def found(self, expression: str) -> tuple[int, int]:
        """How many rows match, and how many parts of an expression were evaluated for a row."""
        with new_collection() as collection:
            collection.upsert([row(f"{n}", number=n % 4) for n in range(ROWS)], "text")
            collection.flush()
            given = python_backend._eval_row
            with mock.patch.object(python_backend, "_eval_row", side_effect=given) as looked:
                return len(collection.query(expression, ["id"])), looked.call_count

    def test_upstream_looks_at_every_row_for_array_contains(self) -> None:
        count, looked = self.found(CONTAINS)
        self.assertEqual(count, ROWS // 4)
        self.assert_still_needed(looked >= ROWS, "array_contains row by row")

    def test_looks_at_no_row_for_array_contains(self) -> None:
        with self.patched():
            self.assertEqual(self.found(CONTAINS), (ROWS // 4, 0))
            self.assertEqual(self.found(f'{CONTAINS} or array_contains(terms, "term 2")'), (ROWS // 2, 0))
            self.assertEqual(self.found(f'tenant == "default" and not ({CONTAINS})'), (ROWS * 3 // 4, 0))

    def test_upstream_looks_at_every_row_of_json_whatever_the_rest_says(self) -> None:
        _, looked = self.found(f'{CONTAINS} and metadata["number"] > 0')
        self.assert_still_needed(looked > ROWS, "JSON in rows that something else rules out")

    def test_looks_at_json_only_where_it_can_matter(self) -> None:
        with self.patched():
            alone = self.found('metadata["number"] > 0')
            self.assertEqual(alone[0], ROWS * 3 // 4)
            self.assertEqual(self.found(f'{CONTAINS} and metadata["number"] > 0'), (ROWS // 4, alone[1] // 4))
