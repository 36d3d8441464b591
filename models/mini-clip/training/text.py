"""The text tower as one graph: BERT layers written out, so that the only input is `input_ids`."""

import torch
from torch import nn


class Text(nn.Module):
    """Token ids [n, length], 0 = padding -> embeddings [n, 384]: BERT layers, then the mean over tokens."""

    def __init__(self, bert: nn.Module):
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """The mean of the last layer over all tokens but the padding."""
        mask = (input_ids != 0).float()
        hide = (1.0 - mask)[:, None, None, :] * -1e9
        x = self.bert.embeddings(input_ids=input_ids)
        for layer in self.bert.encoder.layer:
            x = layer.attention.output(attend(layer.attention.self, x, hide), x)
            x = layer.output(layer.intermediate(x), x)
        return (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)


def attend(attention: nn.Module, x: torch.Tensor, hide: torch.Tensor) -> torch.Tensor:
    """Self-attention with the padding hidden."""
    n, length, width = x.shape

    def heads(values: torch.Tensor) -> torch.Tensor:
        return values.view(n, length, attention.num_attention_heads, -1).transpose(1, 2)

    query, key, value = heads(attention.query(x)), heads(attention.key(x)), heads(attention.value(x))
    scores = query @ key.transpose(-1, -2) / attention.attention_head_size**0.5 + hide
    return (scores.softmax(-1) @ value).transpose(1, 2).reshape(n, length, width)
