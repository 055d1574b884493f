"""The leader corrects sentences while seats answer: no answer counts for a sentence that it was not sent for."""

from __future__ import annotations

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_definition
from psychsafety_xblock.models import Activity, Ballot, Tally
from psychsafety_xblock.service import clock
from tests.teams import Team, in_threads, round_of

SEATS, ROUNDS = 8, 6


def test_an_answer_counts_for_the_sentence_that_it_was_sent_for_or_not_at_all(place):
    for _ in range(ROUNDS):
        team = Team(SEATS)
        agreed = checked_definition({"kind": "commitments", "prompt": "What do we agree on?", "minimum": 3})
        Activity.objects.filter(session_id=team.id).update(definition=agreed)
        round_id = team.start()
        day = clock.now().date().isoformat()
        team.command("set_commitments", commitments=["First."], due=day)

        def answer(number, team=team, round_id=round_id):
            service.submit_answer(team.seat(number), round_id, {"stand": ["c1"]})
            return True

        def correct(team=team, day=day):
            return bool(team.command("set_commitments", commitments=["Second."], due=day))

        calls = [lambda n=number: answer(n) for number in range(SEATS)]
        calls.insert(SEATS // 2, correct)
        results = in_threads(SEATS + 1, calls)
        corrected = results.pop(SEATS // 2)
        counted = results.count(True)
        cells = {(one.item, one.option): one.n for one in Tally.objects.filter(round_id=round_id)}
        assert Ballot.objects.filter(round_id=round_id).count() == counted
        if corrected is True:
            # No answer was sent for the second sentence, so none counts.
            assert counted == 0
            assert cells == {("c2", "stand"): 0, ("c2", "not"): 0}
            assert [one["text"] for one in round_of(round_id).definition["commitments"]] == ["Second."]
        else:
            assert counted == SEATS, results
            assert cells == {("c1", "stand"): SEATS, ("c1", "not"): 0}
        team.command("close_session")
