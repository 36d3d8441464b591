"""keywords: that rows are ranked together, whichever files they are in. Scores: test/integration/milvus-keywords.test.ts."""

from stage import PatchCase, new_collection, row


class Keywords(PatchCase):
    patch_name = "keywords"

    def found(self) -> list[str]:
        """Among many documents in a file, where "report" is common, a new one that has both words."""
        with new_collection() as collection:
            old = [row(f"old {n}", f"report {n}" if n % 2 else f"minutes {n}") for n in range(300)]
            collection.upsert(old, "text")
            collection.flush()
            collection.upsert([row("new", "report walrus")], "text")
            (hits,) = collection.search(["report walrus"], 3, "BM25", anns_field="keywords", output_fields=["text"])
            return [hit["id"] for hit in hits]

    def test_upstream_ranks_within_each_file(self) -> None:
        self.assert_still_needed(self.found()[0] != "new", "the ranking over several files")

    def test_ranks_all_rows_together(self) -> None:
        with self.patched():
            self.assertEqual(self.found()[0], "new")

    def test_gives_the_fields_that_were_asked_for_of_the_newest_rows(self) -> None:
        with self.patched(), new_collection() as collection:
            collection.upsert([row("one", "heron"), row("two", "heron"), row("three", "heron")], "text")
            collection.flush()
            collection.upsert([row("one", "a heron by the river")], "image")
            collection.delete(["two"])
            (hits,) = collection.search(["heron"], 9, "BM25", anns_field="keywords", output_fields=["id", "text"])
            texts = {hit["id"]: hit["entity"] for hit in hits}
            self.assertEqual(texts, {"three": {"text": "heron"}, "one": {"text": "a heron by the river"}})
