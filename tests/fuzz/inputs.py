"""Inputs for hypothesis: seeds with changes, words of the field, and any bytes."""

from hypothesis import strategies as st

from tests.fuzz.targets import seeds

WORDS = (
    "25 mg twice daily for weeks to up of every x10^9 /L >= < ULN q3w days 1, 8 - – ± "
    "baseline after before months NCT90000001 Inclusion Criteria: [Time Frame: ] ( ) "
    '{ } [ ] " : , \n \n\n \t \x1f \0 \ud7ff \u202e Arms Interventions <a_b> &x; \\'
).split(" ")


def inputs(target: str) -> st.SearchStrategy[bytes]:
    """Choose how to make inputs for a target.

    target (str): A key of `TARGETS`.
    RETURNS (SearchStrategy[bytes]): The inputs.
    """
    words = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=40)
    separator = st.sampled_from((" ", "", "\n", "\x1f"))
    said = st.builds(
        lambda s, w: s.join(w).encode("utf-8", "replace"), separator, words
    )
    return st.binary(max_size=300) | said | changed(seeds(target)) | joined(said)


def joined(said: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return st.builds(lambda head, text: head + b"\x1f" + text, st.binary(), said)


def changed(whole: list[bytes]) -> st.SearchStrategy[bytes]:
    """Cut a piece out of a seed, or put one in."""

    def change(seed: bytes, at: float, length: int, piece: bytes) -> bytes:
        start = int(at * len(seed))
        return seed[:start] + piece + seed[start + length :]

    return st.builds(
        change,
        st.sampled_from(whole),
        st.floats(0, 1),
        st.integers(0, 50),
        st.binary(max_size=8) | st.sampled_from(WORDS).map(str.encode),
    )
