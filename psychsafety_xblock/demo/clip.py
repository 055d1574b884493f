"""Serves the clip in the parts that players ask for: some phones play nothing from a server that cannot do that."""

from __future__ import annotations

import re
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

CLIP = Path(__file__).parent / "static/psychsafety_demo/clip.mp4"


@require_safe
def clip(request: HttpRequest) -> HttpResponse:
    """The whole clip, or 206 with one range of it, or 416 for a range outside it."""
    content = CLIP.read_bytes()
    wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    if wanted is None or wanted.groups() == ("", ""):
        response = HttpResponse(content, content_type="video/mp4")
    else:
        first, last = _limits(wanted[1], wanted[2], len(content))
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
        response = HttpResponse(content[first : last + 1], content_type="video/mp4", status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _limits(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte of ``first-last``, ``first-`` or ``-count``; first > last when there is no such part."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
