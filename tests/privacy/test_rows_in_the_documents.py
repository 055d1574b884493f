"""docs/privacy.md shows the rows of a session as they are: the same tables and the same columns as the models."""

from django.apps import apps

from tests.privacy.rows import DOCUMENT, MOMENTS, block_in, columns_in


def test_the_tables_and_columns_are_those_of_the_models():
    """When this fails: `python -m tests.privacy.rows`, and read what it has written as the works council would."""
    models = apps.get_app_config("psychsafety_xblock").get_models()
    block = block_in(DOCUMENT.read_text(encoding="utf-8"))
    assert columns_in(block) == {
        model._meta.db_table: [field.column for field in model._meta.concrete_fields] for model in models
    }


def test_what_it_shows_of_the_three_moments():
    tables = block_in(DOCUMENT.read_text(encoding="utf-8"))
    ballots, notes = (
        tables.partition(f"psychsafety_xblock_{name}\n")[2].split("\n\n")[0] for name in ("ballot", "note")
    )
    _, after, end = MOMENTS
    assert ballots.count("answer") == 4
    assert f"{after}: no row" in ballots and f"{end}: no row" in ballots
    keys = [line.split()[0] for line in notes.splitlines() if "..." in line]
    assert len(keys) == 4 + 4 + 1, "all before, all anew at the reveal, and the one that four could have written"
    assert not set(keys[:4]) & set(keys[4:8])
