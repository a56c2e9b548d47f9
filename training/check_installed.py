"""Run by `verify` in a clean environment: uses the installed wheel and nothing else.

Arguments: the file of golden documents. Prints its findings as one line of JSON.
"""

import json
import math
import pickle
import sys
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

SCORE_TOLERANCE = 0.001


def summary(doc: Doc) -> dict[str, Any]:
    """Collect what a document must keep.

    doc (Doc): An analysed document.
    RETURNS (dict[str, Any]): Text, entities, values, sections and links with character
        offsets; apart from them all scores, in order. As read back from JSON.
    """
    kept = {
        "text": doc.text,
        "entities": [[e.start_char, e.end_char, e.label_, e._.value] for e in doc.ents],
        "sections": [[s.start_char, s.label_] for s in doc.spans["sections"]],
        "relations": [{**link, "score": None} for link in doc._.relations],
        "scores": [e._.score for e in doc.ents]
        + [link["score"] for link in doc._.relations],
    }
    # A DocBin gives lists back as tuples.
    again: dict[str, Any] = json.loads(json.dumps(kept))
    return again


def check(what: str, found: list[Doc], golden: list[dict[str, Any]]) -> None:
    """Compare documents with golden ones.

    what (str): How the documents came about.
    found (list[Doc]): The documents.
    golden (list[dict[str, Any]]): What they must be.
    """
    for number, (doc, expected) in enumerate(zip(found, golden, strict=True)):
        given = summary(doc)
        for part in expected:
            if not _same(part, given[part], expected[part]):
                sys.exit(
                    f"{what}, document {number}: {part} differ: "
                    f"found {given[part]}, but expected {expected[part]}"
                )


def _same(part: str, found: Any, expected: Any) -> bool:
    if part != "scores":
        return bool(found == expected)
    # Sums of floats depend on what else is in the batch.
    return len(found) == len(expected) and all(
        math.isclose(a, b, abs_tol=SCORE_TOLERANCE)
        for a, b in zip(found, expected, strict=True)
    )


def stored(nlp: Language, docs: list[Doc]) -> dict[str, list[Doc]]:
    """Store and restore documents in every way that spaCy knows.

    nlp (Language): The pipeline.
    docs (list[Doc]): Documents.
    RETURNS (dict[str, list[Doc]]): The same documents by way.
    """
    docbin = DocBin(store_user_data=True, docs=docs)
    again = DocBin().from_bytes(docbin.to_bytes())
    texts = [doc.text for doc in docs]
    copy = type(nlp).from_config(nlp.config).from_bytes(nlp.to_bytes())
    return {
        "Doc.to_bytes": [Doc(nlp.vocab).from_bytes(doc.to_bytes()) for doc in docs],
        "DocBin": list(again.get_docs(nlp.vocab)),
        "pickle": pickle.loads(pickle.dumps(docs)),
        "nlp(text)": [nlp(text) for text in texts],
        "n_process=2": list(nlp.pipe(texts, n_process=2)),
        "Language.to_bytes": list(copy.pipe(texts)),
    }


def main(path: Path) -> None:
    """Check the installed pipeline.

    path (Path): The golden documents.
    """
    golden = json.loads(path.read_text(encoding="utf-8"))
    started = time.perf_counter()
    nlp = spacy.load("en_trial_registry")
    seconds = time.perf_counter() - started
    docs = list(nlp.pipe(document["text"] for document in golden))
    check("nlp.pipe", docs, golden)
    for what, again in stored(nlp, docs).items():
        check(what, again, golden)
    found = {
        "documents": len(docs),
        "entities": sum(len(doc.ents) for doc in docs),
        "load_seconds": seconds,
    }
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
