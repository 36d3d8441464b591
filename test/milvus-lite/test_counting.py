"""counting: that count(*) reads no rows, and is right."""

from unittest import mock

from milvus_lite.search import assembler

from stage import PatchCase, new_collection, row


class Counting(PatchCase):
    patch_name = "counting"

    def counted(self) -> tuple[int, int]:
        """How many there are, and how many of them were read for it."""
        with new_collection() as collection:
            collection.upsert([row(f"{n}", number=n % 2) for n in range(40)], "text")
            collection.flush()
            collection.upsert([row("1", number=0), row("new", number=1)], "image")
            collection.delete(["3", "new"])
            given = assembler.materialize_record
            with mock.patch.object(assembler, "materialize_record", side_effect=given) as read:
                # As the server asks when a client wants count(*).
                count = len(collection.query('metadata["number"] == 1', partition_names=None, timezone=None))
            return count, read.call_count

    def test_upstream_reads_what_it_counts(self) -> None:
        count, read = self.counted()
        self.assertEqual(count, 18)
        self.assert_still_needed(read > 0, "the reading of every row for count(*)")

    def test_counts_without_reading(self) -> None:
        with self.patch().applied():
            self.assertEqual(self.counted(), (18, 0))
