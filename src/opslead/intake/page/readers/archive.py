"""A zip container in memory: its parts expanded piece by piece within limits. Nothing is written to a disk, no path is followed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from opslead.errors import InputErrors
from opslead.intake.page.readers.limits import LIMITS, Limits

_ENTRY = b"PK\x01\x02"
_PIECE = 65_536
_WHOLE = "open it in the program that made it and save it again"
_BOMB = "only open it if you know who made it; save the part that describes the service as a document of its own"


class Archive:
    """The parts of a container by name. Raises InputErrors for what is damaged, locked, or out of all proportion."""

    def __init__(self, data: bytes, name: str, limits: Limits = LIMITS) -> None:
        self.name = name
        self._limits = limits
        self._left = limits.read
        if data.count(_ENTRY) > limits.entries:  # before the table is read: it may have millions of lines
            raise InputErrors.one(name, f"the container has more than {limits.entries:,} files", _BOMB)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise self._damaged() from error
        if sum(info.file_size for info in self._parts.values()) > limits.expanded:
            raise InputErrors.one(name, f"the container holds more than {limits.expanded:,} bytes when expanded", _BOMB)

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the container's order."""
        return tuple(self._parts)

    def read(self, part: str) -> Iterator[bytes]:
        """The bytes of a part in pieces; none for a part that is not there."""
        info = self._parts.get(part)
        if info is None:
            return
        if info.flag_bits & 0x1:
            raise InputErrors.one(self.name, "the container is protected by a password", "save it without a password")
        self._measure(info)
        try:
            with self._zip.open(info) as file:
                while piece := file.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise InputErrors.one(self.name, f"more than {self._limits.read:,} bytes when expanded", _BOMB)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise self._damaged() from error

    def whole(self, part: str) -> bytes:
        """All bytes of a part."""
        return b"".join(self.read(part))

    def _measure(self, info: zipfile.ZipInfo) -> None:
        limits = self._limits
        if info.file_size > limits.part:
            reason = (
                f"{_shown(info.filename)} has {info.file_size:,} bytes when expanded; at most {limits.part:,} are read"
            )
            raise InputErrors.one(self.name, reason, _BOMB)
        if info.file_size > limits.small and info.file_size > limits.ratio * max(info.compress_size, 1):
            times = info.file_size // max(info.compress_size, 1)
            reason = f"{_shown(info.filename)} grows {times:,} times when expanded, as no document does"
            raise InputErrors.one(self.name, reason, _BOMB)

    def _damaged(self) -> InputErrors:
        return InputErrors.one(self.name, "the zip container is damaged or cut off", _WHOLE)


def _shown(part: str) -> str:
    return "".join(c for c in part if c.isprintable())[-60:]
