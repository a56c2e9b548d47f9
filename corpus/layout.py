"""Where the files of the corpus lie."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Layout:
    """Paths below a corpus folder.

    root (Path): The folder, `corpus/` of the checkout unless a test says otherwise.
    """

    root: Path = HERE

    @property
    def authored(self) -> Path:
        """Authored records with their text."""
        return self.root / "authored" / "records.jsonl"

    @property
    def authored_splits(self) -> Path:
        """Split of each authored record."""
        return self.root / "authored" / "splits.json"

    def stored(self, source: str) -> Path:
        """Annotation without text.

        source (str): `registry` or `pages`.
        RETURNS (Path): The file, which need not exist.
        """
        return self.root / source / "annotations.jsonl"

    def external(self, source: str) -> Path:
        """Texts that the project doesn't keep.

        source (str): `registry` or `pages`.
        RETURNS (Path): The file, which need not exist.
        """
        return self.root / "external" / f"{source}.jsonl"

    @property
    def output(self) -> Path:
        """Folder of what `convert` makes."""
        return self.root / "output"
