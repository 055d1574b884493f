"""The deliberate breakages of the figures over all teams, for `make attack`."""

from __future__ import annotations

from tests.privacy.mutating import Breakage, Edit

_CORE = "tests/core/test_insights.py"
_SERVICE = "tests/service/test_insights.py"
_QUESTIONS = "tests/service/test_insight_questions.py"
_STEPS = "tests/privacy/test_figures_in_steps.py"


def _breakage(name: str, file: str, old: str, new: str, *tests: str) -> Breakage:
    return Breakage(name, (Edit(file, old, new),), tests)


INSIGHT_BREAKAGES = (
    _breakage(
        "figures move with two teams",
        "core/insights.py",
        "FEWEST_TEAMS = 3",
        "FEWEST_TEAMS = 2",
        _CORE,
        _STEPS,
    ),
    _breakage(
        "one large team stands for a figure",
        "core/insights.py",
        "others = sum(most.values()) - max(most.values(), default=0)",
        "others = sum(most.values())",
        _CORE,
        _STEPS,
    ),
    _breakage(
        "a team that met twice is twice as many",
        "core/insights.py",
        "most[team] = max(people, most.get(team, 0))",
        "most[team] = people + most.get(team, 0)",
        _CORE,
    ),
    _breakage(
        "whoever nobody knows is a team",
        "core/insights.py",
        "        if team:\n            most[team]",
        "        if True:\n            most[team]",
        _CORE,
        _STEPS,
    ),
    _breakage(
        "a number moves when one more team has answered so",
        "core/insights.py",
        '        if len(met - {""}) < FEWEST_TEAMS:\n',
        "        if not met:\n",
        _CORE,
        _STEPS,
    ),
    _breakage(
        "a session is counted again when it is reduced to counts",
        "core/insights.py",
        "one.day <= until and (told.through is None or one.day > told.through)]",
        "one.day <= until]",
        _CORE,
        _STEPS,
    ),
    _breakage(
        "a number of people is exact from five",
        "core/insights.py",
        "NOTE_TEAMS, EXACT_FROM = 5, 3, 10",
        "NOTE_TEAMS, EXACT_FROM = 5, 3, 5",
        _CORE,
        _QUESTIONS,
    ),
    _breakage(
        "sessions of today are told today",
        "service/insights.py",
        "until = today - datetime.timedelta(days=1)",
        "until = today",
        _SERVICE,
    ),
    _breakage(
        "figures move at each look",
        "service/insights.py",
        "if earlier is not None and earlier.made_on >= today:",
        "if earlier is None and False:",
        _SERVICE,
    ),
    _breakage(
        "who asks at the same time is told something else",
        "service/insights.py",
        "    if _put(course_run, today, earlier, document, steps):\n        return document\n",
        "    _put(course_run, today, earlier, document, steps)\n    return document\n",
        _SERVICE,
    ),
    _breakage(
        "a note that was taken out of the echo stays in the figures",
        "service/insights.py",
        "id__in=[int(note) for note in shown], live=True)",
        "id__in=[int(note) for note in shown])",
        _QUESTIONS,
    ),
    _breakage(
        "notes below ten people stand in their order",
        "service/insights.py",
        'people__lt=EXACT_FROM).order_by("id")',
        'people__lt=EXACT_FROM).order_by("-people")',
        _QUESTIONS,
    ),
    _breakage(
        "a rehearsal counts",
        "service/insight_facts.py",
        "        rehearsal=False,\n",
        "",
        _SERVICE,
    ),
    _breakage(
        "a statement says in which language a team met",
        "service/insight_questions.py",
        "            text=text,\n",
        '            text=one["text"],\n',
        _QUESTIONS,
    ),
)
