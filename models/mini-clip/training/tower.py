"""The locked text tower (all-MiniLM-L6-v2), read from the model's own ONNX file: texts -> unit vectors."""

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from tokenizers import Tokenizer

HEADS, LAYERS = 12, 6
EPSILON = 1e-12
LONGEST = 64

Weights = dict[str, torch.Tensor]


def read_tower(path: str) -> Weights:
    """The weights by their names in BERT, multiplied out from int8; matrices are [inputs, outputs]."""
    graph = onnx.load(path).graph
    stored = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear":
            stored[node.output[0]] = multiplied_out(stored, node)
    return {name: torch.tensor(values) for name, values in (stored | matrices(graph, stored)).items()}


def multiplied_out(stored: dict[str, np.ndarray], node: onnx.NodeProto) -> np.ndarray:
    """A weight that is stored as int8 with a scale per channel."""
    packed, scale = stored[node.input[0]], stored[node.input[1]]
    shape = [1] * packed.ndim
    shape[node.attribute[0].i] = -1
    return packed.astype(np.float32) * scale.reshape(shape)


def matrices(graph: onnx.GraphProto, stored: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The matrices, named after the bias that is added to their product."""
    products = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
    found = {}
    for node in graph.node:
        if node.op_type == "Add":
            bias = next((name for name in node.input if name.endswith(".bias")), None)
            product = next((name for name in node.input if name in products), None)
            if bias and product:
                found[bias.removesuffix("bias") + "matrix"] = stored[products[product]]
    return found


class TextTower:
    """Embeds texts on a device."""

    def __init__(self, folder: str, device: str | torch.device = "cpu"):
        weights = read_tower(f"{folder}/onnx/text_model.onnx")
        self.weights = {name: values.to(device) for name, values in weights.items()}
        self.tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.enable_padding(pad_id=0)
        self.device = device

    @torch.no_grad()
    def embed(self, texts: list[str], batch: int = 1024) -> torch.Tensor:
        """Unit vectors [n, 384], float32, on the device."""
        vectors = torch.zeros(len(texts), 384, device=self.device)
        # Texts of like length together: little of the work is padding.
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            tokens = self.tokenizer.encode_batch([texts[row] for row in rows])
            ids = torch.tensor([entry.ids for entry in tokens], device=self.device)
            vectors[torch.tensor(rows, device=self.device)] = F.normalize(self.mean_of(ids), dim=-1)
        return vectors

    def mean_of(self, ids: torch.Tensor) -> torch.Tensor:
        """The mean of the last layer over all tokens but the padding."""
        mask = ids != 0
        x = self.embedded(ids)
        for number in range(LAYERS):
            x = self.layer(x, mask, f"bert.encoder.layer.{number}")
        kept = mask[..., None].float()
        return (x * kept).sum(1) / kept.sum(1)

    def embedded(self, ids: torch.Tensor) -> torch.Tensor:
        """Words, their places and the only token type."""
        words, places, types = (
            self.weights[f"bert.embeddings.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")
        )
        return self.norm(words[ids] + places[: ids.shape[1]] + types[0], "bert.embeddings.LayerNorm")

    def layer(self, x: torch.Tensor, mask: torch.Tensor, name: str) -> torch.Tensor:
        """One layer of BERT."""
        attended = self.linear(self.attend(x, mask, f"{name}.attention.self"), f"{name}.attention.output.dense")
        x = self.norm(x + attended, f"{name}.attention.output.LayerNorm")
        inner = F.gelu(self.linear(x, f"{name}.intermediate.dense"))
        return self.norm(x + self.linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def attend(self, x: torch.Tensor, mask: torch.Tensor, name: str) -> torch.Tensor:
        """Self-attention with the padding hidden."""
        n, length, width = x.shape
        query, key, value = (
            self.linear(x, f"{name}.{kind}").view(n, length, HEADS, -1).transpose(1, 2)
            for kind in ("query", "key", "value")
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        return mixed.transpose(1, 2).reshape(n, length, width)

    def linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        """A matrix and a bias."""
        return x @ self.weights[f"{name}.matrix"] + self.weights[f"{name}.bias"]

    def norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        """Layer normalisation."""
        scale, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return F.layer_norm(x, (x.shape[-1],), scale, bias, EPSILON)
