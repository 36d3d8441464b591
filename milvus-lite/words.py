"""Makes Milvus Lite split texts into words as src/stores/memory/bm25.ts does: see `replacements`."""

import re
import unicodedata

from milvus_lite.analyzer.standard import StandardAnalyzer

# Combining marks are below this; looked for one by one, which takes some milliseconds.
BEYOND_MARKS = 0x1F000
# But for these, which choose between the forms of a character.
SELECTORS = "\U000e0100-\U000e01ef"
# Show nothing within a word: soft hyphen, zero width non-joiner and joiner, word joiner.
JOINERS = dict.fromkeys((0x00AD, 0x200C, 0x200D, 0x2060))


def replacements() -> dict:
    """Lite's words are runs of what Python calls \\w, which has no combining marks: Hindi, Thai and accents of their own
    (e + U+0301) fall to pieces, and é as one character never meets é as two."""
    word = re.compile(rf"\w[\w{marks()}]*")

    def tokenize(analyzer, text: str) -> list[str]:
        whole = unicodedata.normalize("NFC", text).translate(JOINERS).lower()
        return [found for found in word.findall(whole) if found not in analyzer._stop_words]

    return {"analyzer.standard:StandardAnalyzer.tokenize": tokenize}


def marks() -> str:
    """Unicode's combining marks as ranges of a character class."""
    ranges, start = [], None
    for code in range(0x0300, BEYOND_MARKS):
        is_mark = unicodedata.category(chr(code)).startswith("M")
        if is_mark and start is None:
            start = code
        elif not is_mark and start is not None:
            ranges.append(f"{chr(start)}-{chr(code - 1)}")
            start = None
    return "".join(ranges) + SELECTORS
