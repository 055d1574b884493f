"""A whole company writes on one wall: the time of an answer from the first thousand to the last, and what follows."""

from __future__ import annotations

import secrets
import statistics
import time

from django.core.cache import cache

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_definition
from psychsafety_xblock.core.codes import key_of, token_hash
from psychsafety_xblock.models import Note, Round, Session, Token
from psychsafety_xblock.service.cache import key
from psychsafety_xblock.service.opening import Source

from .load import Clients, Line, http
from .ratios import CLIENTS, seconds
from .report import Report
from .room import ANSWER, ASKED

PEOPLE, SLICE = 6500, 250
WALL = {"kind": "wall", "prompt": ASKED, "audience": "course"}


def measure(port: int, processes: int, report: Report, *, quick: bool = False) -> None:
    """All answer, a batch is published, and somebody looks at the wall."""
    people = PEOPLE // 5 if quick else PEOPLE
    report.section(f"{people} answers into one wall for everybody in a course")
    session, tokens = _wall(people)
    current = Round.objects.get(session=session)
    api = f"/psychsafety/api/sessions/{session.id}/"
    body = {"round": str(current.id), "answer": {"text": ANSWER, "share": False}}
    requests = [
        http("POST", f"{api}answers", headers={"Authorization": f"Bearer {token}"}, body=body) for token in tokens
    ]
    clients = Clients(port, clients=CLIENTS, processes=processes)
    try:
        ratio, rate = _flatness(clients, requests, current.id)
    finally:
        clients.stop()
    report.add(
        f"the time of an answer, last thousand to first ({rate:.0f}/s)", f"{ratio:.2f}", "<= 1.15", ratio <= 1.15
    )
    notes = Note.objects.filter(round=current, text=ANSWER, shown=False).count()
    report.exactly("answers lost, counted twice", max(0, people - notes), max(0, notes - people))
    _publish(port, session, tokens[0], api, people, report)


def _wall(people: int) -> tuple[Session, list[str]]:
    chance = secrets.token_hex(4)
    source = Source(course_run=f"bench-{chance}", usage_key=f"bench-{chance}", block="bench")
    session = service.open_course_wall(source=source, definition=checked_definition(WALL), title="Bench", language="en")
    tokens = [secrets.token_urlsafe() for _ in range(people)]
    digests = [token_hash(token) for token in tokens]
    # As seats are stored, at once: that people sit down is measured elsewhere.
    seats = [Token(id=key_of(digest), session=session, hash=digest, role=Token.Role.SEAT) for digest in digests]
    Token.objects.bulk_create(seats, batch_size=2000)
    return session, tokens


def _flatness(clients: Clients, requests: list[bytes], round_id: int) -> tuple[float, float]:
    """The time of the last thousand answers over that of the first, and answers a second in between.

    Beside each slice a slice of the bare view's, into the same tables, takes the machine's mood out.
    """
    bare_round = Round.objects.get(id=round_id)
    bare_round.pk, bare_round.number, bare_round.open_slot = bare_round.pk ^ 1, 1000, None
    bare_round.save(force_insert=True)
    bare = http("POST", "/bare/answers", body={"round": str(bare_round.id), "answer": {"text": "bare"}})
    times, beside = [], []
    seconds(clients, [bare] * SLICE, 202)
    for begin in range(0, len(requests), SLICE):
        times.append(seconds(clients, requests[begin : begin + SLICE], 202))
        beside.append(seconds(clients, [bare] * SLICE, 202))
    Round.objects.filter(id=bare_round.id).delete()
    slices = max(1, min(1000 // SLICE, len(times) // 3))
    relative = [own / other for own, other in zip(times, beside, strict=True)]
    ratio = statistics.median(relative[-slices:]) / statistics.median(relative[:slices])
    return ratio, len(requests) / sum(times)


def _publish(port: int, session: Session, token: str, api: str, people: int, report: Report) -> None:
    """The first request after a fixed time publishes what has come; then the page is opened, and opened again."""
    Session.objects.filter(id=session.id).update(published_slot=0)
    cache.delete(key("slot", session.id, session.published_slot))
    cache.delete_many([key("now", session.id), key("basis", session.id)])
    headers = {"Authorization": f"Bearer {token}"}
    line = Line(port)
    times, body = [], b""
    try:
        for _ in range(6):
            began = time.perf_counter()
            status, body = line.send(http("GET", api, headers=headers))
            times.append(time.perf_counter() - began)
            if status != 200:
                raise SystemExit(f"a look at the wall was answered with {status}")
            time.sleep(1.1 if len(times) == 1 else 0)
    finally:
        line.close()
    shown = Note.objects.filter(round__session=session, shown=True).count()
    report.add("notes published of them", str(shown), str(people), shown == people)
    report.add(f"the request that publishes {people} notes", f"{times[0]:.2f} s")
    report.add("a first look at the wall then, read from the database", f"{times[1]:.2f} s")
    report.add("a further one, from the cache", f"{statistics.median(times[2:]):.3f} s")
    report.add("size of the state", f"{len(body) / 1024:.0f} KB")
