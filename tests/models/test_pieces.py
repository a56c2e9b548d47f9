import pytest
from en_trial_registry.pieces import find_pieces


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("Keepers chew chalk.", []),
        ("A1\nTitle\n\nArms\n[Arm] Chalk\n\nInterventions\n[Drug] Tea\nx\n",
         ["title", "intervention[0]"]),
        ("Arms\n[Arm] Chalk\n[Arm] Tea\nOne.\nTwo.\n", ["arm[1]"]),
        (
            "Interventions\n[Drug] Tea\nOther names: A\nnot the last line\n"
            "Other names: B\n",
            ["intervention[0]"],
        ),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_cut(text: str, names: list[str]) -> None:
    assert [piece.name for piece in find_pieces(text)] == names


def test_the_last_alias_line_alone_is_left_out() -> None:
    text = "Interventions\n[Drug] Tea\nOther names: a\nb\nOther names: c\n"
    (piece,) = find_pieces(text)
    assert text[piece.start : piece.end] == "Other names: a\nb"
