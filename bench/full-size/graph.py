"""A graph of ONNX nodes with random weights, for models of true size that know nothing."""

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper


class Graph:
    """Collects nodes and random weights under names of their own."""

    def __init__(self, seed: int, width: int = 768, heads: int = 12) -> None:
        self.width, self.head_count = width, heads
        self.random = numpy.random.default_rng(seed)
        self.nodes: list = []
        self.weights: list = []
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"t{self.count}"

    def constant(self, array: numpy.ndarray) -> str:
        name = self.name()
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def weight(self, *shape: int) -> str:
        return self.constant(self.random.standard_normal(shape, dtype=numpy.float32) * numpy.float32(0.02))

    def op(self, kind: str, *inputs: str, **attributes: object) -> str:
        name = self.name()
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def shape(self, x: str, *sides: int) -> str:
        return self.op("Reshape", x, self.constant(numpy.array(sides, dtype=numpy.int64)))

    def linear(self, x: str, width_in: int, width_out: int) -> str:
        return self.op("Add", self.op("MatMul", x, self.weight(width_in, width_out)), self.weight(width_out))

    def norm(self, x: str) -> str:
        ones, zeros = numpy.ones(self.width, numpy.float32), numpy.zeros(self.width, numpy.float32)
        return self.op("LayerNormalization", x, self.constant(ones), self.constant(zeros), axis=-1)

    def heads(self, x: str, permutation: list[int]) -> str:
        split = self.shape(self.linear(x, self.width, self.width), 0, 0, self.head_count, self.width // self.head_count)
        return self.op("Transpose", split, perm=permutation)

    def attention(self, x: str, bias: str | None) -> str:
        query, key, value = self.heads(x, [0, 2, 1, 3]), self.heads(x, [0, 2, 3, 1]), self.heads(x, [0, 2, 1, 3])
        scale = self.constant(numpy.array((self.width // self.head_count) ** -0.5, dtype=numpy.float32))
        scores = self.op("Mul", self.op("MatMul", query, key), scale)
        weights = self.op("Softmax", scores if bias is None else self.op("Add", scores, bias), axis=-1)
        mixed = self.op("Transpose", self.op("MatMul", weights, value), perm=[0, 2, 1, 3])
        return self.linear(self.shape(mixed, 0, 0, self.width), self.width, self.width)

    def gated(self, x: str, hidden: int) -> str:
        gate = self.linear(x, self.width, hidden)
        gate = self.op("Mul", gate, self.op("Sigmoid", gate))
        return self.linear(self.op("Mul", gate, self.linear(x, self.width, hidden)), hidden, self.width)

    def plain(self, x: str, hidden: int, activation: str) -> str:
        return self.linear(getattr(self, activation)(self.linear(x, self.width, hidden)), hidden, self.width)

    def number(self, value: float) -> str:
        return self.constant(numpy.array(value, dtype=numpy.float32))

    def quick_gelu(self, x: str) -> str:
        return self.op("Mul", x, self.op("Sigmoid", self.op("Mul", x, self.number(1.702))))

    def gelu(self, x: str) -> str:
        erf = self.op("Erf", self.op("Mul", x, self.number(0.5**0.5)))
        return self.op("Mul", self.op("Mul", x, self.op("Add", erf, self.number(1))), self.number(0.5))

    def tanh_gelu(self, x: str) -> str:
        cube = self.op("Mul", self.op("Mul", self.op("Mul", x, x), x), self.number(0.044715))
        bent = self.op("Tanh", self.op("Mul", self.op("Add", x, cube), self.number(0.7978846)))
        return self.op("Mul", self.op("Mul", x, self.op("Add", bent, self.number(1))), self.number(0.5))

    def block(self, x: str, hidden: int, bias: str | None = None, activation: str | None = None) -> str:
        """A layer before whose parts the values are normalised; without an activation its hidden part is gated (SwiGLU)."""
        x = self.op("Add", x, self.attention(self.norm(x), bias))
        normed = self.norm(x)
        return self.op("Add", x, self.gated(normed, hidden) if activation is None else self.plain(normed, hidden, activation))

    def patches(self, side: int, size: int) -> str:
        """Pictures as rows of patches: [pictures, rows, width]."""
        found = self.op("Conv", "pixel_values", self.weight(self.width, 3, size, size), kernel_shape=[size] * 2, strides=[size] * 2)
        return self.op("Transpose", self.shape(found, 0, self.width, (side // size) ** 2), perm=[0, 2, 1])

    def save(self, path: str, sources: list, result: str, output: str, shape: list) -> None:
        self.nodes.append(helper.make_node("Identity", [result], [output]))
        value = helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)
        graph = helper.make_graph(self.nodes, "tower", sources, [value], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        onnx.save(model, path)
