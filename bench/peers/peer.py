"""What a reader of a tutorial would write: one process that encodes one at a time and asks a store in it.

    peer.py STORE MODEL_FOLDER DATA_FOLDER

STORE is milvus (MilvusClient on a Lite file) or chroma. Takes commands from standard input and answers them on standard
output, one JSON line each:

    {"do": "texts", "texts": [...]}                   -> {"ms": ...}                 encodes and stores
    {"do": "pictures", "files": [...]}                -> {"ms": ...}
    {"do": "search", "queries": [...], "threads": n}  -> {"ms": ..., "each": [...]}  encodes and searches, top 5
"""

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy
import onnxruntime
from PIL import Image
from tokenizers import Tokenizer

TOP = 5
ROWS_A_CALL = 1000


class Encoder:
    """JinaCLIP's two towers by ONNX Runtime as it comes; unit vectors."""

    def __init__(self, folder: str) -> None:
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(512)
        with open(os.path.join(folder, "preprocessor_config.json"), encoding="utf-8") as file:
            settings = json.load(file)
        self.side = settings["size"]
        self.mean = numpy.array(settings["mean"], numpy.float32)
        self.std = numpy.array(settings["std"], numpy.float32)
        self.text_tower = onnxruntime.InferenceSession(os.path.join(folder, "onnx/text_model.onnx"))
        self.picture_tower = onnxruntime.InferenceSession(os.path.join(folder, "onnx/vision_model.onnx"))

    def text(self, text: str) -> list[float]:
        ids = numpy.array([self.tokenizer.encode(text).ids], numpy.int64)
        return unit(self.text_tower.run(None, {"input_ids": ids})[0][0])

    def picture(self, path: str) -> list[float]:
        image = Image.open(path).convert("RGB")
        scale = self.side / min(image.size)
        image = image.resize([max(self.side, round(length * scale)) for length in image.size], Image.Resampling.BICUBIC)
        left, top = (image.width - self.side) // 2, (image.height - self.side) // 2
        image = image.crop((left, top, left + self.side, top + self.side))
        pixels = (numpy.asarray(image, numpy.float32) / 255 - self.mean) / self.std
        return unit(self.picture_tower.run(None, {"pixel_values": pixels.transpose(2, 0, 1)[None]})[0][0])


def unit(vector: numpy.ndarray) -> list[float]:
    return (vector / numpy.linalg.norm(vector)).tolist()


class Milvus:
    def __init__(self, folder: str, dimension: int) -> None:
        from pymilvus import MilvusClient

        self.client = MilvusClient(uri=os.path.join(folder, "demo.db"))
        self.client.create_collection(
            collection_name="demo", auto_id=True, dimension=dimension, enable_dynamic_field=True, metric_type="COSINE"
        )

    def insert(self, field: str, contents: list[str], vectors: list[list[float]]) -> None:
        rows = [{field: content, "vector": vector} for content, vector in zip(contents, vectors)]
        for at in range(0, len(rows), ROWS_A_CALL):
            self.client.insert(collection_name="demo", data=rows[at : at + ROWS_A_CALL])
        self.client.flush("demo")
        self.client.load_collection("demo")

    def search(self, vector: list[float]) -> int:
        found = self.client.search(
            collection_name="demo",
            data=[vector],
            output_fields=["image_url", "text"],
            limit=TOP,
            search_params={"metric_type": "COSINE"},
        )
        return len(found[0])


class Chroma:
    def __init__(self, folder: str, _dimension: int) -> None:
        import chromadb

        client = chromadb.PersistentClient(folder, chromadb.Settings(anonymized_telemetry=False))
        self.collection = client.create_collection("demo", metadata={"hnsw:space": "cosine"})
        self.count = 0

    def insert(self, field: str, contents: list[str], vectors: list[list[float]]) -> None:
        for at in range(0, len(contents), ROWS_A_CALL):
            part = contents[at : at + ROWS_A_CALL]
            ids = [str(self.count + place) for place in range(len(part))]
            kinds = [{"kind": field}] * len(part)
            self.collection.add(ids=ids, embeddings=vectors[at : at + ROWS_A_CALL], documents=part, metadatas=kinds)
            self.count += len(part)

    def search(self, vector: list[float]) -> int:
        return len(self.collection.query(query_embeddings=[vector], n_results=TOP)["ids"][0])


class Peer:
    def __init__(self, store: str, model: str, folder: str) -> None:
        self.encoder = Encoder(model)
        self.store = {"milvus": Milvus, "chroma": Chroma}[store](folder, len(self.encoder.text("a text")))

    def answer(self, command: dict) -> dict:
        began = time.perf_counter()
        if command["do"] == "texts":
            self.store.insert("text", command["texts"], [self.encoder.text(text) for text in command["texts"]])
        elif command["do"] == "pictures":
            self.store.insert("image_url", command["files"], [self.encoder.picture(path) for path in command["files"]])
        elif command["threads"] == 1:
            each = [self.search(query) for query in command["queries"]]
            return {"ms": since(began), "each": each}
        else:
            with ThreadPoolExecutor(command["threads"]) as pool:
                each = list(pool.map(self.search, command["queries"]))
            return {"ms": since(began), "each": each}
        return {"ms": since(began)}

    def search(self, query: str) -> float:
        began = time.perf_counter()
        found = self.store.search(self.encoder.text(query))
        if found != TOP:
            raise RuntimeError(f"a search found {found} of {TOP}")
        return since(began)


def since(began: float) -> float:
    return 1000 * (time.perf_counter() - began)


def main(store: str, model: str, folder: str) -> None:
    # Libraries print too; what they say must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    peer = Peer(store, model, folder)
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(peer.answer(json.loads(line))), file=answers, flush=True)
    # Their threads outlive the program else.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
