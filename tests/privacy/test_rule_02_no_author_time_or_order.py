"""Rule 2: answers carry no author, no time, no order."""

import random

import pytest
from django.db import connection, models

from psychsafety_xblock import storage
from psychsafety_xblock.core.codes import ballot_key, slot
from psychsafety_xblock.models import Activity, Ballot, EchoNote, Note, Round, Session, random_key
from psychsafety_xblock.service.echo_pool import Place, contribute, pool_at
from tests.echoes import EchoTeam
from tests.support import Team, collecting

EIGHT = 8


def a_round(number: int = 1) -> Round:
    """A round that collects, straight in the database."""
    session = Session.objects.create(kind="team", course_run="r", expires_at="2030-01-01T00:00:00Z")
    activity = Activity.objects.create(session=session, usage_key="u", index=0, position=0, block="b", definition={})
    return Round.objects.create(
        session=session, activity=activity, number=number, definition={}, minimum=4, open_slot=slot(session.id)
    )


def answer_in_order(one: Round) -> None:
    for place in range(EIGHT):
        ballot = ballot_key(one.id, "answer", f"token {place} of {one.id}")
        storage.add_answer(round_id=one.id, ballot=ballot, text=f"{place}", share=False)


def as_stored(one: Round) -> list[int]:
    """The texts, which say when they came, in the order in which the rows lie in the file."""
    where = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT text FROM {Note._meta.db_table} WHERE round_id = %s ORDER BY {where}",
            [one.id],
        )
        return [int(text) for (text,) in cursor.fetchall()]


def inversions(order: list[int]) -> int:
    return sum(a > b for place, a in enumerate(order) for b in order[place + 1 :])


def assert_meaningless(orders: list[list[int]]) -> None:
    """The inversions of so many random orders are near their mean: 9 deviations out is one run in 10^18."""
    n, runs = EIGHT, len(orders)
    mean = runs * n * (n - 1) / 4
    deviation = (runs * n * (n - 1) * (2 * n + 5) / 72) ** 0.5
    assert abs(sum(map(inversions, orders)) - mean) < 9 * deviation


@pytest.mark.django_db
def test_neither_keys_nor_storage_follow_the_order_of_answering():
    before, after = [], []
    for _ in range(20):
        one = a_round()
        answer_in_order(one)
        before.append(as_stored(one))
        assert storage.seal(one.id, 4) == EIGHT
        storage.shuffle_in(one.id, random.SystemRandom())
        after.append(as_stored(one))
    assert_meaningless(before)
    assert_meaningless(after)
    assert_meaningless([[now.index(place) for place in then] for then, now in zip(before, after, strict=True)])


@pytest.mark.django_db
def test_the_order_in_which_a_reveal_writes_means_nothing():
    """What a replication log keeps of the reveal: not the order of the old keys, which could be looked up before it."""
    orders = []
    for _ in range(20):
        one = a_round()
        answer_in_order(one)
        by_old_key = as_stored(one)
        written: list[int] = []

        def record(execute, sql, params, many, context, written=written):
            if sql.startswith("INSERT") and Note._meta.db_table in sql:
                written += [int(value) for value in params if isinstance(value, str)]
            return execute(sql, params, many, context)

        storage.seal(one.id, 4)
        with connection.execute_wrapper(record):
            storage.shuffle_in(one.id, random.SystemRandom())
        assert sorted(written) == list(range(EIGHT))
        orders.append([by_old_key.index(place) for place in written])
    assert_meaningless(orders)


@pytest.mark.django_db
def test_the_wall_is_read_in_the_order_of_its_keys():
    team = collecting()
    team.answers([f"text {number}" for number in range(5)])
    team.command("reveal")
    ids = [int(note["id"]) for note in team.notes()]
    assert ids == sorted(ids)
    assert team.notes(team.seats[0]) == team.notes(team.screen) == team.notes()


@pytest.mark.django_db
def test_notes_get_new_keys_at_the_reveal():
    team = collecting()
    team.answers([f"text {number}" for number in range(5)])
    before = set(Note.objects.values_list("id", flat=True))
    team.command("reveal")
    after = set(Note.objects.values_list("id", flat=True))
    assert len(before) == len(after) == 5
    assert not before & after


@pytest.fixture
def transactions_of(monkeypatch):
    """`transactions_of(work)` does it and gives the statements of each transaction, as one text."""

    def run(work) -> list[str]:
        transactions: list[list[str]] = [[]]
        autocommit = connection.set_autocommit

        def begins_or_ends(*args, **kwargs):
            transactions.append([])
            return autocommit(*args, **kwargs)

        def record(execute, sql, params, many, context):
            transactions[-1].append(sql)
            return execute(sql, params, many, context)

        monkeypatch.setattr(connection, "set_autocommit", begins_or_ends)
        with connection.execute_wrapper(record):
            work()
        return [" ; ".join(statements) for statements in transactions if statements]

    return run


