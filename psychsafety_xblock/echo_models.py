"""What other teams are shown of a team's wall, and the figures over all teams.

Nothing here leads back to a session. What has to tell teams apart does it by a mark: a hash of the leader's mark under
the site's secret key, another one in each pool. No row has a time of day, and a day is only there where at least three
teams share it.
"""

from __future__ import annotations

from django.db import models

from .models_base import RandomKeyField, random_key


class EchoPool(models.Model):
    """The shared notes of one exercise in one language, within a course run or an organisation.

    `slot` is a hash of the four. A pool moves in steps (rule 6): `moved_on` is the day of the last one, `waiting_since`
    the day on which the oldest of the notes that wait for the next step may have come.

    .. no_pii:
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    slot = models.CharField(max_length=64, unique=True)
    #: The course run, or the organisation where the author widened it.
    scope = models.CharField(max_length=255, db_index=True)
    exercise = models.CharField(max_length=300)
    language = models.CharField(max_length=20, blank=True)
    moved_on = models.DateField(null=True)
    waiting_since = models.DateField(null=True)


class EchoTeam(models.Model):
    """A team that has notes in a pool. `hall`: one session of it was so large that it is a step by itself.

    .. no_pii: a hash of the leader's mark; see docs/privacy.md.
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    pool = models.ForeignKey(EchoPool, on_delete=models.CASCADE, related_name="teams")
    mark = models.CharField(max_length=64)
    hall = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "mark"], name="psychsafety_echo_team_once")]


class EchoNote(models.Model):
    """A copy of a note whose writer chose to share it. Waits until its pool's next step, then it is `live`.

    `people` in `teams` could have written it too, as far as they have been added up.

    .. no_pii: a text can betray its writer by what it says; docs/privacy.md says so.
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    pool = models.ForeignKey(EchoPool, on_delete=models.CASCADE, related_name="notes")
    team = models.ForeignKey(EchoTeam, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=500)
    live = models.BooleanField(default=False)
    #: The day of the step that it came with; null while it waits.
    live_on = models.DateField(null=True, db_index=True)
    people = models.PositiveIntegerField(default=0)
    teams = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["pool", "people"], name="psychsafety_echo_people"),
            # What a pool holds of each team is counted before an echo is opened, without a look at the notes.
            models.Index(fields=["pool", "live", "team"], name="psychsafety_echo_held"),
        ]


class EchoReport(models.Model):
    """A leader has reported a note; the second one takes it out of all echoes.

    .. no_pii: a hash of the leader's mark; see docs/privacy.md.
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    note = models.ForeignKey(EchoNote, on_delete=models.CASCADE, related_name="reports")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "mark"], name="psychsafety_echo_report_once")]


class EchoVisit(models.Model):
    """The sample of a pool that a team was given: once, and the same in each of its sessions.

    .. no_pii: a hash of the leader's mark; see docs/privacy.md.
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    pool = models.ForeignKey(EchoPool, on_delete=models.CASCADE, related_name="visits")
    mark = models.CharField(max_length=64)
    made_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "mark"], name="psychsafety_echo_visit_once")]


class EchoShown(models.Model):
    """One note of a sample, at its place.

    .. no_pii:
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    visit = models.ForeignKey(EchoVisit, on_delete=models.CASCADE, related_name="shown")
    note = models.ForeignKey(EchoNote, on_delete=models.CASCADE, related_name="shown")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "note"], name="psychsafety_echo_shown_once")]


class EchoTap(models.Model):
    """How many of a team could have written a note of the echo. Waits until three teams have tapped on that note.

    .. no_pii: a hash of the leader's mark; see docs/privacy.md.
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    note = models.ForeignKey(EchoNote, on_delete=models.CASCADE, related_name="taps")
    mark = models.CharField(max_length=64)
    people = models.PositiveIntegerField(default=0)
    #: Those of them that are part of the note's number already.
    counted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "mark"], name="psychsafety_echo_tap_once")]


class InsightSnapshot(models.Model):
    """The figures of a course run over all its teams, as they stand until the next day that moves them.

    `document` is what page, CSV, JSON and command read. `steps` is what the next snapshot must know of this one, so
    that no figure grows by fewer than three teams.

    .. no_pii:
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    course_run = models.CharField(max_length=255, unique=True)
    made_on = models.DateField()
    document = models.JSONField()
    steps = models.JSONField(default=dict)
