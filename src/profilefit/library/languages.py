"""The shape of ``skills/languages.toml``: how a text's language is told."""

from __future__ import annotations

from pydantic import Field, RootModel

from profilefit.library.lexicon import Data, Word


class Language(Data):
    """A language, by its little words or by its script.

    Attributes:
        script: first word of the Unicode names of its letters; empty where words must tell.
        words: its commonest function words.
        yes, no: sentences in it and in another language; they run as tests.
    """

    script: str = ""
    words: tuple[Word, ...] = ()
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)


class Languages(RootModel[dict[str, Language]]):
    """The whole file: ISO 639-1 code to language."""
