"""What the bytes of a SQLite database and of its write-ahead log tell: https://www.sqlite.org/fileformat2.html."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path

_WAL_HEADER, _FRAME_HEADER = 32, 24


def wal_of(file: Path) -> Path:
    """The write-ahead log beside a database file."""
    return file.with_name(file.name + "-wal")


def commits(file: Path) -> Iterator[dict[int, bytes]]:
    """The pages that each transaction of the log wrote, by number, in the order of commit.

    All frames that lie in the file are read, those of an earlier filling too, which SQLite itself passes over.
    """
    log = wal_of(file).read_bytes() if wal_of(file).exists() else b""
    if len(log) < _WAL_HEADER:
        return
    (page_size,) = struct.unpack(">I", log[8:12])
    pages: dict[int, bytes] = {}
    for start in range(_WAL_HEADER, len(log) - _FRAME_HEADER - page_size + 1, _FRAME_HEADER + page_size):
        number, size_after_commit = struct.unpack(">II", log[start : start + 8])
        pages[number] = log[start + _FRAME_HEADER : start + _FRAME_HEADER + page_size]
        if size_after_commit:
            yield pages
            pages = {}


def order_of_arrival(file: Path, texts: list[str]) -> list[str]:
    """Those of the texts that the log holds, in the order of the transactions in which each comes up first."""
    found: list[str] = []
    for pages in commits(file):
        there = b"".join(pages.values())
        found += [text for text in texts if text not in found and text.encode() in there]
    return found


def order_in_the_file(file: Path, marks: list[bytes]) -> list[bytes]:
    """Those of the marks that the database file holds, the one that was written first at the front.

    In a page SQLite puts each new row before the ones that are there, whatever their keys say.
    """
    there = file.read_bytes()
    return sorted((mark for mark in marks if mark in there), key=there.index, reverse=True)


def states(file: Path) -> Iterator[sqlite3.Connection]:
    """The database as it was after each transaction of the log, read-only."""
    whole = bytearray(file.read_bytes())
    page_size = struct.unpack(">H", whole[16:18])[0] or 65536
    page_size = 65536 if page_size == 1 else page_size
    for pages in commits(file):
        for number, page in pages.items():
            end = number * page_size
            whole.extend(bytes(max(0, end - len(whole))))
            whole[end - page_size : end] = page
        # In memory, and said to have no log: bytes 18 and 19.
        image = bytes(whole[:18]) + b"\x01\x01" + bytes(whole[20:])
        database = sqlite3.connect(":memory:")
        database.deserialize(image)
        yield database
        database.close()


def as_rowid(key: int) -> bytes:
    """A row's number as it stands before the row in a page of its table: seven bits a byte, all eight of the ninth."""
    if key >> 56:
        return bytes([*(0x80 | (key >> shift & 0x7F) for shift in range(57, 7, -7)), key & 0xFF])
    groups = [key >> shift & 0x7F for shift in range(0, max(key.bit_length(), 1), 7)][::-1]
    return bytes([*(0x80 | group for group in groups[:-1]), groups[-1]])
