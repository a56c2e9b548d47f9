"""What earlier pushes left on the server: found, and cleared up."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from corpus.annotation import CorpusError
from corpus.correct.examples import Example, content, parse_example
from corpus.correct.parts import Part
from corpus.correct.session import Session


def read_examples(session: Session, project: int) -> list[Example]:
    """Read all examples of a project.

    session (Session): A session with the server.
    project (int): Number of the project.
    RETURNS (list[Example]): In order of their numbers.
    """
    rows = session.ask("examples", project=project)
    return sorted(map(parse_example, rows), key=lambda example: example.id)


@dataclass
class ClearedUp:
    """What stays of a project's examples after clearing up.

    kept (list[Example]): One of each key, and those that are not of this push.
    repaired (list[str]): Keys of examples that were incomplete, and deleted.
    removed (list[str]): Keys of examples that stood more than once.
    """

    kept: list[Example]
    repaired: list[str]
    removed: list[str]


def clear_up(
    session: Session, project: int, sent: Mapping[str, Part], whole: Container[str]
) -> ClearedUp:
    """Delete what earlier pushes left double or incomplete.

    session (Session): A session with the server.
    project (int): Number of the project.
    sent (Mapping[str, Part]): What is to be there, by key.
    whole (Container[str]): Pushes that were read back whole.
    RETURNS (ClearedUp): What stays, and what was deleted.
    RAISES (CorpusError): If it can't be told which of several examples to keep, or a
        text was edited.
    """
    kept, extra = _part_doubles(read_examples(session, project), sent, whole, session)
    _check_texts(sent, kept, session)
    broken = [e for e in kept if e.key in sent and is_torn(sent[e.key], e, whole)]
    deleted = [*extra, *broken]
    if deleted:
        session.ask("delete", project=project, ids=[e.id for e in deleted])
    repaired = [example.key for example in broken]
    stays = [example for example in kept if example.key not in set(repaired)]
    return ClearedUp(stays, repaired, [example.key for example in extra])


def is_torn(sent: Part, example: Example, whole: Container[str] = ()) -> bool:
    """Judge whether an import ended before it had written the annotation.

    An import writes examples first, then spans, then relations. What came whole, or was
    ticked, is left alone: there, somebody who annotates deleted what is missing.

    sent (Part): What was to be there.
    example (Example): What is there.
    whole (Container[str]): Pushes that were read back whole.
    RETURNS (bool): Whether it is to be sent again.
    """
    if example.push in whole:
        return False
    if example.confirmed_by is not None or example.problem is not None:
        return False
    _, spans, links = content(sent)
    _, there, there_links = content(example.part)
    no_spans = bool(spans) and not there
    no_links = bool(links) and not there_links and there == spans
    return no_spans or no_links


def _part_doubles(
    present: Sequence[Example],
    sent: Mapping[str, Part],
    whole: Container[str],
    session: Session,
) -> tuple[list[Example], list[Example]]:
    """Keep one example of each key: the one that somebody worked on, if any."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in present:
        groups[example.key].append(example)
    kept: list[Example] = []
    extra: list[Example] = []
    for key, same in groups.items():
        if key not in sent:
            kept += same
            continue
        worked = [e for e in same if _is_worked_on(sent[key], e, whole)]
        if len(worked) > 1:
            raise CorpusError(
                f"{session.place}, {key}",
                f"stands {len(same)} times, and was worked on in {len(worked)} of them",
                "Delete all but one in doccano",
            )
        intact = [e for e in same if content(e.part) == content(sent[key])]
        keep = (worked or intact or same)[0]
        kept.append(keep)
        extra += [e for e in same if e is not keep]
    return kept, extra


def _is_worked_on(sent: Part, example: Example, whole: Container[str]) -> bool:
    if example.confirmed_by is not None:
        return True
    changed = content(example.part) != content(sent)
    return changed and not is_torn(sent, example, whole)


def _check_texts(
    sent: Mapping[str, Part], present: Sequence[Example], session: Session
) -> None:
    for example in present:
        part = sent.get(example.key)
        if part is not None and part.text != example.part.text:
            raise CorpusError(
                f"{session.place}, {example.key}",
                "has another text on the server than the record has",
                "Undo the edit there, or give the round another name",
            )
