"""QR codes as SVG."""

from __future__ import annotations

import io

import segno
from django.http import HttpResponse


def svg(text: str) -> HttpResponse:
    """A QR code of `text`, dark on white with its quiet zone, as large as the page makes it."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=8, border=3, dark="#101c1e", light="#ffffff", xmldecl=False, omitsize=True
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
