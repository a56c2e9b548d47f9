"""Models of small recognisers that learn a few records in seconds."""

from typing import Any


def toy_tok2vec(embed: dict[str, Any]) -> dict[str, Any]:
    """Two layers over an embedding, as wide as that."""
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": embed["width"],
        "depth": 2,
        "window_size": 1,
        "maxout_pieces": 2,
    }
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}


def toy_ner(width: int, *, hidden_width: int = 32) -> dict[str, Any]:
    """A recogniser that listens to a tok2vec of a width."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": hidden_width,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": width},
    }
