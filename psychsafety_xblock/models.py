"""What is stored. Read it as the works council would: which row could ever say who answered what?

None of these tables has a creation or modification time for anything that a person did. Keys of tokens, ballots and
notes are random numbers that are also the order in which rows lie in the file (rule 2). No model here may be registered
with a history or audit package.
"""

from __future__ import annotations

import uuid

from django.db import models

from .echo_models import EchoNote, EchoPool, EchoReport, EchoShown, EchoTap, EchoTeam, EchoVisit, InsightSnapshot
from .models_base import RandomKeyField, random_key


def random_hex() -> str:
    """A session's id: 32 hexadecimal digits."""
    return uuid.uuid4().hex


class Session(models.Model):
    """One gathering of a team in one course run, or a course-wide wall.

    While a team's session is open, `open_slot` is a hash of course run and leader; it is emptied at the end.
    `leader_mark` is what finds a leader's own sessions again, for the summary and the follow-up: a hash that nobody can
    try out without the site's secret key, kept until the retention time is over. `pepper_fingerprint` recognises the
    secret that lives in the cache (rule 4).

    .. no_pii: hashes of the leader's id; see docs/privacy.md.
    """

    class Kind(models.TextChoices):
        TEAM = "team"
        COURSE = "course"

    class Phase(models.TextChoices):
        LOBBY = "lobby"
        RUNNING = "running"
        SUMMARY = "summary"
        ENDED = "ended"

    class Kept(models.TextChoices):
        """What is left of an ended session; docs/adr/0013."""

        ALL = "all"
        #: No notes and no seats any more, only what the follow-up needs.
        FOLLOW_UP = "follow_up"
        #: A new row with counts only.
        COUNTS = "counts"

    id = models.CharField(primary_key=True, max_length=32, default=random_hex, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    course_run = models.CharField(max_length=255, db_index=True)
    title = models.CharField(max_length=255, blank=True)
    #: What the leader chose for all of them; in which of the two somebody reads is known to their device alone.
    language = models.CharField(max_length=20, blank=True)
    second_language = models.CharField(max_length=20, blank=True)
    open_slot = models.CharField(max_length=64, null=True, unique=True)
    leader_mark = models.CharField(max_length=64, blank=True, db_index=True)
    join_code = models.CharField(max_length=16, null=True, unique=True)
    guests_allowed = models.BooleanField(default=True)
    #: The leader has locked the door: nobody new gets a seat.
    locked = models.BooleanField(default=False)
    leader_seated = models.BooleanField(default=False)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.LOBBY)
    step = models.PositiveIntegerField(default=0)
    #: A pretend team's, which nobody can join; deleted when it ends.
    rehearsal = models.BooleanField(default=False)
    #: For the leader's clock, while the session is open.
    begun_at = models.DateTimeField(null=True)
    #: The earlier round that is shown again; null: the latest one.
    shown_round = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    ended_on = models.DateField(null=True, db_index=True)
    kept = models.CharField(max_length=10, choices=Kept.choices, default=Kept.ALL)
    #: The date that the team set for its follow-up; known from the end until only counts are kept.
    follow_up_on = models.DateField(null=True)
    #: A random mark that the sessions of one team share, so that a follow-up is found beside its first session when
    #: nothing tells any more who led them.
    team = models.CharField(max_length=32, blank=True, db_index=True)
    #: At the end: whether the team came to what it had planned. Null before, and where nobody knows.
    completed = models.BooleanField(null=True)
    #: Which page of a large wall hangs on the screen, counted from 0; null: they turn by themselves.
    screen_page = models.PositiveSmallIntegerField(null=True)
    #: How many seats were taken at the end; null before.
    seats = models.PositiveIntegerField(null=True)
    pepper_fingerprint = models.CharField(max_length=64)
    seat_generation = models.PositiveIntegerField(default=1)
    #: Course-wide walls only: the last publishing slot that was dealt with.
    published_slot = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind} session {self.id}"

    @property
    def languages(self) -> list[str]:
        """The main language, and the second one if there is one."""
        return [code for code in (self.language, self.second_language) if code]


class Token(models.Model):
    """A right in a session, known only by the hash of the token. Says nothing about who holds it.

    .. no_pii:
    """

    class Role(models.TextChoices):
        LEADER = "leader"
        SEAT = "seat"
        SCREEN = "screen"
        SUMMARY = "summary"

    id = RandomKeyField(primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="tokens")
    hash = models.CharField(max_length=64)
    role = models.CharField(max_length=10, choices=Role.choices)
    guest = models.BooleanField(default=False)
    phone = models.BooleanField(default=False)
    #: A seat of the device that goes round.
    tablet = models.BooleanField(default=False)
    #: Given back while something was being collected: the seat goes when that is closed.
    left = models.BooleanField(default=False)
    #: A guest seat that was taken while answers were collected: until that is closed, its answer is one too many.
    late = models.BooleanField(default=False)


