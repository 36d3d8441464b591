"""Makes Milvus Lite show what it acknowledged while it flushes: see `replacements`."""

import contextlib
import functools
import threading
from typing import Iterator

from milvus_lite.engine.collection import Collection

COLLECTION = "engine.collection:Collection"
READS = ("get", "query", "search")


def replacements() -> dict:
    """A flush takes the rows from memory at its beginning and shows their files at its end. Lite's reads look at one after
    the other: rows that were flushed between are in neither for them. Here a read comes before a flush or after it."""
    reads = {f"{COLLECTION}.{name}": between_flushes(getattr(Collection, name)) for name in READS}
    return {**reads, f"{COLLECTION}._trigger_flush": between_reads(Collection._trigger_flush)}


class Turns:
    """Of one collection: many reads at once, or one flush, for which new reads wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._reads = 0
        self._flushes = 0

    @classmethod
    def of(cls, collection: Collection) -> "Turns":
        # One step of the interpreter: calls at the same time get the same.
        return collection.__dict__.setdefault("_parallax_turns", cls())

    @contextlib.contextmanager
    def read(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: self._flushes == 0)
            self._reads += 1
        try:
            yield
        finally:
            with self._changed:
                self._reads -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def flush(self) -> Iterator[None]:
        with self._changed:
            self._flushes += 1
            self._changed.wait_for(lambda: self._reads == 0)
        try:
            yield
        finally:
            with self._changed:
                self._flushes -= 1
                self._changed.notify_all()


def between_flushes(read):
    @functools.wraps(read)
    def alone(collection, *given, **options):
        with Turns.of(collection).read():
            return read(collection, *given, **options)

    return alone


def between_reads(flush):
    @functools.wraps(flush)
    def alone(collection) -> None:
        with Turns.of(collection).flush():
            flush(collection)

    return alone
