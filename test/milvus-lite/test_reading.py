"""reading: that a flush hides no row from those who read meanwhile."""

import threading
from unittest import mock

from stage import PatchCase, new_collection, row


class Reading(PatchCase):
    patch_name = "reading"

    def flush_by_another(self, collection) -> None:
        """Goes on when the flush is done, or waits for us."""
        self.flushing = threading.Thread(target=collection.flush)
        self.flushing.start()
        self.flushing.join(0.3)

    def found(self, read) -> int:
        """How many of two rows are read when a flush comes after the first step of the reading."""
        with new_collection() as collection:
            collection.upsert([row("one"), row("two", number=1)], "text")
            found = len(read(collection))
            self.flushing.join()
            # Both are there, whoever missed them.
            self.assertEqual(len(collection.get(["one", "two"])), 2)
            return found

    def by_id(self, collection) -> list:
        class Ids(list):
            def __iter__(ids):
                yield "one"
                self.flush_by_another(collection)
                yield "two"

        return collection.get(Ids())

    def by_vector(self, collection) -> list:
        with self.flush_behind_the_snapshot(collection):
            (hits,) = collection.search([row("query")["vector"]], 9, output_fields=["id"])
        return hits

    def by_filter(self, collection) -> list:
        with self.flush_behind_the_snapshot(collection):
            return collection.query('id != ""', ["id"])

    def flush_behind_the_snapshot(self, collection):
        given = collection._read_snapshot

        def snapshot():
            seen = given()
            self.flush_by_another(collection)
            return seen

        return mock.patch.object(collection, "_read_snapshot", snapshot)

    def test_upstream_misses_rows_that_are_flushed_meanwhile(self) -> None:
        for read in (self.by_id, self.by_vector, self.by_filter):
            self.assert_still_needed(self.found(read) < 2, f"reading {read.__name__} while rows are flushed")

    def test_finds_all_rows(self) -> None:
        with self.patched():
            for read in (self.by_id, self.by_vector, self.by_filter):
                self.assertEqual(self.found(read), 2)

    def test_lets_reads_go_on_at_the_same_time(self) -> None:
        with self.patched(), new_collection() as collection:
            collection.upsert([row("one")], "text")
            both = threading.Barrier(2, timeout=10)

            class Ids(list):
                def __iter__(ids):
                    both.wait()
                    yield "one"

            reads = [threading.Thread(target=lambda: collection.get(Ids())) for _ in range(2)]
            for read in reads:
                read.start()
            for read in reads:
                read.join()
            self.assertFalse(both.broken)