class Activity(models.Model):
    """What an author placed, as it was when a block attached it to a session.

    .. no_pii:
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="activities")
    usage_key = models.CharField(max_length=255)
    index = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    block = models.CharField(max_length=16)
    definition = models.JSONField()
    skipped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "usage_key", "index"], name="psychsafety_activity_once"),
        ]


class Round(models.Model):
    """One run of one activity. `definition` and `minimum` are frozen when it starts.

    `sealed` lies between collecting and revealed: answers are refused, ballots are gone, notes not yet shuffled. It is
    left at once, by whoever looks next if the process died.

    .. no_pii:
    """

    class Phase(models.TextChoices):
        COLLECTING = "collecting"
        SEALED = "sealed"
        REVEALED = "revealed"
        CLOSED = "closed"

    class Resonance(models.TextChoices):
        NONE = "none"
        OPEN = "open"
        COUNTED = "counted"

    class Echo(models.TextChoices):
        """What other teams wrote, as the second wall of a round."""

        NONE = "none"
        OPEN = "open"
        COUNTED = "counted"

    class EchoSource(models.TextChoices):
        POOL = "pool"
        EXAMPLES = "examples"

    id = RandomKeyField(primary_key=True, default=random_key)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="rounds")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    minimum = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.COLLECTING)
    open_slot = models.CharField(max_length=64, null=True, unique=True)
    ends_at = models.DateTimeField(null=True)
    #: For the leader's clock, while the round is open.
    started_at = models.DateTimeField(null=True)
    closing = models.BooleanField(default=False)
    #: How many had answered at the reveal, passes included; null before.
    answered = models.PositiveIntegerField(null=True)
    #: How many real answers an item needed at the reveal to be shown, frozen with it; null before.
    floor = models.PositiveSmallIntegerField(null=True)
    hidden = models.PositiveIntegerField(default=0)
    #: Course-wide walls only: how many of its unpublished notes were written in earlier periods.
    carried = models.PositiveIntegerField(default=0)
    resonance = models.CharField(max_length=10, choices=Resonance.choices, default=Resonance.NONE)
    echo = models.CharField(max_length=10, choices=Echo.choices, default=Echo.NONE)
    echo_source = models.CharField(max_length=10, choices=EchoSource.choices, blank=True)
    #: Which notes of the echo read alike, by the id of the team's own note: {"own": ["other", ...]}.
    echo_near = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="psychsafety_round_number")]


class Ballot(models.Model):
    """The mark that a seat has answered, tapped or taken down in a round, while that is collected (rule 3).

    .. no_pii:
    """

    class Purpose(models.TextChoices):
        ANSWER = "answer"
        RESONANCE = "resonance"
        TAKEDOWN = "takedown"
        ECHO = "echo"

    id = RandomKeyField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="ballots")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    #: An answer from a seat that was late: on the wall like any other, but not part of the minimum (rule 5).
    late = models.BooleanField(default=False)


class Tally(models.Model):
    """How many chose one option of one item (a rating of a statement, an option of a choice) in a round.

    The rows are there from the start of the round, so that their order says nothing.

    .. no_pii:
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tallies")
    item = models.CharField(max_length=10)
    option = models.CharField(max_length=10)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "item", "option"], name="psychsafety_tally_once")]


class Note(models.Model):
    """One text on a wall. Has no author, no time, no order.

    .. no_pii: a text can betray its writer by what it says; docs/privacy.md says so.
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=500)
    share = models.BooleanField(default=False)
    shown = models.BooleanField(default=False)
    resonance = models.PositiveIntegerField(default=0)
    #: Which group of notes that read alike it hangs in, on a large wall; null: in none.
    cluster = models.PositiveSmallIntegerField(null=True)


#: All of the app, for Django looks for them here.
__all__ = [
    "Activity",
    "Ballot",
    "EchoNote",
    "EchoPool",
    "EchoReport",
    "EchoShown",
    "EchoTap",
    "EchoTeam",
    "EchoVisit",
    "InsightSnapshot",
    "Note",
    "RandomKeyField",
    "Round",
    "Session",
    "Tally",
    "Token",
    "random_hex",
    "random_key",
]
