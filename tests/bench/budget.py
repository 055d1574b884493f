"""What a page weighs, and what a look costs the database."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import psychsafety_xblock
from psychsafety_xblock.demo.course import BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime

from .report import Report
from .room import Room

STATIC = Path(psychsafety_xblock.__file__).parent / "static"
#: Pages of people who take part, by the name of their template.
PAGES = ("join", "tablet", "summary", "screen")
LARGEST_KB, MOST_QUERIES = 40, 3
SEATS, SECONDS = 12, 3.0


def measure(report: Report) -> None:
    """In this process: the same code, asked without a network."""
    report.section("Pages and queries")
    for name, files in {**_block_files(), **_page_files()}.items():
        size = sum(len(gzip.compress(file.read_bytes())) for file in files) / 1024
        met = size <= LARGEST_KB
        report.add(f"JavaScript and CSS of {name}, gzipped", f"{size:.1f} KB", f"<= {LARGEST_KB} KB", met)
    queries = max(_view_queries(slug) for slug in BLOCKS)
    report.add("queries of a student_view, the most", str(queries), f"<= {MOST_QUERIES}", queries <= MOST_QUERIES)
    polls, asking = _asking_polls()
    most = int(SECONDS) + 1
    shown = f"{asking} of {polls}"
    report.add(f"unchanged polls of {SECONDS:.0f} s that asked the database", shown, f"<= {most}", asking <= most)


def _block_files() -> dict[str, list[Path]]:
    found = {}
    for slug in BLOCKS:
        block = CourseRuntime("amal").get_block(BLOCKS[slug].usage_id)
        urls = [resource.data for resource in block.student_view({}).resources if resource.kind == "url"]
        found[f"the block {BLOCKS[slug].block_type}"] = [_file(url) for url in urls]
    return found


def _page_files() -> dict[str, list[Path]]:
    found = {}
    for page in PAGES:
        html = Client().get(f"/psychsafety/{page}/").content.decode()
        found[f"the page {page}"] = [_file(url) for url in re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', html)]
    return found


def _file(url: str) -> Path:
    return STATIC / url[url.index("psychsafety_xblock/") :]


def _view_queries(slug: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        CourseRuntime("leader").get_block(BLOCKS[slug].usage_id).render("student_view", {})
    return len(queries)


def _asking_polls() -> tuple[int, int]:
    """Polls of a room in which nothing happens, and how many of them came to the database."""
    room = Room(SEATS)
    room.warm()
    version, client = room.version(), Client()
    polls = asking = 0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        headers = {"Authorization": f"Bearer {room.tokens[polls % SEATS]}", "If-None-Match": f'"{version}"'}
        with CaptureQueriesContext(connection) as queries:
            status = client.get(room.api, headers=headers).status_code
        if status != 304:
            raise SystemExit(f"nothing had happened, and a poll was answered with {status}")
        polls += 1
        asking += bool(len(queries))
    return polls, asking
