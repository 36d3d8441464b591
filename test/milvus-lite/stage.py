"""Milvus Lite's engine in this process, on collections like those of Parallax; and what every test of a patch asks."""

import contextlib
import shutil
import tempfile
import unittest
from pathlib import Path
from typing import Iterator
from unittest import mock

from milvus_lite.db import MilvusLite
from milvus_lite.engine.collection import Collection
from milvus_lite.schema.types import CollectionSchema, DataType, FieldSchema, Function, FunctionType

from patch import Patch, owner_of
from patches import PATCHES

DIMENSION = 64
PARTITIONS = ("text", "image")

SCHEMA = CollectionSchema(
    fields=[
        FieldSchema("id", DataType.VARCHAR, is_primary=True, max_length=64),
        FieldSchema("tenant", DataType.VARCHAR, max_length=128),
        FieldSchema("text", DataType.VARCHAR, max_length=65_535, enable_analyzer=True),
        FieldSchema("metadata", DataType.JSON),
        FieldSchema("terms", DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=4_096, max_length=32),
        FieldSchema("vector", DataType.FLOAT_VECTOR, dim=DIMENSION),
        FieldSchema("keywords", DataType.SPARSE_FLOAT_VECTOR, is_function_output=True),
    ],
    functions=[Function("bm25", FunctionType.BM25, ["text"], ["keywords"])],
)


def row(name: str, text: str = "", number: int = 0, vector: list[float] | None = None) -> dict:
    return {
        "id": name,
        "tenant": "default",
        "text": text,
        "metadata": {"number": number},
        "terms": [f"term {number}", "all"],
        "vector": vector or [1.0, *[float(number)] * (DIMENSION - 1)],
    }


@contextlib.contextmanager
def new_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="parallax-lite-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Collection]:
    """The collection of a folder, made if it is not there."""
    lite = MilvusLite(str(folder))
    try:
        yield collection_of(lite)
    finally:
        with contextlib.suppress(Exception):
            lite.close()


@contextlib.contextmanager
def new_collection() -> Iterator[Collection]:
    with new_folder() as folder, opened(folder) as collection:
        yield collection


def collection_of(lite: MilvusLite) -> Collection:
    if lite.has_collection("documents"):
        collection = lite.get_collection("documents")
        collection.load()
        return collection
    collection = lite.create_collection("documents", SCHEMA)
    for partition in PARTITIONS:
        collection.create_partition(partition)
    collection.create_index("vector", {"index_type": "FLAT", "metric_type": "COSINE"})
    collection.create_index("keywords", {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "BM25"})
    collection.load()
    return collection


def names_after_kill(folder: Path) -> set[str]:
    """The rows of a folder as they would be found if its process was killed now."""
    with new_folder() as elsewhere:
        shutil.copytree(folder, elsewhere / "copy")
        with opened(elsewhere / "copy") as collection:
            return {found["id"] for found in collection.query('id != ""', ["id"])}


def patch_of(name: str) -> Patch:
    return next(patch for patch in PATCHES if patch.name == name)


@contextlib.contextmanager
def applied(patch: Patch) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for target, new in patch.replacements().items():
            stack.enter_context(mock.patch.object(*owner_of(target), new))
        yield


class PatchCase(unittest.TestCase):
    """Tests of one patch. Outside `self.patched()` the package is as it was published."""

    patch_name: str

    def patched(self) -> contextlib.AbstractContextManager[None]:
        return applied(patch_of(self.patch_name))

    def assert_still_needed(self, is_needed: bool, mended: str) -> None:
        self.assertTrue(is_needed, f"upstream has mended {mended}: drop the patch `{self.patch_name}`")
