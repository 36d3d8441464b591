"""querying: that counts and reads by filter read what they need, and are right."""

from unittest import mock

from milvus_lite.search import assembler

from stage import PatchCase, new_collection, row


class Querying(PatchCase):
    patch_name = "querying"

    def fill(self, collection) -> None:
        """18 rows of number 1 in a segment and in memory, one of which moved; two were deleted."""
        collection.upsert([row(f"{n}", number=n % 2) for n in range(40)], "text")
        collection.flush()
        collection.upsert([row("1", number=0), row("5", number=1), row("new", number=1)], "image")
        collection.delete(["3", "new"])

    def read_whole(self, ask) -> tuple[int, int]:
        """How many rows are answered, and how many were read with every column."""
        with new_collection() as collection:
            self.fill(collection)
            given = assembler.materialize_record
            with mock.patch.object(assembler, "materialize_record", side_effect=given) as read:
                return len(ask(collection)), read.call_count

    def count(self, collection):
        # As the server asks when a client wants count(*).
        return collection.query('metadata["number"] == 1', partition_names=None, timezone=None)

    def some(self, collection):
        return collection.query('metadata["number"] == 1', output_fields=["id"], limit=5)

    def test_upstream_reads_every_row_that_it_counts(self) -> None:
        count, read = self.read_whole(self.count)
        self.assertEqual(count, 18)
        self.assert_still_needed(read > 0, "the reading of every row for count(*)")

    def test_upstream_reads_every_column_of_a_row(self) -> None:
        self.assert_still_needed(self.read_whole(self.some)[1] > 0, "the reading of vectors for an answer that has none")

    def test_reads_no_row_whole(self) -> None:
        with self.patched():
            self.assertEqual(self.read_whole(self.count), (18, 0))
            self.assertEqual(self.read_whole(self.some), (5, 0))

    def test_answers_as_upstream_does(self) -> None:
        asked = [
            dict(expr='metadata["number"] == 1', output_fields=["id", "metadata", "terms"]),
            dict(expr='metadata["number"] == 1', output_fields=["text"], limit=7),
            dict(expr='id >= "3"', output_fields=["id", "vector"], limit=9, offset=4),
            dict(expr='id >= "3"', output_fields=["*"], limit=200, offset=20),
            dict(expr='id >= "3"', output_fields=["id"], partition_names=["image"]),
            dict(expr='id == "nothing"', output_fields=["id"]),
            dict(expr=None, output_fields=["id"], limit=12),
            dict(expr='id >= "3"', output_fields=["id"], limit=12, order_by_pk=True),
        ]
        with new_collection() as collection:
            self.fill(collection)
            for one in asked:
                with self.subTest(**one):
                    upstream = collection.query(**one)
                    with self.patched():
                        self.assertEqual(collection.query(**one), upstream)

    def test_finds_a_document_only_where_it_is(self) -> None:
        with self.patched(), new_collection() as collection:
            self.fill(collection)
            for ask in ({}, {"output_fields": ["id"]}):
                self.assertEqual(len(collection.query('id in ["1", "5"]', partition_names=["text"], **ask)), 0)
