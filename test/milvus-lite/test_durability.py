"""durability: what Lite loses without it, and that it keeps it with it."""

import errno
import io
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from unittest import mock

from milvus_lite import db
from milvus_lite.db import MilvusLite
from milvus_lite.storage import wal

from stage import PatchCase, new_folder, names_after_kill, opened, patch_of, row

ROWS = 100
EXIT_CODE_OF_HALF_DONE = 74


def rows(name: str) -> list[dict]:
    return [row(f"{name} {number}", number=number) for number in range(ROWS)]


def names(*some: str) -> set[str]:
    return {f"{name} {number}" for name in some for number in range(ROWS)}


def at_once(*calls) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class no_space:
    """No file can grow beyond this size within the block, as on a disk that is full."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __enter__(self) -> None:
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._size, self._before[1]))

    def __exit__(self, *_) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


class HesitantFile(io.BufferedWriter):
    """Lets other threads go first at every piece of a record."""

    def write(self, piece) -> int:
        time.sleep(0.0005)
        return super().write(piece)


class Opening(PatchCase):
    patch_name = "durability"

    def opened_at_once(self) -> set[int]:
        """Of two calls that are both on their way to open a collection: which objects they get."""
        both = threading.Barrier(2, timeout=0.3)

        def slowly(path, load=db.load_schema):
            try:
                both.wait()
            except threading.BrokenBarrierError:
                pass
            return load(path)

        with new_folder() as folder:
            with opened(folder):
                pass
            lite, found = MilvusLite(str(folder)), []
            with mock.patch.object(db, "load_schema", slowly):
                at_once(*[lambda: found.append(lite.get_collection("documents"))] * 2)
            lite.close()
        return {id(one) for one in found}

    def test_upstream_opens_a_collection_twice(self) -> None:
        self.assert_still_needed(len(self.opened_at_once()) == 2, "the opening of a collection by two calls at once")

    def test_opens_a_collection_once(self) -> None:
        with self.patched():
            self.assertEqual(len(self.opened_at_once()), 1)


class WritingAtOnce(PatchCase):
    patch_name = "durability"

    def lost(self) -> set[str]:
        acknowledged: set[str] = set()

        def write(name: str) -> None:
            for part in range(5):
                collection.insert(rows(f"{name}{part}"), "text")
                acknowledged.update(names(f"{name}{part}"))

        with new_folder() as folder, opened(folder) as collection:
            with mock.patch.object(wal, "open", lambda path, _: HesitantFile(io.FileIO(path, "wb")), create=True):
                at_once(lambda: write("one"), lambda: write("two"))
            return acknowledged - names_after_kill(folder)

    def test_upstream_tears_its_log(self) -> None:
        self.assert_still_needed(len(self.lost()) > 0, "writes at the same time")

    def test_keeps_its_log_whole(self) -> None:
        with self.patched():
            self.assertEqual(self.lost(), set())


def write_on_a_full_disk(folder: Path) -> None:
    """Prints what was acknowledged."""
    with opened(folder) as collection:
        acknowledge(collection, "before")
        with no_space(collection._wal.size_bytes + 10_000):
            try:
                acknowledge(collection, "during")
            except OSError:
                pass
        acknowledge(collection, "after")
        # As if killed.
        os._exit(0)


def flush_on_a_full_disk(folder: Path) -> None:
    with opened(folder) as collection:
        acknowledge(collection, "before")
        with no_space(1_000):
            try:
                collection.flush()
            except OSError:
                pass
        acknowledge(collection, "after")
        collection.flush()
        os._exit(0)


def write_while_closing(folder: Path) -> None:
    """The write begins when what is in memory was flushed."""
    with opened(folder) as collection:
        acknowledge(collection, "before")
        writing = threading.Thread(target=lambda: acknowledge(collection, "during"))
        flush = collection._trigger_flush

        def flush_and_write() -> None:
            flush()
            writing.start()
            writing.join(0.3)

        with mock.patch.object(collection, "_trigger_flush", flush_and_write):
            collection.close()
        writing.join()
        os._exit(0)


def acknowledge(collection, name: str) -> None:
    collection.insert(rows(name), "text")
    print(name, flush=True)


class InProcessOfItsOwn(PatchCase):
    patch_name = "durability"

    def lost(self, work, *arguments: str) -> tuple[set[str], int]:
        """What was acknowledged and is gone, and how the process ended."""
        with new_folder() as folder:
            command = [sys.executable, __file__, work.__name__, str(folder), *arguments]
            ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
            acknowledged = names(*ended.stdout.split())
            self.assertIn("before 0", acknowledged, ended.stderr)
            return acknowledged - names_after_kill(folder), ended.returncode

    def test_upstream_deletes_a_log_that_was_written_while_it_closed(self) -> None:
        lost, _ = self.lost(write_while_closing)
        self.assert_still_needed(len(lost) > 0, "writing while a collection is closed")

    def test_acknowledges_nothing_once_it_closes(self) -> None:
        self.assertEqual(self.lost(write_while_closing, "patched"), (set(), EXIT_CODE_OF_HALF_DONE))

    def test_upstream_writes_on_behind_half_a_record(self) -> None:
        lost, _ = self.lost(write_on_a_full_disk)
        self.assert_still_needed(len(lost) > 0, "writing on a full disk")

    def test_ends_at_half_a_record(self) -> None:
        self.assertEqual(self.lost(write_on_a_full_disk, "patched"), (set(), EXIT_CODE_OF_HALF_DONE))

    def test_upstream_deletes_the_log_of_a_flush_that_failed(self) -> None:
        lost, _ = self.lost(flush_on_a_full_disk)
        self.assert_still_needed(len(lost) > 0, "flushing on a full disk")

    def test_ends_at_a_flush_that_failed(self) -> None:
        self.assertEqual(self.lost(flush_on_a_full_disk, "patched"), (set(), EXIT_CODE_OF_HALF_DONE))

    def test_refuses_what_it_has_no_room_for_and_goes_on_when_there_is(self) -> None:
        with self.patched(), new_folder() as folder, opened(folder) as collection:
            collection.insert(rows("before"), "text")
            disk = os.statvfs(folder)
            full = os.statvfs_result((*disk[:4], 4_096 * 1_024 // disk.f_frsize, *disk[5:]))
            with mock.patch.object(os, "statvfs", lambda _: full):
                with self.assertRaises(OSError) as refused:
                    collection.insert(rows("during"), "text")
            self.assertEqual(refused.exception.errno, errno.ENOSPC)
            self.assertRegex(str(refused.exception), r"\d+ MiB more must be free")
            collection.insert(rows("after"), "text")
            self.assertEqual(names_after_kill(folder), names("before", "after"))


if __name__ == "__main__":
    work, folder, *patched = sys.argv[1:]
    if patched:
        patch_of(Opening.patch_name).apply()
    by_name = {work.__name__: work for work in (write_on_a_full_disk, flush_on_a_full_disk, write_while_closing)}
    by_name[work](Path(folder))
