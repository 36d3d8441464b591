"""Applies the patches that fit the installed package: see `apply_fitting`."""

import sys
from importlib import metadata

from patch import Patch
from patches import VERSION


def apply_fitting(patches: list[Patch]) -> None:
    """
    Exits, saying why, when a patch does not fit that the server must not run without; goes without any other, with a line
    on standard error that begins with "Going without".
    """
    misfits = {patch.name: patch.misfits() for patch in patches}
    refused = [patch for patch in patches if patch.is_required and misfits[patch.name]]
    if refused:
        sys.exit("\n".join([*(explained(patch, misfits[patch.name]) for patch in refused), ADVICE]))
    for patch in patches:
        if misfits[patch.name]:
            print(f"Going without. {explained(patch, misfits[patch.name])}", file=sys.stderr, flush=True)
        else:
            patch.apply()


ADVICE = f"Install milvus-lite=={VERSION} (requirements.txt), or set MILVUS_LITE_PYTHON to a Python that has it."


def explained(patch: Patch, misfits: list[str]) -> str:
    found = metadata.version("milvus-lite")
    return (
        f"The patch `{patch.name}` was made for milvus-lite {VERSION} and does not fit {found}: "
        f"{'; '.join(misfits)}. Without it {patch.without_it}."
    )
