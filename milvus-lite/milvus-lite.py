"""Runs Milvus Lite as a child of Parallax: python milvus-lite.py --data-dir D --host H --port P

Things that `milvus-lite server` does not do: it stops, flushing, when its standard input closes, which is when the
parent is gone, so that no orphan keeps the data folder locked; it refuses a port that is in use, where gRPC's default
lets two servers share one and clients reach either; it loads of pymilvus the messages alone; and it applies the patches of
README.md, or says which does not fit.
"""

import argparse
import importlib.util
import os
import signal
import sys
import threading


def load_messages_alone() -> None:
    """Lite needs pymilvus.grpc_gen. Its parent package, when it is run, loads a whole client and pandas: half of the start."""
    parent = importlib.util.find_spec("pymilvus")
    if parent is not None:
        sys.modules["pymilvus"] = importlib.util.module_from_spec(parent)


load_messages_alone()

import grpc  # noqa: E402
from milvus_lite.adapter.grpc.server import run_server  # noqa: E402

from apply_fitting import apply_fitting  # noqa: E402
from patches import PATCHES  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description="Milvus Lite as a child process")
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    names = [patch.name for patch in PATCHES]
    parser.add_argument("--without", action="append", default=[], choices=names, help="a patch to leave out; for measuring")
    given = parser.parse_args()

    # A parent that ignores SIGINT hands that down. Raised wherever the program is, the signal would end it out of order.
    asked_to_stop = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: asked_to_stop.set())
    # A search gives way to a write, and then waits for it this long, many times over: 5 ms unless told otherwise.
    sys.setswitchinterval(0.0005)
    set_server_options(asked_to_stop)
    apply_fitting([patch for patch in PATCHES if patch.name not in given.without])
    threading.Thread(target=stop_with_parent, daemon=True).start()
    run_server(given.data_dir, given.host, given.port)


def set_server_options(asked_to_stop: threading.Event) -> None:
    # Clients ping more often than gRPC's servers put up with, which then hang up in the middle of a call.
    ours = [("grpc.so_reuseport", 0), ("grpc.http2.max_ping_strikes", 0)]
    build_server = grpc.server

    def wait_for_termination() -> None:
        asked_to_stop.wait()
        raise KeyboardInterrupt  # Which Lite's run_server takes for the wish to stop in order.

    def build(pool, options=(), **others):
        server = build_server(pool, options=[*options, *ours], **others)
        server.wait_for_termination = wait_for_termination
        return server

    grpc.server = build


def stop_with_parent() -> None:
    """Waits until standard input closes, then asks this process to stop as Ctrl-C would."""
    # Not by sys.stdin, whose lock this thread would hold for good: the end would wait a second for it, and then abort.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    main()
