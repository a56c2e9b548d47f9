"""A component whose folder holds one file: what `to_bytes` gives."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, TypeVar

from spacy.pipeline import Pipe

Self = TypeVar("Self", bound="StoredPipe")


class StoredPipe(Pipe):
    """Stores itself on disk as it does in bytes.

    file (str): Name of the file, set by each component.
    """

    file: ClassVar[str]

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """RETURNS (bytes): The component's state."""
        raise NotImplementedError

    def from_bytes(self: Self, data: bytes, *, exclude: Sequence[str] = ()) -> Self:
        """Restore what `to_bytes` gave.

        data (bytes): Its result.
        RETURNS (StoredPipe): This component.
        """
        raise NotImplementedError

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Write the component's folder.

        path (str | Path): The folder.
        """
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / self.file).write_bytes(self.to_bytes())

    def from_disk(self: Self, path: str | Path, *, exclude: Sequence[str] = ()) -> Self:
        """Read the component's folder.

        path (str | Path): The folder.
        RETURNS (StoredPipe): This component.
        """
        return self.from_bytes((Path(path) / self.file).read_bytes())
