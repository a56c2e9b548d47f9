"""Streams inside packed files, with a limit to what they may unpack to."""

import io
import stat
import zipfile
from collections.abc import Callable
from typing import IO, Any, Final

from ..records import RecordError

MAX_RATIO: Final = 500
"""Text packs to a fifth; what unpacks to 500 times its size is a bomb."""

HARMLESS_BYTES: Final = 64 * 2**20
"""Below this size no ratio is a danger."""


class Counted(io.RawIOBase):
    """A stream that counts what is read from it.

    stream (IO[bytes]): Open for reading; it is closed with this one.
    on_read (Callable[[int], None] | None): Told of every number of bytes.
    """

    def __init__(
        self, stream: IO[bytes], on_read: Callable[[int], None] | None = None
    ) -> None:
        self.stream = stream
        self.count = 0
        self.on_read = on_read

    def readable(self) -> bool:
        """RETURNS (bool): True."""
        return True

    def seekable(self) -> bool:
        """RETURNS (bool): Whether the stream is."""
        return self.stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """RETURNS (int): The new position in the stream."""
        return self.stream.seek(offset, whence)

    def tell(self) -> int:
        """RETURNS (int): The position in the stream."""
        return self.stream.tell()

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer.

        buffer (WriteableBuffer): Where to.
        RETURNS (int): Number of bytes.
        """
        data = self.stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        if self.on_read:
            self.on_read(len(data))
        return len(data)

    def close(self) -> None:
        """Close both."""
        self.stream.close()
        super().close()


def check_ratio(unpacked: int, packed: int) -> None:
    """Refuse a bomb.

    unpacked (int): Bytes that came out.
    packed (int): Bytes that they came from.
    RAISES (RecordError): If they are far too many.
    """
    if unpacked > HARMLESS_BYTES and unpacked > MAX_RATIO * max(packed, 1):
        raise RecordError(
            f"unpacks to more than {MAX_RATIO} times its size",
            remedy="no text does; unpack it yourself if you trust it",
        )


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse an archive whose members share their packed bytes.

    archive (ZipFile): The archive.
    RAISES (RecordError): If the members are larger than the archive.
    """
    if sum(member.compress_size for member in archive.infolist()) > archive.start_dir:
        raise RecordError(
            "has members that share their bytes", remedy="pack the files again"
        )


def check_member(member: zipfile.ZipInfo) -> None:
    """Refuse a member that is a bomb or no file.

    member (ZipInfo): The member.
    RAISES (RecordError): If it is a link, or unpacks to far too much.
    """
    if stat.S_ISLNK(member.external_attr >> 16):
        raise RecordError("is a link, not a file", remedy="pack its target instead")
    check_ratio(member.file_size, member.compress_size)
