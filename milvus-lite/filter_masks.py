"""Which rows of Milvus Lite's segments match a filter: see `mask_of`."""

import threading
import weakref
from typing import Any

import numpy as np
from milvus_lite.search.indexed_filter import evaluate_segment_filter

FILTERS_KEPT = 8
# By the identity of a segment's `seqs`: segments themselves cannot be referred to weakly.
known: dict[int, tuple[weakref.ref, dict[int, tuple[Any, np.ndarray]]]] = {}
one_at_a_time = threading.Lock()


def mask_of(segment, wanted, plan) -> np.ndarray:
    """
    Lite compares every row of a segment for each question. A segment never changes once it is written, and most questions
    have the same filter, the tenant's: those used last are remembered. Not to be written to.
    """
    with one_at_a_time:
        masks = masks_of(segment.seqs)
        kept = masks.pop(id(wanted), None)
        if kept is not None:
            masks[id(wanted)] = kept
            return kept[1]
    mask = evaluate_segment_filter(segment, wanted, plan)
    with one_at_a_time:
        # With the filter itself, so that its identity is not another's meanwhile.
        masks[id(wanted)] = (wanted, mask)
        if len(masks) > FILTERS_KEPT:
            del masks[next(iter(masks))]
    return mask


def masks_of(seqs: np.ndarray) -> dict[int, tuple[Any, np.ndarray]]:
    key = id(seqs)
    of, masks = known.get(key, (None, {}))
    if of is None or of() is not seqs:
        masks = {}
        known[key] = (weakref.ref(seqs, lambda _: known.pop(key, None)), masks)
    return masks
