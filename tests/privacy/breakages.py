"""The deliberate breakages of `make attack`: what a tired colleague, or a curious one, might do to the package."""

from __future__ import annotations

from tests.privacy.breakages_echo import ECHO_BREAKAGES
from tests.privacy.breakages_insights import INSIGHT_BREAKAGES
from tests.privacy.mutating import TESTS, Breakage, Edit

_RULE_8 = ("tests/storage", "tests/concurrency")

BREAKAGES = (
    Breakage(
        "a note keeps when it was written",
        (
            Edit(
                "models.py",
                "    shown = models.BooleanField(default=False)\n    resonance",
                "    shown = models.BooleanField(default=False)\n"
                "    written_at = models.DateTimeField(auto_now_add=True, null=True)\n    resonance",
            ),
            Edit(
                "storage.py",
                '(id, round_id, text, share, shown, resonance) "',
                '(id, round_id, text, share, shown, resonance, written_at) "',
            ),
            Edit(
                "storage.py", '"VALUES (%s, %s, %s, %s, %s, 0)"', '"VALUES (%s, %s, %s, %s, %s, 0, CURRENT_TIMESTAMP)"'
            ),
        ),
        first=("tests/privacy/test_rule_02_no_author_time_or_order.py",),
    ),
    Breakage(
        "notes have a key that counts up",
        (
            Edit(
                "storage.py",
                "[random_key(), round_id, text, share, False]",
                "[1 + Note.objects.count(), round_id, text, share, False]",
            ),
            Edit(
                "storage.py",
                "Note(id=random_key(), round_id=target, text=text, share=share, shown=shown) for text, share in pool",
                "Note(id=1 + n, round_id=target, text=text, share=share, shown=shown) for n, (text, share) in enumerate(pool)",
            ),
            Edit("storage.py", "        return False\n    randomness.shuffle(pool)\n", "        return False\n"),
        ),
        first=("tests/privacy/test_rule_02_no_author_time_or_order.py",),
    ),
    Breakage(
        "notes keep their keys at the reveal",
        (
            Edit(
                "storage.py",
                'pool = list(hidden.values_list("text", "share"))',
                'pool = list(hidden.values_list("id", "text", "share"))',
            ),
            Edit(
                "storage.py",
                "Note(id=random_key(), round_id=target, text=text, share=share, shown=shown) for text, share in pool",
                "Note(id=key, round_id=target, text=text, share=share, shown=shown) for key, text, share in pool",
            ),
        ),
        first=("tests/privacy/test_rule_02_no_author_time_or_order.py",),
    ),
    Breakage(
        "the reveal writes the notes in the order of their old keys",
        (Edit("storage.py", "        return False\n    randomness.shuffle(pool)\n", "        return False\n"),),
        first=("tests/privacy/test_rule_02_no_author_time_or_order.py",),
    ),
    Breakage(
        "notes are grouped in the order of their old keys",
        (Edit("storage.py", "return sorted(Note.objects", "return list(Note.objects"),),
        first=("tests/service/test_grouped_walls.py",),
    ),
    Breakage(
        "whoever meets a sealed round does not wait for its groups",
        (Edit("service/team_state.py", "        let_group(rounds[-1].id)\n", ""),),
        first=("tests/service/test_grouped_walls.py",),
    ),
    Breakage(
        "the log says which text could not be grouped",
        (Edit("service/near.py", "error=type(error).__name__", "error=str(error)"),),
        first=("tests/service/test_grouped_walls.py",),
    ),
    Breakage(
        "the reveal's two transactions become one",
        (
            Edit(
                "service/commands.py",
                "        session.step += 1\n",
                "        if Effect.REVEAL in scene.effects and scene.current:\n            storage.shuffle_in(scene.current.id, RANDOMNESS)\n        session.step += 1\n",
            ),
        ),
        first=("tests/privacy/test_rule_02_no_author_time_or_order.py",),
    ),
    Breakage(
        "SQLite does not overwrite what is deleted",
        (Edit("apps.py", "PRAGMA secure_delete = ON", "PRAGMA secure_delete = OFF"),),
        first=("tests/privacy/test_rule_02_no_author_time_or_order.py",),
    ),
    Breakage(
        "an answer stands in a log line",
        (
            Edit(
                "service/answers.py",
                "    answer = kind_of(definition).answer(definition, raw_answer)\n",
                "    import logging\n\n    logging.getLogger(__name__).info('an answer: %s', raw_answer)\n"
                "    answer = kind_of(definition).answer(definition, raw_answer)\n",
            ),
        ),
        first=("tests/privacy/test_rule_01_no_person_with_an_answer.py",),
    ),
    Breakage(
        "a failure is logged with its traceback",
        (
            Edit(
                "web/requests.py",
                "        kind, places = type(error).__name__, _places(error)\n",
                "        kind, places = type(error).__name__, _places(error)\n        log.exception('it failed')\n",
            ),
        ),
        first=("tests/privacy/test_rule_01_no_person_with_an_answer.py",),
    ),
    Breakage(
        "a failure is logged with its message",
        (Edit("web/requests.py", "type(error).__name__,", "repr(error),"),),
        first=("tests/privacy/test_rule_01_no_person_with_an_answer.py",),
    ),
    Breakage(
        "a database's error is passed on with its statement's values",
        (Edit("storage.py", 'raise Refused("busy") from None', "raise"),),
        first=("tests/privacy/test_rule_01_no_person_with_an_answer.py",),
    ),
    Breakage(
        "the transaction of an answer touches the row of a seat",
        (
            Edit(
                "storage.py",
                "        if text is not None:\n            _add_note(round_id, text, share)\n        _count",
                "        from .models import Token\n\n        Token.objects.filter(session__rounds=round_id, role='seat').update(left=False)\n"
                "        if text is not None:\n            _add_note(round_id, text, share)\n        _count",
            ),
        ),
        first=("tests/privacy/test_rule_09_nothing_per_person_is_written.py",),
    ),
    Breakage(
        "a seat keeps the account",
        (
            Edit(
                "models.py",
                "    guest = models.BooleanField(default=False)\n",
                '    guest = models.BooleanField(default=False)\n    account = models.CharField(max_length=64, default="")\n',
            ),
            Edit(
                "service/seats.py",
                "    if session.kind == Session.Kind.TEAM and session.open_slot",
                "    Token.objects.filter(id=codes.key_of(codes.token_hash(token))).update(account=account)\n    if session.kind == Session.Kind.TEAM and session.open_slot",
            ),
        ),
        first=("tests/privacy/test_rule_01_no_person_with_an_answer.py",),
    ),
    Breakage(
        "ballots stay after the reveal",
        (Edit("storage.py", "    ballots.delete()\n", ""),),
        first=("tests/privacy/test_rule_03_ballots_are_destroyed.py",),
    ),
    Breakage(
        "ballots of resonance stay after it is counted",
        (
            Edit(
                "storage.py",
                "    Ballot.objects.filter(round_id=round_id, purpose=Ballot.Purpose.RESONANCE).delete()\n"
                "    empty_log_afterwards()\n",
                "    empty_log_afterwards()\n",
            ),
        ),
        first=("tests/privacy/test_rule_03_ballots_are_destroyed.py",),
    ),
    Breakage(
        "a ballot can be computed from the database",
        (Edit("core/codes.py", "hmac.new(token.encode(), f", "hmac.new(token_hash(token).encode(), f"),),
        first=("tests/privacy/test_rule_03_ballots_are_destroyed.py",),
    ),
    Breakage(
        "the pepper is in the database",
        (Edit("core/codes.py", 'hashlib.sha256(b"psychsafety pepper " + pepper).hexdigest()', "pepper.hex()"),),
        first=("tests/privacy/test_rule_04_the_pepper_is_in_the_cache_only.py",),
    ),
    Breakage(
        "a learner's seat needs no pepper",
        (Edit("core/codes.py", "hmac.new(pepper, f", 'hmac.new(b"", f'),),
        first=("tests/privacy/test_rule_04_the_pepper_is_in_the_cache_only.py",),
    ),
    Breakage(
        "a lost pepper is replaced while a round collects",
        (Edit("service/seats.py", '            raise Refused("seats_paused")\n', "            pass\n"),),
        first=("tests/privacy/test_rule_04_the_pepper_is_in_the_cache_only.py",),
    ),
    Breakage(
        "tokens are stored",
        (
            Edit(
                "core/codes.py",
                'return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()',
                "return (token.encode(errors='replace').hex() + '0' * 64)[:64]",
            ),
        ),
        first=("tests/privacy/test_rule_03_ballots_are_destroyed.py",),
    ),
    Breakage(
        "a reveal below the minimum",
        (Edit("core/privacy.py", "return minimum + (1 if leader_seated else 0)", "return minimum - 1"),),
        first=("tests/privacy/test_rule_05_nothing_below_the_minimum.py",),
    ),
    Breakage(
        "the leader's own seat does not cost one more",
        (Edit("core/privacy.py", "return minimum + (1 if leader_seated else 0)", "return minimum"),),
        first=("tests/privacy/test_rule_05_nothing_below_the_minimum.py",),
    ),
    Breakage(
        "a minimum of one",
        (Edit("core/privacy.py", "LOWEST_MINIMUM = 3", "LOWEST_MINIMUM = 1"),),
        first=("tests/privacy/test_rule_05_nothing_below_the_minimum.py",),
    ),
    Breakage(
        "a wall of two notes is shown",
        (Edit("core/privacy.py", "NOTES_FLOOR = 3", "NOTES_FLOOR = 2"),),
        first=("tests/privacy/test_rule_05_nothing_below_the_minimum.py",),
    ),
    Breakage(
        "one tap is shown",
        (Edit("core/privacy.py", "RESONANCE_FLOOR = 3", "RESONANCE_FLOOR = 1"),),
        first=("tests/privacy/test_rule_05_nothing_below_the_minimum.py",),
    ),
    Breakage(
        "an item has no floor of its own",
        (Edit("core/results.py", "    if total < needed:\n", "    if total < 1:\n"),),
        first=("tests/privacy/test_counted_kinds.py",),
    ),
    Breakage(
        "agreement in a small group is told in numbers",
        (Edit("core/results.py", "if total < 2 * minimum and counts[first] >= total - 1:", "if total < 0:"),),
        first=("tests/privacy/test_counted_kinds.py",),
    ),
    Breakage(
        "all, and all but one, read differently",
        (Edit("core/results.py", "counts[first] >= total - 1", "counts[first] >= total"),),
        first=("tests/privacy/test_counted_kinds.py",),
    ),
    Breakage(
        "the wall is sent before the reveal",
        (
            Edit(
                "service/team_state.py",
                "None if collecting or current.answered is None else _revealed(current)",
                "_revealed(current)",
            ),
            Edit(
                "service/team_state.py",
                "Note.objects.filter(round__in=rounds, shown=True)",
                "Note.objects.filter(round__in=rounds)",
            ),
        ),
        first=("tests/privacy/test_rule_05_nothing_below_the_minimum.py",),
    ),
    Breakage(
        "everybody is told how many have answered",
        (
            Edit(
                "service/team_state.py",
                '"progress": progress(ballots.answers, eligible, wanted, ballots.late) if collecting else "all",',
                '"progress": str(ballots.answers),',
            ),
        ),
        first=("tests/privacy/test_differencing.py",),
    ),
    Breakage(
        "a seat's version changes with each answer",
        (
            Edit(
                "service/board.py",
                "hashlib.sha256(body.encode()).hexdigest()[:20] for role, body in bodies.items()",
                "hashlib.sha256((body + str(mark)).encode()).hexdigest()[:20] for role, body in bodies.items()",
            ),
        ),
        first=("tests/privacy/test_rule_09_nothing_per_person_is_written.py",),
    ),
    Breakage(
        "a course-wide wall publishes two notes",
        (Edit("core/privacy.py", "return max(SMALLEST_BATCH, 2 * minimum)", "return 2"),),
        first=("tests/privacy/test_rule_06_results_change_in_steps.py",),
    ),
    Breakage(
        "a course-wide wall publishes whenever somebody comes",
        (
            Edit("service/course_wall.py", "    if cache().get(done):\n        return\n", ""),
            Edit("service/course_wall.py", "published_slot__lt=slot", "published_slot__lte=slot"),
        ),
        first=("tests/privacy/test_rule_06_results_change_in_steps.py",),
    ),
    Breakage(
        "a pulse may be repeated",
        (
            Edit(
                "core/activities/base.py", '(rule 6)."""\n        return False\n', '(rule 6)."""\n        return True\n'
            ),
        ),
        first=("tests/privacy/test_counted_kinds.py",),
    ),
    Breakage(
        "the live API takes forms",
        (
            Edit(
                "web/requests.py",
                '    if request.content_type != "application/json":\n        raise Refused("not_json")\n',
                "",
            ),
        ),
        first=("tests/privacy/test_rule_07_the_path_carries_no_identity.py",),
    ),
    Breakage(
        "handlers take forms",
        (
            Edit(
                "handlers.py",
                '                if request.content_type != "application/json":\n                    raise Refused("not_json")\n',
                "",
            ),
        ),
        first=("tests/privacy/test_rule_07_the_path_carries_no_identity.py",),
    ),
    Breakage(
        "our paths are tracked",
        (Edit("settings.py", '    r"^/psychsafety/",\n', ""),),
        first=("tests/privacy/test_rule_07_the_path_carries_no_identity.py",),
    ),
    Breakage(
        "the code stands in the link's query",
        (
            Edit(
                "service/links.py",
                "return f\"{_page('join')}#{code}\" if code",
                "return f\"{_page('join')}?code={code}\" if code",
            ),
        ),
        first=("tests/privacy/test_rule_07_the_path_carries_no_identity.py",),
    ),
    Breakage(
        "a cookie opens a session",
        (
            Edit(
                "web/requests.py",
                'request.META.get("HTTP_AUTHORIZATION", "")',
                'request.META.get("HTTP_AUTHORIZATION", request.COOKIES.get("Authorization", ""))',
            ),
        ),
        first=("tests/privacy/test_rule_07_the_path_carries_no_identity.py",),
    ),
    Breakage(
        "a block counts answers in a field",
        (
            Edit(
                "anonymous_wall.py",
                "    display_name = String(",
                "    answers_so_far = Integer(default=0, scope=Scope.user_state_summary)\n    display_name = String(",
            ),
        ),
        first=("tests/privacy/test_fields_of_the_blocks.py",),
    ),
    Breakage(
        "taking a seat marks the unit as done for the account",
        (
            Edit(
                "doorway.py",
                "        token = service.take_account_seat(session, account=person.account, held=held)\n",
                "        token = service.take_account_seat(session, account=person.account, held=held)\n"
                '        self.runtime.publish(self, "completion", {"completion": 1.0})\n',
            ),
        ),
        first=("tests/privacy/test_rule_09_nothing_per_person_is_written.py",),
    ),
    Breakage(
        "the leader's token answers",
        (
            Edit(
                "service/answers.py",
                "    if holder.role != Token.Role.SEAT:\n",
                "    if holder.role == Token.Role.SCREEN:\n",
            ),
        ),
        first=("tests/privacy/test_rule_10_power_over_time_only.py",),
    ),
    Breakage(
        "walls stay up after the session",
        (Edit("service/sweeping.py", "    take_walls_down(session.id, RESONANCE_FLOOR)\n", ""),),
        first=("tests/privacy/test_attacker_afterwards.py",),
    ),
    Breakage(
        "anybody finds out who led by trying accounts",
        (
            Edit(
                "service/opening.py",
                'salted_hmac("psychsafety leader", f"{course_run}\\x1f{leader}", secret, algorithm="sha256").hexdigest()',
                'codes.slot("lead", course_run, leader)',
            ),
        ),
        first=("tests/privacy/test_who_led.py",),
    ),
    Breakage(
        "an answer is counted twice",
        (
            Edit(
                "storage.py",
                '        except IntegrityError:\n            raise Refused("already_answered") from None\n',
                "        except IntegrityError:\n            return\n",
            ),
        ),
        (*TESTS, *_RULE_8),
    ),
    Breakage(
        "a counter is read, changed and written back",
        (
            Edit(
                "storage.py",
                '        if not Tally.objects.filter(round_id=round_id, item=item, option=option).update(n=F("n") + 1):\n',
                "        one = Tally.objects.filter(round_id=round_id, item=item, option=option).first()\n        if not one or not Tally.objects.filter(id=one.id).update(n=one.n + 1):\n",
            ),
        ),
        _RULE_8,
    ),
    Breakage(
        "an answer does not wait for the reveal",
        (Edit("storage.py", 'SHARE_LOCK = {"mysql": " LOCK IN SHARE MODE"', 'SHARE_LOCK = {"mysql": ""'),),
        _RULE_8,
    ),
    Breakage(
        "counters keep which of them moved last",
        (Edit("storage.py", "        _rewrite_counters(round_id, randomness)\n", ""),),
        first=("tests/privacy/test_attacker_postgres_rows.py",),
    ),
    Breakage(
        "SQLite's log keeps what the tables have forgotten",
        (Edit("sqlite_log.py", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA wal_checkpoint(PASSIVE)"),),
        first=("tests/privacy/test_attacker_sqlite_file.py",),
    ),
    Breakage(
        "an error tracker finds the body of a request",
        (Edit("web/requests.py", '    request._body = b""\n', "    pass\n"),),
        first=("tests/privacy/test_attacker_logs.py",),
    ),
    Breakage(
        "what was carried over fills a batch",
        (Edit("storage.py", ".count() - carried < at_least", ".count() < at_least"),),
        first=("tests/privacy/test_rule_06_results_change_in_steps.py",),
    ),
    Breakage(
        "what is kept shows notes before their reveal",
        (
            Edit(
                "service/kept.py",
                "Note.objects.filter(round__in=rounds, shown=True)",
                "Note.objects.filter(round__in=rounds)",
            ),
        ),
        first=("tests/privacy/test_what_is_kept.py",),
    ),
    Breakage(
        "what is kept shows everybody's ballots",
        (Edit("service/kept.py", "Ballot.objects.filter(id__in=keys)", "Ballot.objects.filter(round__in=rounds)"),),
        first=("tests/privacy/test_what_is_kept.py",),
    ),
    Breakage(
        "a foreign page acts as whoever is signed in",
        (Edit("platform_compat.py", 'return "/handler_noauth/" not in str(request.path)', "return True"),),
        ("tests/blocks",),
    ),
    Breakage(
        "a locked door lets people in",
        (Edit("service/door.py", "    if locked:\n", "    if locked and not join_code:\n"),),
        first=("tests/service/test_door.py",),
    ),
    Breakage(
        "what was too few to show stays as numbers",
        (Edit("service/sweeping.py", "    keep_what_was_shown(session.id)\n", ""),),
        ("tests/service/test_retention.py",),
    ),
    Breakage(
        "what a team agreed on outlives the retention time",
        (Edit("forgetting.py", "definition=kind.asked(one.definition),", "definition=one.definition,"),),
        ("tests/service/test_retention.py",),
    ),
    Breakage(
        "the mark of a leader outlives the account",
        (Edit("service/leaving.py", '    found.update(leader_mark="")\n', ""),),
        first=("tests/privacy/test_retired_accounts.py",),
    ),
    Breakage(
        "seats that came late make the minimum",
        (Edit("service/facts.py", "        return self.answers - self.late\n", "        return self.answers\n"),),
        first=("tests/privacy/test_rule_05_nothing_below_the_minimum.py",),
    ),
    *ECHO_BREAKAGES,
    *INSIGHT_BREAKAGES,
)
