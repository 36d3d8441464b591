"""A patch of the milvus-lite package, and whether it fits the package that is installed: see `Patch`."""

import hashlib
import inspect
import operator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Mapping

PACKAGE = "milvus_lite"


@dataclass(frozen=True)
class Patch:
    """
    The module of the same name gives `replacements()`: what to put in place of which functions of the package. It is
    imported only after `misfits` found nothing, since it may import what another version of the package does not have.
    """

    name: str
    # What happens without it, as the rest of a sentence that begins with "Without it".
    without_it: str
    # Whether a server without it must not run at all; else it is only slower.
    is_required: bool
    # What it replaces and what it calls of the package's private parts: "module:name" and the hash of its source.
    upstream: Mapping[str, str]

    def misfits(self) -> list[str]:
        """What of the installed package is not as this patch knows it, a line each; empty: it fits."""
        found = {target: hash_of(target) for target in self.upstream}
        return [
            f"{PACKAGE}.{target}: expected source {expected}, found {found[target] or 'nothing of that name'}"
            for target, expected in self.upstream.items()
            if found[target] != expected
        ]

    def apply(self) -> None:
        for target, new in self.replacements().items():
            setattr(*owner_of(target), new)

    def replacements(self) -> dict[str, Any]:
        found = import_module(self.name).replacements()
        unknown = found.keys() - self.upstream.keys()
        if unknown:
            raise LookupError(f"the patch `{self.name}` replaces what it does not list in patches.py: {sorted(unknown)}")
        return found


def hash_of(target: str) -> str | None:
    """Of the source of a function or class, "engine.collection:Collection.query"; None: there is none."""
    try:
        value = getattr(*owner_of(target))
        source = inspect.getsource(value.fget if isinstance(value, property) else value)
    except (ImportError, AttributeError, TypeError, OSError):
        return None
    return hashlib.sha256(source.rstrip().encode()).hexdigest()[:12]


def owner_of(target: str) -> tuple[Any, str]:
    """The module or class that holds a function or class, and its name there."""
    module, path = target.split(":")
    *owners, name = path.split(".")
    within = import_module(f"{PACKAGE}.{module}")
    return (operator.attrgetter(".".join(owners))(within) if owners else within), name
