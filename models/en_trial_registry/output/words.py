"""New words, which a pipeline forgets, and the room that they leave behind."""

from typing import Any, Final

from spacy.attrs import NORM
from spacy.vocab import Vocab

from ..normalize import forget

_LIMIT: Final = 50_000
_KEPT: Final = ("vectors", "lookups")


def tidy(vocab: Vocab) -> None:
    """Build a vocabulary's tables anew if many words went through it, forget values.

    A memory zone takes its words out of the tables of spaCy, but a place once used
    counts as used, and the tables double when places run out: 22 MB for a million
    words. Values that are kept lie between what is freed, and hold its memory. No
    document of the vocabulary may be in use.

    vocab (Vocab): The vocabulary, outside of memory zones.
    """
    if len(vocab) > _LIMIT:
        forget()
        getters: Any = vocab.lex_attr_getters  # type: ignore[attr-defined]
        norm = getters[NORM]
        vocab.from_bytes(vocab.to_bytes(exclude=_KEPT), exclude=_KEPT)
        # Loading puts the table of norms, if there is one, in front of it once more.
        getters[NORM] = norm
