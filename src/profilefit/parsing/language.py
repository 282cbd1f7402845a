"""The language a text is written in, by a vote of its function words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from profilefit.library import Library

_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)?")
#: Function words below which no language is told.
_FEWEST = 3
#: Share of letters in a script at which the script settles the language.
_SCRIPT_SHARE = 0.15


def find_language(text: str, library: Library) -> str | None:
    """ISO 639-1 code of the language most of the text is in; ``None`` where there is too little to tell."""
    words = Counter(word.lower() for word in _WORD.findall(text))
    letters = [c for c in text if c.isalpha()]
    votes: dict[str, int] = {}
    for code, language in library.languages.root.items():
        if language.script:
            written = sum(1 for c in letters if not c.isascii() and unicodedata.name(c, "").startswith(language.script))
            if letters and written / len(letters) >= _SCRIPT_SHARE:
                return code
        else:
            votes[code] = sum(words[word] for word in language.words)
    best = max(votes, key=lambda code: (votes[code], code), default=None)
    return best if best is not None and votes[best] >= _FEWEST else None
