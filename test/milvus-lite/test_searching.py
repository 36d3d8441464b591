"""searching: that a search finds each document as it is now. More: test/integration/milvus-lite-rows.test.ts."""

from unittest import mock

from milvus_lite.storage.segment import Segment

from stage import PatchCase, new_collection, row


class Searching(PatchCase):
    patch_name = "searching"

    def found_where_it_was(self, is_flushed: bool) -> list[str]:
        """A search in the partition in which a document was before it was stored in another."""
        with new_collection() as collection:
            collection.upsert([row("moved"), row("stayed", number=1)], "text")
            collection.flush()
            collection.upsert([row("moved")], "image")
            if is_flushed:
                collection.flush()
            return self.names(collection, partition_names=["text"])

    def hits(self, collection, **asked) -> list[dict]:
        (hits,) = collection.search([row("query")["vector"]], 9, **{"output_fields": ["id", "metadata"], **asked})
        return hits

    def names(self, collection, **asked) -> list[str]:
        return [hit["id"] for hit in self.hits(collection, **asked)]

    def test_upstream_finds_a_document_where_it_no_longer_is(self) -> None:
        for is_flushed in (False, True):
            found = self.found_where_it_was(is_flushed)
            self.assert_still_needed("moved" in found, "ids that change their partition")

    def test_finds_a_document_only_where_it_is(self) -> None:
        with self.patched():
            for is_flushed in (False, True):
                self.assertEqual(self.found_where_it_was(is_flushed), ["stayed"])

    def test_finds_the_same_as_upstream_in_one_partition(self) -> None:
        with new_collection() as collection:
            for part in range(3):
                collection.upsert([row(f"{part} {n}", number=part * 7 + n) for n in range(20)], "text")
                collection.delete([f"{part} 3"])
                if part < 2:
                    collection.flush()
            collection.upsert([row("0 4", number=40), row("2 5", number=41)], "text")
            for asked in (
                dict(expr='metadata["number"] > 9'),
                dict(expr='id in ["0 4", "1 1", "2 3"]'),
                dict(output_fields=["id"]),
                dict(output_fields=["*"]),
                dict(output_fields=None, offset=3),
                dict(partition_names=["image"]),
            ):
                with self.subTest(**asked):
                    upstream = self.hits(collection, **asked)
                    with self.patched():
                        self.assertEqual(self.hits(collection, **asked), upstream)

    def test_looks_for_each_query_in_a_partition_of_its_own_where_the_call_names_them(self) -> None:
        queries = [row(f"query {n}")["vector"] for n in range(3)]
        partition_of_each = ["text", "image", "text"]
        with new_collection() as collection, self.patched():
            for part in range(3):
                for partition in ("text", "image"):
                    collection.upsert([row(f"{partition} {part} {n}", number=n) for n in range(9)], partition)
                collection.upsert([row(f"moved {part}")], "text")
                collection.upsert([row(f"moved {part}")], "image")
                if part < 2:
                    collection.flush()
            for expr in (None, 'metadata["number"] > 5'):
                found = collection.search(queries, 20, expr=expr, search_params={"partition_of_each": partition_of_each})
                apart = [
                    collection.search([query], 20, expr=expr, partition_names=[partition])[0]
                    for query, partition in zip(queries, partition_of_each)
                ]
                self.assertEqual(found, apart)
                self.assertGreaterEqual(min(map(len, found)), 9)
            with self.assertRaisesRegex(ValueError, "2 partitions for 3 queries"):
                collection.search(queries, 5, search_params={"partition_of_each": ["text", "image"]})

    def test_upstream_reads_every_column_of_what_it_finds(self) -> None:
        self.assert_still_needed(self.rows_read_whole() > 0, "the reading of vectors for an answer that has none")

    def test_reads_the_columns_that_were_asked_for(self) -> None:
        with self.patched():
            self.assertEqual(self.rows_read_whole(), 0)

    def rows_read_whole(self) -> int:
        with new_collection() as collection:
            collection.upsert([row(f"{n}", number=n) for n in range(20)], "text")
            collection.flush()
            with mock.patch.object(Segment, "row_to_dict", autospec=True, side_effect=Segment.row_to_dict) as read:
                self.assertEqual(len(self.names(collection)), 9)
            return read.call_count

    def test_finds_by_a_filter_that_was_asked_before_what_is_there_now(self) -> None:
        with new_collection() as collection, self.patched():
            for round in range(3):
                collection.upsert([row(f"{round} {n}", number=n) for n in range(4)], "text")
                collection.delete([f"{round} 0"])
                for n in range(12):  # More filters than are remembered.
                    self.names(collection, expr=f'metadata["number"] == {n}')
                collection.flush()
                found = self.names(collection, expr='metadata["number"] < 3')
                expected = [f"{past} {n}" for past in range(round + 1) for n in (1, 2)]
                self.assertEqual(sorted(found), expected)
