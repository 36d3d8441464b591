"""That the patches fit the package that requirements.txt names, and that one that does not is told."""

import dataclasses
import io
import unittest
from contextlib import redirect_stderr
from importlib import metadata
from pathlib import Path
from unittest import mock

from milvus_lite.analyzer.standard import StandardAnalyzer

from apply_fitting import apply_fitting
from patch import Patch
from patches import PATCHES, VERSION
from stage import applied, patch_of

ROOT = Path(__file__).parents[2]
WORDS = patch_of("words")


class Patches(unittest.TestCase):
    def test_were_made_for_the_version_that_is_installed(self) -> None:
        self.assertIn(f"milvus-lite=={VERSION}\n", (ROOT / "requirements.txt").read_text())
        self.assertEqual(metadata.version("milvus-lite"), VERSION)

    def test_fit(self) -> None:
        for patch in PATCHES:
            with self.subTest(patch.name):
                self.assertEqual(patch.misfits(), [])

    def test_replace_only_what_they_list(self) -> None:
        for patch in PATCHES:
            with self.subTest(patch.name), applied(patch):
                pass
        with self.assertRaisesRegex(LookupError, "`words` replaces what it does not list.*tokenize"):
            dataclasses.replace(WORDS, upstream={}).apply()


class Misfits(unittest.TestCase):
    def changed(self):
        def tokenize(self, text):
            return [text]

        return mock.patch.object(StandardAnalyzer, "tokenize", tokenize)

    def test_tell_what_was_expected_and_what_was_found(self) -> None:
        (expected,) = WORDS.upstream.values()
        with self.changed():
            (misfit,) = WORDS.misfits()
        self.assertRegex(misfit, rf"^milvus_lite\.analyzer\.standard:StandardAnalyzer\.tokenize: expected source {expected}, found [0-9a-f]{{12}}$")

    def test_tell_what_is_not_there(self) -> None:
        patch = dataclasses.replace(WORDS, upstream={"gone:Thing.work": "0", "db:MilvusLite.gone": "0"})
        self.assertEqual(
            patch.misfits(),
            [
                "milvus_lite.gone:Thing.work: expected source 0, found nothing of that name",
                "milvus_lite.db:MilvusLite.gone: expected source 0, found nothing of that name",
            ],
        )

    def test_stop_a_server_that_must_not_run_without(self) -> None:
        with self.changed(), self.assertRaises(SystemExit) as ended:
            apply_fitting([WORDS])
        message = str(ended.exception)
        self.assertIn(f"The patch `words` was made for milvus-lite {VERSION} and does not fit", message)
        self.assertIn(WORDS.without_it, message)
        self.assertIn(f"Install milvus-lite=={VERSION}", message)

    def test_leave_a_server_without_what_only_makes_it_faster(self) -> None:
        told = io.StringIO()
        optional: Patch = dataclasses.replace(WORDS, is_required=False)
        with self.changed() as unpatched, redirect_stderr(told):
            apply_fitting([optional])
            self.assertIs(StandardAnalyzer.tokenize, unpatched)
        self.assertRegex(told.getvalue(), "^Going without. The patch `words` was made for")
