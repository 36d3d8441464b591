"""Makes Milvus Lite keep what it acknowledged where it would not: see `replacements`."""

import errno
import functools
import os
import sys
import threading

from milvus_lite.db import MilvusLite
from milvus_lite.engine.collection import Collection

COLLECTION = "engine.collection:Collection"
# What is left free for the ledger, pictures and Lite's own small files.
RESERVED_BYTES = 16 * 1024 * 1024


def replacements() -> dict:
    """Closes four ways in which Lite loses rows.

    Calls at the same time opened a collection twice, as after a restart: two copies wrote over each other's log. Writes
    at the same time tore the log, as when a client gave one up and sent it again. On a full disk Lite wrote on behind
    half a record, and deleted the log of a flush that had failed. A write during the end got into a log that was then
    deleted.
    """
    writes = threading.RLock()
    changes = ("insert", "upsert", "delete", "flush", "close")
    return {
        "db:MilvusLite.get_collection": one_at_a_time(MilvusLite.get_collection, threading.RLock()),
        **{f"{COLLECTION}.{name}": one_at_a_time(getattr(Collection, name), writes) for name in changes},
        f"{COLLECTION}._apply": with_room_to_write(or_die(Collection._apply)),
        f"{COLLECTION}._trigger_flush": with_room_to_flush(or_die(Collection._trigger_flush)),
    }


def one_at_a_time(call, lock):
    """The same call, of which no two run at once; nor do others with the same lock."""

    @functools.wraps(call)
    def alone(*args, **options):
        with lock:
            return call(*args, **options)

    return alone


def or_die(step):
    """A step that failed halfway ends the process: the next start recovers from the log what was acknowledged."""

    @functools.wraps(step)
    def whole(*args):
        try:
            return step(*args)
        except BaseException as error:
            sys.stderr.write(f"Milvus Lite could not finish {step.__name__} and ends: {error}\n")
            sys.stderr.flush()
            os._exit(74)

    return whole


def with_room_to_write(write):
    """Writes only while there is room for the record and for flushing all that is held in memory."""

    def write_with_room(collection: Collection, operation) -> None:
        held = collection._memtable.estimated_memory_bytes
        check_room(collection, 2 * (held + operation.batch.nbytes))
        write(collection, operation)

    return write_with_room


def with_room_to_flush(flush):
    """Does not begin what it could not finish. Needs less than a write leaves."""

    def flush_with_room(collection: Collection) -> None:
        check_room(collection, collection._memtable.estimated_memory_bytes - RESERVED_BYTES // 2)
        flush(collection)

    return flush_with_room


def check_room(collection: Collection, needed_bytes: int) -> None:
    """Raises OSError unless that much can be written beside what is reserved."""
    disk = os.statvfs(collection.data_dir)
    if disk.f_flag & os.ST_RDONLY:
        raise OSError(errno.EROFS, "Read-only file system")
    free = disk.f_bavail * disk.f_frsize - RESERVED_BYTES
    if free < needed_bytes:
        raise OSError(errno.ENOSPC, f"No space left on device: {(needed_bytes - free >> 20) + 1} MiB more must be free")