@pytest.mark.django_db(transaction=True)
def test_no_transaction_that_writes_a_revealed_note_touches_a_ballot(transactions_of):
    team = collecting()
    team.answers([f"text {number}" for number in range(5)])
    texts = transactions_of(lambda: team.command("reveal"))
    note, ballot = Note._meta.db_table, Ballot._meta.db_table
    rewriting = [text for text in texts if f'INSERT INTO "{note}"' in text.replace("`", '"')]
    destroying = [text for text in texts if f'DELETE FROM "{ballot}"' in text.replace("`", '"')]
    assert len(rewriting) == len(destroying) == 1
    assert ballot not in rewriting[0]
    assert note not in destroying[0]
    assert texts.index(destroying[0]) < texts.index(rewriting[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", ["close_round", "next", "show_summary", "close_session", "new_code"])
def test_no_transaction_that_copies_a_note_for_other_teams_touches_a_ballot(transactions_of, command):
    team = EchoTeam("a", again=2).write()
    for seat in team.seats:
        team.tap(seat, [team.notes()[0]["id"]])
    texts = transactions_of(lambda: team.command(command))
    copy, ballot = EchoNote._meta.db_table, Ballot._meta.db_table
    copying = [text for text in texts if f'INSERT INTO "{copy}"' in text.replace("`", '"')]
    assert len(copying) == 1
    assert ballot not in copying[0]
    assert any(f'DELETE FROM "{ballot}"' in text.replace("`", '"') for text in texts)


@pytest.mark.django_db
def test_what_waits_for_other_teams_is_written_anew_with_all_that_comes():
    """Neither keys nor the order of writing tell which notes came together, or last."""
    orders, told = [], 0
    pool = pool_at(Place(scope="run", exercise="x", language="en"))
    where = "rowid" if connection.vendor == "sqlite" else "id"
    for _ in range(20):
        EchoNote.objects.all().delete()
        contribute(pool.id, "a team", [str(place) for place in range(4)], hall=False)
        before = set(EchoNote.objects.values_list("id", flat=True))
        contribute(pool.id, "another", [str(place) for place in range(4, EIGHT)], hall=False)
        told += len(before & set(EchoNote.objects.values_list("id", flat=True)))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT text FROM {EchoNote._meta.db_table} ORDER BY {where}")
            orders.append([int(text) for (text,) in cursor.fetchall()])
    assert told == 0
    assert_meaningless(orders)


#: Everything that is stored, pinned: whoever adds a column here has to think about rule 2 first.
COLUMNS = {
    "Session": "id kind course_run title language second_language open_slot leader_mark join_code guests_allowed "
    "locked leader_seated phase step rehearsal begun_at shown_round expires_at ended_on kept follow_up_on team "
    "completed screen_page seats pepper_fingerprint seat_generation published_slot",
    "Token": "id session hash role guest phone tablet left late",
    "Activity": "id session usage_key index position block definition skipped",
    "Round": "id session activity number definition minimum phase open_slot ends_at started_at closing answered floor "
    "hidden carried resonance echo echo_source echo_near",
    "Tally": "id round item option n",
    "Ballot": "id round purpose late",
    "Note": "id round text share shown resonance cluster",
    "EchoPool": "id slot scope exercise language moved_on waiting_since",
    "EchoTeam": "id pool mark hall",
    "EchoNote": "id pool team text live live_on people teams",
    "EchoReport": "id note mark",
    "EchoVisit": "id pool mark made_on",
    "EchoShown": "id visit note position",
    "EchoTap": "id note mark people counted",
    "InsightSnapshot": "id course_run made_on document steps",
}


def our_models() -> list[type[models.Model]]:
    from django.apps import apps

    return list(apps.get_app_config("psychsafety_xblock").get_models())


def test_the_columns_are_these():
    assert {model.__name__: " ".join(f.name for f in model._meta.concrete_fields) for model in our_models()} == COLUMNS


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_no_time_no_counter_no_person(model):
    from django.conf import settings

    for field in model._meta.get_fields():
        assert not isinstance(field, models.AutoField), field
        assert not getattr(field, "auto_now", False), field
        assert not getattr(field, "auto_now_add", False), field
        related = field.related_model
        assert related is None or related._meta.app_label == "psychsafety_xblock", field
        assert related is None or related._meta.label != settings.AUTH_USER_MODEL
    times = {f.name for f in model._meta.concrete_fields if isinstance(f, models.DateField | models.TimeField)}
    # When a session's time is over, on which day it ended, since when it and its open round run, until when a round
    # still waits, and when the team meets again: all of a whole team.
    of_a_team = {"expires_at", "ended_on", "ends_at", "begun_at", "started_at", "follow_up_on"}
    # Days, without a time, of three teams together, and on which a team's leader first opened an echo.
    of_many = {"moved_on", "waiting_since", "live_on", "made_on"}
    assert times <= of_a_team | of_many
    days = {f.name for f in model._meta.concrete_fields if isinstance(f, models.DateTimeField)}
    assert not days & of_many
    assert model.__name__ not in ("Token", "Ballot", "Note", "EchoTeam", "EchoReport", "EchoTap") or not times
    assert not model._meta.ordering
    assert "history" not in dir(model)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way of storing")
def test_on_sqlite_the_key_is_the_place_and_what_is_deleted_is_overwritten():
    Team()
    with connection.cursor() as cursor:
        for model in our_models():
            if model.__name__ in ("Token", "Ballot", "Note"):
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [model._meta.db_table])
                assert '"id" integer NOT NULL PRIMARY KEY' in cursor.fetchone()[0]
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1


def test_keys_are_random():
    made = {random_key() for _ in range(2000)}
    assert len(made) == 2000
    assert all(0 < key < 2**63 for key in made)
    assert sum(key > 2**62 for key in made) in range(700, 1300)
