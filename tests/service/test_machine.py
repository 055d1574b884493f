"""No sequence of events shows anybody anything below the minimum or its floors, or opens a revealed round again."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.service.machine import EndingMachine, TeamMachine

BOUNDS = settings(
    max_examples=40,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    # A failure is told as it was found: making it smaller would take minutes on a real database.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
@pytest.mark.parametrize("machine", [TeamMachine, EndingMachine])
def test_no_sequence_of_events_shows_more_than_it_may(machine, monkeypatch):
    # A lost secret is asked for again after a moment, which nobody needs to wait for here.
    monkeypatch.setattr("psychsafety_xblock.service.cache.time.sleep", lambda seconds: None)
    run_state_machine_as_test(machine, settings=BOUNDS)


@pytest.mark.django_db
def test_the_machine_gets_as_far_as_counted_resonance():
    """Chance alone seldom does, and a property that is never reached proves nothing."""
    machine = TeamMachine()
    machine.open()
    machine.join(4, True)
    machine.lead("start_round", 0)
    machine.answer(0, 3, 0)
    machine.lead("reveal", 0)
    assert machine.last["round"]["phase"] == "collecting"
    machine.answer(3, 1, 0)
    machine.lead("reveal", 0)
    assert len(machine.last["round"]["results"]["notes"]) == 4
    machine.tap(4, 0)
    machine.lead("count_resonance", 0)
    assert machine.last["round"]["resonance"] == "counted"
    assert sorted(str(note["resonance"]) for note in machine.last["round"]["results"]["notes"]) == [
        "4", "None", "None", "None",
    ]  # fmt: skip
    machine.take_down(False, 1)
    assert machine.last["round"]["results"]["hidden"] == 1
    machine.lead("next", 0)
    assert machine.last["round"]["number"] == 2
    machine.teardown()
