"""Packs the sample course for Studio's import. Run by `make sample-course`; the result is kept with the project.

The same files give the same archive, byte for byte of what is inside: no times, no owners, one order. Clip and picture
come from the demo's static files, so that there is one of each.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE / "sample_course"
ARCHIVE = HERE / "sample-course.tar.gz"
STATIC = ("clip.mp4", "clip.jpg")
#: 2026-01-01, since some programs do not like 1970.
TIME = 1767225600


def contents() -> bytes:
    """The archive before it is compressed: one folder `course`, as Studio exports it."""
    files = {f"course/{path.relative_to(SOURCE).as_posix()}": path for path in SOURCE.rglob("*") if path.is_file()}
    files |= {f"course/static/{name}": HERE / "static/psychsafety_demo" / name for name in STATIC}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(files):
            data = files[name].read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(data), TIME, 0o644
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def main() -> None:
    """Write the archive, unless it holds just this already: another zlib would only shuffle its bytes."""
    wanted = contents()
    if not ARCHIVE.exists() or gzip.decompress(ARCHIVE.read_bytes()) != wanted:
        ARCHIVE.write_bytes(gzip.compress(wanted, mtime=0))
    print(f"{ARCHIVE.name}: {ARCHIVE.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
