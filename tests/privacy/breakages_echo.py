"""The deliberate breakages of the echo, for `make attack`."""

from __future__ import annotations

from tests.privacy.mutating import Breakage, Edit

_ECHO = "tests/service/test_echo.py"
_CORE = "tests/core/test_echo.py"
_STEPS = "tests/privacy/test_echo_in_steps.py"
_RULE_2 = "tests/privacy/test_rule_02_no_author_time_or_order.py"
_KEPT = "tests/service/test_echo_retention.py"


def _breakage(name: str, file: str, old: str, new: str, *tests: str) -> Breakage:
    return Breakage(name, (Edit(file, old, new),), tests)


ECHO_BREAKAGES = (
    _breakage(
        "notes are shared whose writers did not choose so",
        "service/echo_pool.py",
        "shared = Note.objects.filter(round_id=round_id, shown=True, share=True)",
        "shared = Note.objects.filter(round_id=round_id, shown=True)",
        _ECHO,
    ),
    _breakage(
        "two notes are enough to share",
        "core/echo.py",
        "FEWEST_SHARED = 3",
        "FEWEST_SHARED = 2",
        _ECHO,
    ),
    _breakage(
        "what points at somebody is shared",
        "service/echo_pool.py",
        "kept = [text for text in texts if find_identifying(text) is None]",
        "kept = list(texts)",
        _ECHO,
    ),
    _breakage(
        "a note is shared twice",
        "service/echo_pool.py",
        "        Note.objects.filter(round_id=round_id).update(share=False)\n",
        "",
        _ECHO,
    ),
    _breakage(
        "a note that the leader hides later stays in the pool",
        "service/commands.py",
        "            withdraw(scene.session, one, found[1])\n",
        "            pass\n",
        _ECHO,
    ),
    _breakage(
        "notes are copied while the ballots of their round are destroyed",
        "storage.py",
        "    end_echo(round_id)\n    forget_resonance(round_id)\n",
        "    from .service.echo_pool import _share\n\n"
        "    end_echo(round_id)\n    forget_resonance(round_id)\n    _share(round_id)\n",
        _RULE_2,
    ),
    _breakage(
        "what waits keeps its keys and its order",
        "service/echo_pool.py",
        "    waiting.delete()\n",
        "    notes = [(team.id, text) for text in kept]\n",
        _RULE_2,
    ),
    _breakage(
        "a pool moves with two teams",
        "core/echo.py",
        "TEAMS_TOGETHER = 3",
        "TEAMS_TOGETHER = 2",
        _CORE,
        _STEPS,
    ),
    Breakage(
        "a pool moves twice a day",
        (
            Edit("service/echo_pool.py", "if pool.moved_on is None or pool.moved_on < today:", "if True:"),
            Edit(
                "service/echo_pool.py",
                "if pool is None or (pool.moved_on is not None and pool.moved_on >= today):",
                "if pool is None:",
            ),
        ),
        (_ECHO, _STEPS),
    ),
    _breakage(
        "a hall takes a small team's notes along",
        "core/echo.py",
        "    return [one for one in waiting if one.hall]\n",
        "    return list(waiting) if any(one.hall for one in waiting) else []\n",
        _CORE,
        _ECHO,
    ),
    _breakage(
        "a leader's hall and team are two teams",
        "service/echo_pool.py",
        "Held(mark=small.get(one.mark, one.mark),",
        "Held(mark=one.mark,",
        _ECHO,
    ),
    _breakage(
        "a team hears its own notes",
        "service/echo.py",
        "for one in teams if one.mark not in (mark, hall_mark(mark))}",
        "for one in teams}",
        _ECHO,
    ),
    _breakage(
        "a team is given another sample each time",
        "service/echo.py",
        "    if first:\n        others",
        "    if first or EchoShown.objects.filter(visit=visit).delete():\n        others",
        _ECHO,
    ),
    _breakage(
        "a pool is shown with a few notes",
        "core/echo.py",
        ">= POOL * minimum",
        ">= minimum",
        _CORE,
        _ECHO,
    ),
    _breakage(
        "two notes of a team stand side by side",
        "core/echo.py",
        "    return [one.note for one in _apart(chosen, randomness)]\n",
        "    return [one.note for one in chosen]\n",
        _CORE,
    ),
    _breakage(
        "small numbers are told exactly",
        "core/echo.py",
        "    if people < EXACT_PEOPLE:\n",
        "    if people < FEWEST_PEOPLE:\n",
        _CORE,
        _ECHO,
    ),
    _breakage(
        "a number grows by one team",
        "core/echo.py",
        "    if len(fresh) < TEAMS_TOGETHER:\n",
        "    if not fresh:\n",
        _CORE,
    ),
    _breakage(
        "the same people are counted again and again",
        "service/echo.py",
        "update(people=max(people, before[note]))",
        "update(people=people + before[note])",
        _ECHO,
    ),
    _breakage(
        "taps that were not counted stay",
        "echo_taps.py",
        "    collected.delete()\n",
        "",
        _ECHO,
    ),
    _breakage(
        "one leader takes a note away from all",
        "service/echo.py",
        "_REPORTS = 2",
        "_REPORTS = 1",
        _ECHO,
    ),
    _breakage(
        "a rehearsal looks into the pool",
        "service/echo.py",
        "    if session.rehearsal or not session.leader_mark:\n        return None\n",
        "",
        _ECHO,
    ),
    _breakage(
        "examples are told before the echo is opened",
        "core/activities/wall.py",
        'public_fields = (*Kind.public_fields, "starter", "max_length")',
        'public_fields = (*Kind.public_fields, "starter", "max_length", "echo_examples")',
        _ECHO,
        "tests/core/test_activities.py",
    ),
    _breakage(
        "shared notes outlive their time",
        "service/sweeping.py",
        "    let_echo_go()\n",
        "",
        _KEPT,
    ),
    _breakage(
        "the day on which a team shared is kept",
        "service/echo_pool.py",
        "    return now().date().replace(day=1)\n",
        "    return now().date()\n",
        _KEPT,
    ),
    _breakage(
        "a retired leader is found in the echo",
        "service/leaving.py",
        "    pools = forget_leader(marks_in, keys)\n",
        "    pools = 0\n",
        "tests/privacy/test_retired_accounts.py",
    ),
    _breakage(
        "everybody reads which notes are shared",
        "service/kept.py",
        '    Note: {"share": "share"},\n',
        "",
        "tests/service/test_kept.py",
    ),
)
