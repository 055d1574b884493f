"""What is kept: every model and every column of it is shown, or withheld with a reason; and shown as it is stored."""

import datetime

import pytest
from django.apps import apps
from django.db import connection

from psychsafety_xblock.core.activities import KINDS
from psychsafety_xblock.models import Activity, Note, Round, Session, Tally, Token
from psychsafety_xblock.service.kept import WITHHELD
from tests.agendas import AGREE, CHOICE, PULSE, TALK, WALL, AgendaTeam, count_all, play
from tests.support import call, revealed

pytestmark = pytest.mark.django_db

MODELS = {model._meta.db_table: model for model in apps.get_app_config("psychsafety_xblock").get_models()}


def tables(team, token=None):
    """The tables of the reply to this token (the first seat's), by name."""
    response = call(team.api + "kept", token=token or team.seats[0])
    assert response.status_code == 200, response.content
    return {table["name"]: table for table in response.json()["tables"]}


def of(team, model, token=None):
    """One of them."""
    return tables(team, token)[model._meta.db_table]


def reasons(table):
    """Why something of a table is withheld, by column."""
    return {(one["column"], one["reason"]) for one in table["withheld"]}


def played():
    """A team that has done an activity of each kind, and whose last one, a wall, is counted."""
    team = AgendaTeam(TALK, CHOICE, PULSE, AGREE, WALL).fill(guests=4)
    for _ in range(5):
        play(team)
    count_all(team)
    return team


def test_every_model_of_the_app_is_a_table_of_the_page():
    """Whoever adds one has to say here what of it a participant may see, and what not, and why.

    What teams share with others, and the figures over all teams, lie in rows that know no session: nothing there is of
    this one as far as anybody could tell, so there is no row to show.
    """
    of_no_session = {table for table in MODELS if table.split("_xblock_")[1].startswith(("echo", "insight"))}
    assert len(of_no_session) == 8
    assert set(tables(revealed())) == set(MODELS) - of_no_session


def test_every_column_is_shown_or_withheld_with_a_reason():
    for name, table in tables(played()).items():
        columns = {field.column for field in MODELS[name]._meta.concrete_fields}
        assert set(table["columns"]) == columns
        named = {one["column"] for one in table["withheld"]}
        for row in table["rows"]:
            assert set(row) | named >= columns, name
            assert set(row) <= columns


def test_the_columns_that_nobody_is_shown_are_these():
    assert {model.__name__: dict(columns) for model, columns in WITHHELD.items()} == {
        "Session": {"open_slot": "leader", "leader_mark": "leader", "team": "team", "join_code": "code"},
        "Round": {"answered": "number"},
        "Note": {"share": "share"},
    }
    for model, columns in WITHHELD.items():
        assert set(columns) <= {field.column for field in model._meta.concrete_fields}


def stored(table: str) -> list[dict[str, str]]:
    """The rows of a table by column, as the database itself gives them, each value as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(str, row), strict=True)) for row in cursor.fetchall()]


def plain(value: object) -> str:
    """A value of the reply as the database writes it, for SQLite."""
    if isinstance(value, str) and value[10:11] == "T":
        return str(datetime.datetime.fromisoformat(value).replace(tzinfo=None))
    return str(value)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="compares with what SQLite writes")
def test_values_are_those_of_the_database():
    for name, table in tables(played()).items():
        found = stored(name)
        assert table["rows"] or name.endswith("_ballot"), name
        for row in table["rows"]:
            told = {column: plain(value) for column, value in row.items() if column != "definition"}
            assert [one for one in found if told.items() <= one.items()], (name, told)


def test_the_own_seat_is_the_row_of_the_own_token():
    team = revealed()
    for token in (team.seats[0], team.seats[4], team.leader):
        (row,) = of(team, Token, token)["rows"]
        one = Token.objects.get(hash=row["hash"])
        assert row["id"] == str(one.id)
        assert row["role"] == one.role == ("leader" if token == team.leader else "seat")
        assert token not in str(tables(team, token)), "the token itself is nowhere"
        assert reasons(of(team, Token, token)) == {(None, "seats")}


def test_of_an_activity_that_has_not_begun_only_the_agenda_is_told():
    team = AgendaTeam(WALL, {**CHOICE, "script": "Say it slowly.", "notes": "Watch who looks away."}).fill(guests=4)
    assert [set(row["definition"]) for row in of(team, Activity)["rows"]] == [{"kind", "title", "minutes"}] * 2
    assert reasons(of(team, Activity)) == {("definition", "later")}
    play(team)
    team.command("start_round")
    told = of(team, Activity)
    assert told["rows"][1]["definition"]["options"][0]["text"] == "Here"
    assert reasons(told) == {("definition", "guide")}
    assert "slowly" not in str(tables(team)) + str(tables(team, team.leader))
    assert "looks away" not in str(tables(team))


def test_what_is_left_out_of_a_definition_is_the_leaders_guide_alone():
    team = played()
    told = {row["id"]: row["definition"] for row in of(team, Round)["rows"]}
    asked = Round.objects.filter(session_id=team.session_id)
    assert {one.definition["kind"] for one in asked} == set(KINDS)
    for one in asked:
        # The author's examples of what others write are read by all, once the leader opens them.
        examples = {"echo_examples"} if one.definition["kind"] == "wall" else set()
        assert set(one.definition) - set(told[str(one.id)]) == {"script", "notes"} | examples
        assert told[str(one.id)].items() <= one.definition.items()


def test_figures_of_an_earlier_session_are_not_told():
    first = AgendaTeam(PULSE, CHOICE).fill(guests=6)
    play(first)
    first.command("close_session")
    later = AgendaTeam({**PULSE, "compare": True}, leader="mette", usage="next").fill(guests=4)
    later.command("start_round")
    assert Round.objects.get(session_id=later.session_id).definition["before"]
    assert "before" not in of(later, Round)["rows"][0]["definition"]


def test_retention_is_told_where_there_is_one(settings):
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "RETENTION_DAYS": 12}
    team = revealed()
    assert call(team.api + "kept", token=team.seats[0]).json()["retention_days"] == 12


def test_another_sessions_rows_are_not_among_them():
    team, other = revealed(), revealed_elsewhere()
    told = tables(team)
    for model in (Session, Round, Activity, Note, Tally):
        for row in told[model._meta.db_table]["rows"]:
            assert row.get("session_id", team.session_id) == team.session_id
            assert other.session_id not in map(str, row.values())
    assert {row["text"] for row in told[Note._meta.db_table]["rows"]} == {f"note of seat {n}" for n in range(5)}


def revealed_elsewhere():
    """Another leader's team, with notes of its own."""
    team = AgendaTeam(WALL, leader="somebody-else").fill(guests=4)
    play(team)
    return team
