"""Several who come by at once, on the day on which a session becomes counts: it is done once."""

import datetime

from django.core.cache import cache

from psychsafety_xblock import service
from psychsafety_xblock.models import Note, Session, Token
from tests.teams import Team, in_threads

SWEEPERS = 6


def test_many_sweeps_at_once_make_one_row_of_counts_each(place):
    for number in range(3):
        team = Team(4)
        team.revealed(4)
        team.command("close_session")
        Session.objects.filter(id=team.id).update(ended_on=datetime.date(2026, 1, 1 + number))

    def sweep():
        cache.clear()
        service.sweep()
        return "swept"

    assert set(in_threads(SWEEPERS, [sweep] * SWEEPERS)) == {"swept"}
    assert list(Session.objects.values_list("kept", flat=True)) == ["counts"] * 3
    assert sorted(day.day for day in Session.objects.values_list("ended_on", flat=True)) == [1, 2, 3]
    assert set(Session.objects.values_list("seats", flat=True)) == {4}
    assert not Token.objects.exists()
    assert not Note.objects.exists()
