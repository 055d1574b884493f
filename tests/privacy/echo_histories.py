"""Random histories of one pool: teams share, look, tap and report over days, and everything that is told is compared.

Played on the service itself, with rows of rounds that are revealed already: what a round's own wall tells has tests of
its own. `play` raises AssertionError when two looks, however far apart, tell more than the rules allow.
"""

from __future__ import annotations

import datetime
import itertools
import random
from collections import defaultdict
from typing import Any

from django.core.cache import cache
from django.db import transaction

from psychsafety_xblock.core.activities import checked_definition
from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.echo_taps import collecting_mark
from psychsafety_xblock.models import Activity, EchoNote, EchoTap, Round, Session, random_hex
from psychsafety_xblock.service import clock, echo, echo_pool, echo_retention
from tests.echoes import COURAGE, RUN

MINIMUM = 3
TEAMS = 6
EVENTS = 40
START = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC)


class Pool:
    """A pool over time, what is known to whoever planned the history, and all that has been told."""

    def __init__(self, chance: random.Random, monkeypatch: Any) -> None:
        self.chance = chance
        self.time = START
        monkeypatch.setattr("psychsafety_xblock.service.clock.timezone.now", lambda: self.time)
        #: Whose each text is, and the texts of halls.
        self.of: dict[str, str] = {}
        self.halls: set[str] = set()
        self.moved_on: set[datetime.date] = set()
        self.begin_anew()

    def begin_anew(self) -> None:
        """There is nothing in the pool (any more), and nobody has seen anything of it."""
        self.live: set[str] = set()
        #: By text, by team: taps that are counted, and those of them that the number holds.
        self.tapped: dict[str, dict[str, int]] = defaultdict(dict)
        self.joined: dict[str, dict[str, int]] = defaultdict(dict)
        self.numbers: dict[str, tuple[int, int]] = {}
        self.samples: dict[str, list[str]] = {}
        self.gone: set[str] = set()
        self.hidden: dict[str, set[str]] = defaultdict(set)
        self.told: dict[str, Any] = {}
        self.revealed: list[tuple[str, Session, Round]] = []

    def round_of(self, team: str, answered: int = 5) -> tuple[Session, Round]:
        """A new session of a team with its wall revealed."""
        session = Session.objects.create(
            id=random_hex(), kind="team", course_run=RUN, language="en", leader_mark=f"leader {team}", phase="running",
            expires_at=clock.now() + datetime.timedelta(hours=12), pepper_fingerprint="-",
        )  # fmt: skip
        definition = checked_definition(COURAGE)
        activity = Activity.objects.create(
            session=session, usage_key="u", index=0, position=0, block="b", definition=definition
        )
        current = Round.objects.create(
            session=session, activity=activity, number=1, definition=definition, minimum=MINIMUM,
            phase=Round.Phase.REVEALED, answered=answered,
        )  # fmt: skip
        return session, current

    # --- What happens ---------------------------------------------------------------------------------------------

    def share(self, team: str) -> None:
        """A team's round has closed."""
        hall = self.chance.random() < 0.08
        many = 32 if hall else self.chance.randint(2, 7)
        texts = [f"{len(self.of) + number} by {team}" for number in range(many)]
        session, current = self.round_of(team, answered=many)
        where = echo_pool.place(session, current.activity, current.definition)
        mark = echo_pool.team_mark(where.slot, session.leader_mark)
        with transaction.atomic():
            echo_pool.contribute(echo_pool.pool_at(where).id, mark, texts, hall=hall)
        if many >= 3:
            self.of |= dict.fromkeys(texts, team)
            self.halls |= set(texts) if hall else set()

    def look(self, team: str) -> None:
        """A team's leader looks at the offer, and opens the echo if there is one."""
        session, current = self.round_of(team)
        offered = echo.offer(session, current)
        self.check_step()
        others = {text for text in self.live - self.gone if self.of[text] != team}
        crowd = len({self.of[text] for text in others}) >= 3 or bool(others & self.halls)
        visible = set(self.samples.get(team, others)) - self.gone - self.hidden[team]
        assert offered == ("pool" if crowd and len(others) >= 5 * MINIMUM and visible else None)
        if offered is None:
            try:
                with transaction.atomic():
                    echo.open_echo(session, current)
            except Refused:
                return
            raise AssertionError("opened what was not offered")
        with transaction.atomic():
            echo.open_echo(session, current)
        current.refresh_from_db()
        self.revealed.append((team, session, current))

    def tap(self) -> None:
        """Somebody's team taps on what it hears, and it is counted; or the round closes, and it is forgotten."""
        open_ones = [one for one in self.revealed if one[2].echo == Round.Echo.OPEN]
        if not open_ones:
            return
        team, session, current = self.chance.choice(open_ones)
        people = {}
        for row in EchoTap.objects.filter(mark=collecting_mark(current.id)).select_related("note").order_by("id"):
            row.people = self.chance.choice((0, 1, 2, 3, 6))
            row.save(update_fields=["people"])
            people[row.note.text] = row.people
        with transaction.atomic():
            if self.chance.random() < 0.85:
                echo.count_echo(session, current)
                for text, number in people.items():
                    if number:
                        self.tapped[text][team] = max(number, self.tapped[text].get(team, 0))
            else:
                echo.end_echo(current.id)
        echo.move_pool(session, current)
        current.refresh_from_db()
        self.check_step()

    def report(self) -> None:
        """A leader reports a note."""
        if not self.revealed:
            return
        team, session, current = self.chance.choice(self.revealed)
        notes = echo.echo_state(session, current, None)["notes"]
        if notes:
            note = self.chance.choice(notes)
            with transaction.atomic():
                echo.report_note(session, note["id"])
            self.hidden[team].add(note["text"])
            if sum(note["text"] in hidden for hidden in self.hidden.values()) == 2:
                self.gone.add(note["text"])

    def wait(self) -> None:
        """The next day, or so much later that all that was shown is over its time."""
        far = self.chance.random() < 0.03
        self.time += datetime.timedelta(days=430 if far else self.chance.choice((1, 1, 1, 2)))
        cache.clear()
        echo_retention.let_echo_go(whole=True)
        if far:
            self.begin_anew()

    # --- What is told ---------------------------------------------------------------------------------------------

    def check_step(self) -> None:
        """What is alive now and was not before came with two other teams or in a hall, and once on this day."""
        now_live = set(EchoNote.objects.filter(live=True).values_list("text", flat=True))
        new = now_live - self.live
        moved = bool(new)
        if new:
            small = {self.of[text] for text in new - self.halls}
            assert len({self.of[text] for text in new}) >= 3 or not small, f"a step of {sorted(small)}"
        assert self.live - now_live <= self.gone
        numbers = {
            text: (people, teams) for text, people, teams in EchoNote.objects.values_list("text", "people", "teams")
        }
        for text, number in numbers.items():
            if number != self.numbers.get(text, (0, 0)):
                moved = True
                fresh = {team for team, n in self.tapped[text].items() if n > self.joined[text].get(team, 0)}
                assert len(fresh) >= 3, f"a number that grew by {fresh}"
                self.joined[text] = dict(self.tapped[text])
                assert number == (sum(self.joined[text].values()), len(self.joined[text]))
        self.live, self.numbers = now_live, numbers
        if moved:
            assert self.time.date() not in self.moved_on, "twice on one day"
            self.moved_on.add(self.time.date())

    def check_what_is_told(self) -> None:
        """Every state that is told: no own note, no two of a team in a row, always the same, and no small number."""
        # What is told goes by team and phase: the latest round of each tells what the earlier ones do.
        latest = {(team, current.echo): (team, session, current) for team, session, current in self.revealed}
        for team, session, current in latest.values():
            state = echo.echo_state(session, current, "few")
            texts = [note["text"] for note in state["notes"]]
            assert all(self.of[text] != team for text in texts), "an own note"
            before = self.samples.setdefault(team, texts)
            assert texts == [text for text in before if text not in self.gone | self.hidden[team]], "another sample"
            if before is texts:
                small = [None if text in self.halls else self.of[text] for text in texts]
                pairs = itertools.pairwise(small)
                assert all(one is None or one != other for one, other in pairs), "two of a team in a row"
            for note in state["notes"]:
                self.check_number(note["text"], note["people"], state["phase"])

    def check_number(self, text: str, told: dict[str, Any] | None, phase: str) -> None:
        """Told as it may be, and from one look to the next not nearer to a single team."""
        people, teams = self.numbers.get(text, (0, 0))
        if told is None:
            assert phase == "open" or people < 5 or teams < 3
            return
        assert (people >= 10) == told["exact"]
        assert told["people"] == (people if told["exact"] else 5) and told["teams"] == (teams if told["exact"] else 3)
        before = self.told.get(text, told)
        if before["exact"] and told["exact"] and before != told:
            assert told["people"] - before["people"] >= 3
        self.told[text] = told


def play(seed: int, monkeypatch: Any) -> Pool:
    """Play one history and compare all that it tells; gives what came of it, and leaves nothing in the database."""
    chance = random.Random(seed)
    teams = [f"t{number}" for number in range(TEAMS)]
    with transaction.atomic():
        pool = Pool(chance, monkeypatch)
        for _ in range(EVENTS):
            (kind,) = chance.choices(("share", "look", "tap", "report", "wait"), (7, 7, 8, 1, 3))
            if kind in ("share", "look"):
                getattr(pool, kind)(chance.choice(teams))
            else:
                getattr(pool, kind)()
            # What is shared waits, and nothing is told of it before somebody looks.
            if kind != "share":
                pool.check_what_is_told()
        transaction.set_rollback(True)
    return pool
