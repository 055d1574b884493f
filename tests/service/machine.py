"""A model of one team's session, driven through the service, that looks at every state that anybody ever gets."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.core.cache import cache as default_cache
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_definition
from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.models import Ballot, Note, Round, Session
from psychsafety_xblock.service import clock
from psychsafety_xblock.service.cache import forget_state
from psychsafety_xblock.service.opening import Source

SOURCE = Source(course_run="machine", usage_key="u", block="b")
WALLS = (4, 3, 5)
COMMANDS = (
    "begin", "start_round", "next", "reveal", "count_resonance", "close_round", "extend", "skip", "back", "lock_door",
    "unlock_door",
)  # fmt: skip
AGREEMENT = {"kind": "commitments", "prompt": "Question 3?", "minimum": 3}


class Seen:
    """What the model knows of one round: what was sent, and what has been shown of it."""

    def __init__(self, minimum: int, kind: str) -> None:
        self.minimum = minimum
        self.kind = kind
        self.items: list[dict[str, Any]] | None = None
        self.texts: list[str] = []
        self.answered: set[str] = set()
        #: Seats by code that were taken while it collected.
        self.late: set[str] = set()
        self.tapped: dict[str, list[str]] = {}
        self.shown: dict[str, str] | None = None
        self.final: dict[str, int | None] | None = None
        self.closed = False
        self.taken_by: set[str] = set()

    @property
    def on_time(self) -> int:
        """How many answers count towards the minimum."""
        return len(self.answered - self.late)


class TeamMachine(RuleBasedStateMachine):
    """Events in any order. After each, leader, screen and a seat look, and all they get is checked."""

    @initialize()
    def open(self) -> None:
        """A leader opens a session with three walls, and something to agree on."""
        default_cache.clear()
        self.rounds: dict[str, Seen] = {}
        self.seats: list[str] = []
        self.guests: set[str] = set()
        self.leader_seated = False
        self.last: dict[str, Any] | None = None
        self.marks = 0
        self.over = False
        definitions = [
            checked_definition({"kind": "wall", "prompt": f"Question {n}?", "minimum": n, "max_length": 60})
            for n in WALLS
        ]
        definitions.insert(1, checked_definition(AGREEMENT))
        self.opened = service.open_session(
            source=SOURCE,
            leader="boss",
            definitions=definitions,
            title="",
            languages=["en"],
            guests_allowed=True,
        )
        self.code = self.opened.join_code
        self.look()

    def teardown(self) -> None:
        """Nothing of this run is left for the next."""
        Session.objects.all().delete()

    # Events.

    @rule(how_many=st.integers(1, 4), account=st.booleans())
    def join(self, how_many: int, account: bool) -> None:
        """People come, with and without accounts."""
        for _ in range(how_many):
            if len(self.seats) < 9:
                self._seat(f"account-{len(self.seats)}" if account else None)
        self.look()

    @rule()
    def leader_sits_down(self) -> None:
        """The leader takes a seat too."""
        self._seat("boss")
        self.look()

    @rule(command=st.sampled_from(COMMANDS), stale=st.sampled_from([0, 0, 0, 1]))
    def lead(self, command: str, stale: int) -> None:
        """The leader presses something, now and then on an old page."""
        fields = {"seconds": 60} if command == "extend" else {}
        self._command(command, stale, **fields)
        self.look()

    @rule(skip=st.integers(0, 8), how_many=st.integers(1, 6), passing=st.integers(0, 3))
    def answer(self, skip: int, how_many: int, passing: int) -> None:
        """Some seats answer, some of them with a pass, some of them again."""
        current = self._current()
        if current is None:
            return
        sentences = [one["id"] for one in self.last["round"]["activity"].get("commitments", [])]
        for seat in self.seats[skip : skip + how_many]:
            self.marks += 1
            text = f"mark-{self.marks}-of-{current[0]}"
            content = {"stand": sentences} if current[1].kind == "commitments" else {"text": text}
            answer = {"pass": True} if passing == 3 else content
            if self._try(lambda s=seat, a=answer: service.submit_answer(self._holder(s), current[0], a)):
                assert seat not in current[1].answered, "counted twice"
                assert current[1].shown is None, "counted after the reveal"
                current[1].answered.add(seat)
                current[1].texts += [text] if "text" in answer else []
        self.look()

    @rule(how_many=st.integers(1, 9), which=st.integers(0, 3))
    def tap(self, how_many: int, which: int) -> None:
        """Seats say which notes they could have written."""
        current = self._current()
        if current is None or not current[1].shown:
            return
        notes = sorted(current[1].shown)[: which + 1]
        for seat in self.seats[:how_many]:
            if self._try(lambda s=seat: service.submit_resonance(self._holder(s), current[0], notes)):
                assert seat not in current[1].tapped
                current[1].tapped[seat] = notes
        self.look()

    @rule(by_leader=st.booleans(), which=st.integers(0, 8))
    def take_down(self, by_leader: bool, which: int) -> None:
        """A note is taken down by a seat or hidden by the leader."""
        current = self._current()
        if current is None or not current[1].shown or not self.seats:
            return
        note = sorted(current[1].shown)[which % len(current[1].shown)]
        seat = self.seats[which % len(self.seats)]
        if by_leader:
            done = self._command("hide_note", note=note)
        else:
            done = self._try(lambda: service.submit_takedown(self._holder(seat), current[0], note))
            if done:
                assert seat not in current[1].taken_by
                current[1].taken_by.add(seat)
        if done:
            del current[1].shown[note]
        self.look()

    @rule(which=st.integers(0, 3))
    def lead_without_devices(self, which: int) -> None:
        """The leader starts what an activity becomes with too few people."""
        agenda = self.last["agenda"] if self.last else []
        if agenda:
            self._command("start_round", activity=agenda[which]["id"], instead=True)
        self.look()

    @rule(which=st.integers(0, 3))
    def lead_again(self, which: int) -> None:
        """The leader starts a certain activity, perhaps once more."""
        agenda = self.last["agenda"] if self.last else []
        if agenda:
            self._command("start_round", activity=agenda[which]["id"])
        self.look()

    @rule(how_many=st.integers(1, 3))
    def write_what_we_agree_on(self, how_many: int) -> None:
        """The leader writes sentences, or corrects them."""
        sentences = [f"Sentence {number}." for number in range(how_many)]
        answered = self._current()[1].answered if self._current() else set()
        done = self._command("set_commitments", commitments=sentences, due=clock.now().date().isoformat())
        assert not (done and answered), "a sentence changed under an answer"
        self.look()

    @rule()
    def sum_up(self) -> None:
        """The leader shows the summary."""
        self._command("show_summary")
        self.look()

    @rule(which=st.integers(0, 8))
    def leave(self, which: int) -> None:
        """Somebody gives a seat back."""
        if self.over or not self.seats:
            return
        seat = self.seats.pop(which % len(self.seats))
        if not self._try(lambda: service.leave_seat(self.opened.session_id, seat)):
            self.seats.append(seat)
        self.look()

    @rule()
    def start_over(self) -> None:
        """The leader makes a new code: the seats by code go, and what was open is closed."""
        if self._command("new_code"):
            old, self.code = self.code, Session.objects.get(id=self.opened.session_id).join_code or ""
            assert self.code != old
            self.seats = [seat for seat in self.seats if seat not in self.guests]
            assert not Ballot.objects.filter(round__session_id=self.opened.session_id).exists()
            assert not any(self._try(lambda s=seat: self._holder(s)) for seat in self.guests)
        self.look()
        assert self.last is None or self.over or self.last["seats"]["all"] >= len(self.seats)

    @rule()
    def lose_the_cache(self) -> None:
        """The cache restarts."""
        default_cache.clear()
        self.look()

    @rule()
    def start_again(self) -> None:
        """The leader opens the unit again: the same session."""
        again = service.current_session(course_run="machine", leader="boss")
        assert again is None or self.over or again.session_id == self.opened.session_id
        self.look()

    # What the model does.

    def _seat(self, account: str | None) -> None:
        try:
            session = service.find_session(self.code)
            if account is None:
                token = service.take_guest_seat(session.id, self.code)
                self.guests.add(token)
                current = self._current()
                if current is not None and self.last["round"]["phase"] == "collecting":
                    current[1].late.add(token)
            else:
                token = service.take_account_seat(session, account=account)
        except Refused:
            return
        self.leader_seated = self.leader_seated or account == "boss"
        if token not in self.seats:
            self.seats.append(token)

    def _holder(self, token: str) -> service.Holder:
        return service.authenticate(self.opened.session_id, token)

    def _try(self, what: Any) -> bool:
        try:
            what()
        except Refused:
            return False
        return True

    def _command(self, command: str, stale: int = 0, **fields: Any) -> bool:
        step = (self.last["step"] if self.last else 0) - stale
        body = {"command": command, "step": step, **fields}
        before = Session.objects.get(id=self.opened.session_id).step
        done = self._try(lambda: service.run_command(self._holder(self.opened.token), body))
        after = Session.objects.get(id=self.opened.session_id).step
        assert after == before + done
        assert not (done and stale), "an old step did something"
        return done

    def _current(self) -> tuple[str, Seen] | None:
        if self.last is None or self.last["round"] is None:
            return None
        number = self.last["round"]["id"]
        return number, self.rounds[number]

    # What everybody may see.

    def look(self) -> None:
        """Leader, screen, the first and the last seat look, and what is stored is looked at too."""
        forget_state(self.opened.session_id)
        tokens = [self.opened.token, self.opened.screen_token, *self.seats[:1], *self.seats[-1:]]
        states = [service.state_for(self._holder(token))[1] for token in tokens]
        for state in states:
            self._check(state)
        for state in states[1:]:
            assert (state["round"] or {}).get("results") == (states[0]["round"] or {}).get("results")
        self._check_storage()
        self.last = states[0]

    def _check(self, state: dict[str, Any]) -> None:
        current = state["round"]
        if current is None:
            assert "mark-" not in json.dumps(state)
            return
        name = current["id"]
        if name not in self.rounds:
            activity = current["activity"]
            self.rounds[name] = Seen(int(activity["prompt"].split()[1].strip("?")), activity["kind"])
            if activity["kind"] != "talk" and activity.get("counted", True):
                assert current["phase"] == "collecting"
                assert len(self.seats) >= self.rounds[name].minimum + self.leader_seated
        seen = self.rounds[name]
        if state["looking_back"]:
            assert current["phase"] == "closed"
        if state["role"] != "leader":
            assert not {"answers", "missing", "resonance_answers", "too_few_people", "drive"} & (
                set(current) | set(state)
            )
        if current["results"] is None:
            assert "mark-" not in json.dumps({**state, "summary": None, "beside": None})
            assert seen.shown is None, "a revealed round was opened again"
            assert seen.items is None, "a count was opened again"
            if current["phase"] == "collecting":
                few = seen.on_time < seen.minimum + self.leader_seated
                assert (current["progress"] == "few") == few
                if state["role"] == "leader":
                    assert current["answers"] == len(seen.answered)
                    assert current["missing"] == max(0, seen.minimum + self.leader_seated - seen.on_time)
            return
        assert current["phase"] in ("revealed", "closed")
        seen.closed = seen.closed or current["phase"] == "closed"
        assert not (seen.closed and current["phase"] == "revealed"), "a closed round was opened again"
        self._check_results(seen, current)

    def _check_results(self, seen: Seen, current: dict[str, Any]) -> None:
        if seen.kind == "commitments":
            if seen.items is None:
                assert seen.on_time >= seen.minimum, "revealed below the minimum"
                seen.items = current["results"]["items"]
            assert current["results"]["items"] == seen.items, "a revealed count changed"
            assert all(item.get("total", seen.minimum) >= seen.minimum for item in seen.items)
            return
        notes = {note["id"]: note["text"] for note in current["results"]["notes"]}
        if seen.shown is None:
            assert seen.on_time >= seen.minimum, "revealed below the minimum"
            assert sorted(notes.values()) == (sorted(seen.texts) if len(seen.texts) >= 3 else [])
            seen.shown = notes
        assert notes == seen.shown, "a revealed wall changed"
        assert "mark-" not in json.dumps({**current, "results": None})
        resonance = {note["id"]: note["resonance"] for note in current["results"]["notes"]}
        if current["resonance"] != "counted":
            assert set(resonance.values()) <= {None}
            return
        assert len(seen.tapped) >= seen.minimum
        for note, shown in resonance.items():
            taps = sum(note in notes for notes in seen.tapped.values())
            assert shown == (taps if taps >= 3 else None)

    def _check_storage(self) -> None:
        for one in Round.objects.filter(session_id=self.opened.session_id):
            purposes = set(Ballot.objects.filter(round=one).values_list("purpose", flat=True))
            if one.phase != "collecting":
                assert "answer" not in purposes
            if one.resonance != "open":
                assert "resonance" not in purposes
            if one.phase == "closed":
                assert not purposes
            seen = self.rounds.get(str(one.id))
            if seen is not None and one.phase == "collecting":
                assert Note.objects.filter(round=one).count() == len(seen.texts)
                assert Ballot.objects.filter(round=one).count() == len(seen.answered)


class EndingMachine(TeamMachine):
    """The same until somebody ends it, or its time is over: from then on nobody sees anything."""

    @rule(how=st.sampled_from(["leader", "time", "fresh"]))
    def end(self, how: str) -> None:
        """The session ends."""
        if self.over:
            return
        holders = [self._holder(token) for token in [self.opened.token, self.opened.screen_token, *self.seats]]
        if how == "leader":
            assert self._command("close_session")
        elif how == "fresh":
            again = service.open_session(
                source=SOURCE,
                leader="boss",
                definitions=[],
                title="",
                languages=["en"],
                guests_allowed=True,
                fresh=True,
            )
            assert again.session_id != self.opened.session_id
        else:
            late = clock.now() - datetime.timedelta(seconds=1)
            Session.objects.filter(id=self.opened.session_id).update(expires_at=late)
            forget_state(self.opened.session_id)
        self.over = True
        for holder in holders:
            try:
                service.state_for(holder)
            except Refused as refusal:
                assert refusal.code == "ended"
                continue
            raise AssertionError("an ended session shows something")
        assert not Ballot.objects.exists()
        for note in Note.objects.all():
            assert note.resonance >= 3
            assert note.round.resonance == "counted"

    def look(self) -> None:
        """Nothing to see any more."""
        if not self.over:
            super().look()

    def _current(self) -> tuple[str, Seen] | None:
        return None if self.over else super()._current()

    def _command(self, command: str, stale: int = 0, **fields: Any) -> bool:
        return not self.over and super()._command(command, stale, **fields)
