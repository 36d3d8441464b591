"""Runs Milvus Lite as a child of Parallax: python milvus-lite.py --data-dir D --host H --port P

Three things that `milvus-lite server` does not do: it stops, flushing, when its standard input closes, which is when the
parent is gone, so that no orphan keeps the data folder locked; it refuses a port that is in use, where gRPC's default
lets two servers share one and clients reach either; and it loses nothing that it acknowledged when the disk is full.
"""

import argparse
import errno
import functools
import os
import signal
import sys
import threading

import grpc
from milvus_lite.adapter.grpc.server import run_server
from milvus_lite.engine.collection import Collection

# What is left free for the ledger, pictures and Lite's own small files.
RESERVED_BYTES = 16 * 1024 * 1024


def stop_with_parent() -> None:
    """Waits until standard input closes, then asks this process to stop as Ctrl-C would."""
    while sys.stdin.buffer.read(4096):
        pass
    os.kill(os.getpid(), signal.SIGINT)


def check_room(collection: Collection, needed_bytes: int) -> None:
    """Raises OSError unless that much can be written beside what is reserved."""
    disk = os.statvfs(collection.data_dir)
    if disk.f_flag & os.ST_RDONLY:
        raise OSError(errno.EROFS, "Read-only file system")
    free = disk.f_bavail * disk.f_frsize - RESERVED_BYTES
    if free < needed_bytes:
        raise OSError(errno.ENOSPC, f"No space left on device: {needed_bytes - free >> 20} MiB more must be free")


def or_die(step):
    """A step that failed halfway ends the process: the next start recovers what was acknowledged from the log."""

    @functools.wraps(step)
    def whole(*args):
        try:
            return step(*args)
        except BaseException as error:
            sys.stderr.write(f"Milvus Lite could not finish {step.__name__} and ends: {error}\n")
            sys.stderr.flush()
            os._exit(74)

    return whole


def keep_what_was_acknowledged() -> None:
    """On a full disk Lite would go on behind a record that is half written, and delete the log of a flush that failed.

    So a write is refused while there is no room for it and for flushing it, and a flush is not begun.
    """
    write, flush = or_die(Collection._apply), or_die(Collection._trigger_flush)

    def write_with_room(collection: Collection, operation) -> None:
        held = collection._memtable.estimated_memory_bytes
        check_room(collection, 2 * (held + operation.batch.nbytes))
        write(collection, operation)

    def flush_with_room(collection: Collection) -> None:
        check_room(collection, collection._memtable.estimated_memory_bytes - RESERVED_BYTES // 2)
        flush(collection)

    Collection._apply = write_with_room
    Collection._trigger_flush = flush_with_room


def main() -> None:
    parser = argparse.ArgumentParser(description="Milvus Lite as a child process")
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()

    unlimited = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    build_server = grpc.server
    grpc.server = functools.wraps(build_server)(
        lambda pool, **options: build_server(
            pool, **{**options, "options": [*(options.get("options") or []), *unlimited, ("grpc.so_reuseport", 0)]}
        )
    )
    # A parent that ignores SIGINT hands that down; Python then never raises KeyboardInterrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    keep_what_was_acknowledged()
    threading.Thread(target=stop_with_parent, daemon=True).start()
    run_server(given.data_dir, given.host, given.port)


if __name__ == "__main__":
    main()
