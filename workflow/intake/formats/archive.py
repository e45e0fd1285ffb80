"""A zip file whose parts are read one by one, each within limits, whatever its directory declares."""

import io
import lzma
import zipfile
import zlib

from workflow.intake.faults import Fault, UnreadableError

DIRECTORY_LARGEST = 1024 * 1024
PART_LARGEST = 64 * 1024 * 1024
TOTAL_LARGEST = 128 * 1024 * 1024
RATIO_MOST = 250
RATIO_COUNTS_FROM = 4 * 1024 * 1024

_END = b"PK\x05\x06"
_END_LENGTH = 22
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)


class Archive:
    """The zip file `data`, which should be of the kind `kind` (".docx").

    Raises UnreadableError when opened or read: broken, encrypted, or larger inside than it may be.
    """

    def __init__(self, data: bytes, kind: str) -> None:
        self._kind = kind
        self._read = 0
        _check_directory(data, kind)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE:
            raise UnreadableError(Fault.BROKEN, kind=kind) from None
        self._parts = {info.filename.lstrip("/"): info for info in self._zip.infolist()}

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names in the directory's order."""
        return tuple(self._parts)

    def part(self, name: str, *, largest: int = PART_LARGEST) -> bytes:
        """The contents of a part; b"" where there is none of that name, or it is larger than `largest`."""
        info = self._parts.get(name.lstrip("/"))
        if info is None:
            return b""
        if info.flag_bits & 1:
            raise UnreadableError(Fault.ENCRYPTED)
        if info.file_size > largest and largest < PART_LARGEST:
            return b""
        if info.file_size > PART_LARGEST or _is_bomb(info.file_size, info.compress_size):
            raise UnreadableError(Fault.TOO_COSTLY)
        contents = self._inflated(info)
        self._read += len(contents)
        if len(contents) > PART_LARGEST or self._read > TOTAL_LARGEST:
            raise UnreadableError(Fault.TOO_COSTLY)
        return contents

    def _inflated(self, info: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(info) as file:
                return file.read(min(info.file_size, PART_LARGEST) + 1)
        except (*_UNREADABLE, RuntimeError):
            raise UnreadableError(Fault.BROKEN, kind=self._kind) from None


def _is_bomb(inflated: int, packed: int) -> bool:
    return inflated > RATIO_COUNTS_FROM and inflated > RATIO_MOST * max(packed, 1)


def _check_directory(data: bytes, kind: str) -> None:
    """Refuse a directory that would take long to list, before it is listed."""
    end = data.rfind(_END)
    if end < 0 or len(data) < end + _END_LENGTH:
        raise UnreadableError(Fault.BROKEN, kind=kind)
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if size > DIRECTORY_LARGEST:
        raise UnreadableError(Fault.TOO_COSTLY)
