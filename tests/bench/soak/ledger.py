"""What clients were told of their answers, and whether the database holds exactly that."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from psychsafety_xblock.core.activities import kind_of
from psychsafety_xblock.models import Ballot, EchoTap, Note, Round, Session
from psychsafety_xblock.service.echo_pool import place, reader_mark, team_mark
from psychsafety_xblock.storage import tally_of

from .wire import Outcome


@dataclass(frozen=True)
class Sent:
    """An answer and what its client knows: between how many times it may be stored, 1 and 1 if it was acknowledged."""

    answer: dict[str, Any]
    least: int
    most: int


@dataclass
class Ledger:
    """All answers of a soak by round, and what was found wrong."""

    answers: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    taps: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    echo_taps: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)
    sessions: int = 0
    rounds: int = 0
    acknowledged: int = 0
    doubtful: int = 0

    def note(
        self,
        round_id: str,
        answer: dict[str, Any],
        outcomes: list[Outcome],
        *,
        purpose: Ballot.Purpose = Ballot.Purpose.ANSWER,
    ) -> None:
        """The last words that a client got for one answer, or for its taps, which it may have sent several times."""
        counted = any(one.status == 202 or one.error == "already_answered" for one in outcomes)
        perhaps = any(one.doubtful for one in outcomes)
        if sum(one.status == 202 for one in outcomes) > 1:
            self.problems.append(f"round {round_id}: one answer was acknowledged twice as new")
        sent = Sent(answer, least=int(counted), most=int(counted or perhaps))
        into = {
            Ballot.Purpose.ANSWER: self.answers,
            Ballot.Purpose.RESONANCE: self.taps,
            Ballot.Purpose.ECHO: self.echo_taps,
        }
        into[purpose][int(round_id)].append(sent)
        self.acknowledged += counted
        self.doubtful += perhaps and not counted

    def judge(self, round_id: int) -> None:
        """Compare a round whose answers can no longer change with what is stored of it.

        All is read before anything is compared: when the database goes away in between, this is called again.
        """
        one = Round.objects.select_related("session", "activity").get(id=round_id)
        notes = list(Note.objects.filter(round=one).values_list("text", "resonance"))
        tally = tally_of(round_id)
        ballots = Ballot.objects.filter(round=one).count()
        heard = _counted_of_the_echo(one)
        echo_taps = self.echo_taps.pop(round_id, [])
        sent, taps = self.answers.pop(round_id, []), self.taps.pop(round_id, [])
        self.rounds += 1
        kind = kind_of(one.definition)
        where = f"round {round_id} ({kind.name})"
        if one.answered is not None:
            self._between(f"{where}: answers", one.answered, sent)
        if kind.has_notes:
            self._judge_texts(where, sent, [text for text, _ in notes])
            for _, resonance in notes:
                self._between(f"{where}: taps on a note", resonance, taps)
        else:
            votes = [(each, set(kind.answer(one.definition, each.answer).votes)) for each in sent]
            for cell, n in tally.items():
                self._between(f"{where}: counter {cell}", n, [each for each, cells in votes if cell in cells])
        for note in {note for each in echo_taps for note in each.answer["notes"]} | heard.keys():
            tapped = [each for each in echo_taps if note in each.answer["notes"]]
            self._between(f"{where}: taps on a note of the echo", heard.get(note, 0), tapped)
        if ballots:
            self.problems.append(f"{where}: {ballots} ballots are left")

    def judge_course(self, session_id: str) -> int:
        """The same for a course-wide wall, over all of its periods together; gives how many notes are published."""
        rounds = list(Round.objects.filter(session_id=session_id).order_by("number"))
        notes = list(Note.objects.filter(round__in=rounds).values_list("text", "shown"))
        ballots = Counter(Ballot.objects.filter(round__in=rounds).values_list("round_id", flat=True))
        self.rounds += len(rounds)
        sent = {one.id: self.answers.pop(one.id, []) for one in rounds}
        everything = [each for answers in sent.values() for each in answers]
        self._judge_texts("the wall for everybody", everything, [text for text, _ in notes])
        for one in rounds:
            open_now = one.phase == Round.Phase.COLLECTING
            self._between(f"period {one.number}: ballots", ballots[one.id], sent[one.id] if open_now else [])
        return sum(shown for _, shown in notes)

    def judge_the_rest(self) -> None:
        """Nothing is left open, and no answer was forgotten by this judgement."""
        stuck = Round.objects.filter(session__kind=Session.Kind.TEAM, open_slot__isnull=False).count()
        if stuck:
            self.problems.append(f"{stuck} rounds of teams are still open")
        if Ballot.objects.filter(round__session__kind=Session.Kind.TEAM).exists():
            self.problems.append("ballots of teams are left")
        if any(self.answers.values()) or any(self.taps.values()) or any(self.echo_taps.values()):
            self.problems.append("some answers were never compared with what is stored")

    def _judge_texts(self, where: str, sent: list[Sent], stored: list[str]) -> None:
        found = Counter(stored)
        for each in sent:
            times = found.pop(each.answer["text"], 0)
            if not each.least <= times <= each.most:
                self.problems.append(f"{where}: a note is there {times} times, expected {each.least} to {each.most}")
        if found:
            self.problems.append(f"{where}: {sum(found.values())} notes are there that nobody sent")

    def _between(self, what: str, number: int, sent: list[Sent]) -> None:
        least, most = sum(each.least for each in sent), sum(each.most for each in sent)
        if not least <= number <= most:
            self.problems.append(f"{what}: {number}, expected {least} to {most}")


def _counted_of_the_echo(one: Round) -> dict[str, int]:
    """How many of the round's team could have written which note of other teams; of one session only, as teams here."""
    slot = place(one.session, one.activity, one.definition).slot
    mark = reader_mark(team_mark(slot, one.session.leader_mark))
    return {str(note): people for note, people in EchoTap.objects.filter(mark=mark).values_list("note_id", "people")}
