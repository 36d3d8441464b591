"""words: that texts fall into words as src/stores/memory/bm25.ts has them."""

import unicodedata

from milvus_lite.analyzer.standard import StandardAnalyzer

from stage import PatchCase

WHOLE = ("हिन्दी", "กำลังบิน", unicodedata.normalize("NFD", "Việt").lower())


class Words(PatchCase):
    patch_name = "words"

    def words(self, text: str) -> list[str]:
        return StandardAnalyzer().tokenize(text)

    def test_upstream_splits_words_at_combining_marks(self) -> None:
        for word in WHOLE:
            self.assert_still_needed(len(self.words(word)) > 1, "words with combining marks")

    def test_upstream_tells_an_accented_letter_from_the_same_as_two_characters(self) -> None:
        forms = [self.words(unicodedata.normalize(form, "café")) for form in ("NFC", "NFD")]
        self.assert_still_needed(forms[0] != forms[1], "accented letters as two characters")

    def test_keeps_words_whole(self) -> None:
        with self.patched():
            for word in WHOLE:
                self.assertEqual(self.words(f"({word})"), [unicodedata.normalize("NFC", word)])

    def test_takes_an_accented_letter_for_the_same_in_both_forms(self) -> None:
        with self.patched():
            for form in ("NFC", "NFD"):
                self.assertEqual(self.words(unicodedata.normalize(form, "Café, Zürich!")), ["café", "zürich"])

    def test_passes_over_what_shows_nothing_within_a_word(self) -> None:
        with self.patched():
            self.assertEqual(self.words("zep\u00adpe\u200dlin"), ["zeppelin"])

    def test_leaves_out_stop_words(self) -> None:
        with self.patched():
            self.assertEqual(StandardAnalyzer(stop_words={"the"}).tokenize("The heron"), ["heron"])
