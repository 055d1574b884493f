"""The catalogues are those of the sources, complete in each language that has one, and compiled as they stand."""

from __future__ import annotations

import json
import shutil
import subprocess

import polib
import pytest

from psychsafety_xblock import i18n
from tools import translations
from tools.translations import SOURCE, TRANSLATIONS, catalogues, compiled, extracted, problems, update

#: A folder is a promise: whatever language there is one for is complete. Dummies are made by hand and stay out of git.
COMPLETE = sorted(locale for locale in catalogues() if locale != SOURCE and locale not in translations.DUMMIES)
ALL = [SOURCE, *COMPLETE]


def catalogue(locale: str) -> polib.POFile:
    return polib.pofile(str(catalogues()[locale]))


@pytest.fixture(scope="module")
def sources() -> polib.POFile:
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed")
    return extracted()


@pytest.mark.parametrize("locale", ALL)
def test_texts_are_those_of_the_sources(locale, sources):
    there = {(entry.msgid, entry.msgid_plural) for entry in catalogue(locale) if not entry.obsolete}
    assert there == {(entry.msgid, entry.msgid_plural) for entry in sources}, "run `make extract_translations`"


def test_extracting_twice_changes_nothing(sources):
    once = update(catalogue(SOURCE), sources)
    assert str(update(polib.pofile(str(once)), sources)) == str(once)
    assert "Date" not in str(once)


@pytest.mark.parametrize("locale", COMPLETE)
def test_every_text_is_translated_and_whole(locale):
    assert problems(catalogue(locale)) == []


@pytest.mark.parametrize("locale", COMPLETE)
def test_the_head_names_the_language_and_its_forms(locale):
    head = catalogue(locale).metadata
    assert head["Language"] == locale
    assert "UTF-8" in head["Content-Type"]
    assert "plural=" in head["Plural-Forms"]


@pytest.mark.parametrize("locale", COMPLETE)
def test_gettext_itself_finds_nothing_wrong(locale, tmp_path):
    if shutil.which("msgfmt") is None:
        pytest.skip("gettext is not installed")
    done = subprocess.run(
        ["msgfmt", "--check-format", "-o", str(tmp_path / "out.mo"), str(catalogues()[locale])],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_compiled_is_what_the_texts_give():
    expected = dict(compiled())
    assert {path: path.read_bytes() for path in expected if path.exists()} == expected, (
        "run `make compile_translations`"
    )
    there = {path for path in TRANSLATIONS.rglob("*.mo") if path.parts[-3] not in translations.DUMMIES}
    assert there <= set(expected), "compiled from nothing"


def test_texts_of_scripts_are_all_in_the_catalogue():
    """And the other way: what no script shows any more is not translated."""
    shown = {text for entry in i18n.entries() for text in json.loads(i18n._SCRIPTS.read_text("utf-8"))[entry]}
    of_scripts = {
        entry.msgid
        for entry in catalogue(SOURCE)
        if any(place.startswith("frontend/") for place, _line in entry.occurrences)
    }
    assert shown == of_scripts, "run `make build` and `make extract_translations`"


ARABIC = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"


def entry(msgid, msgstr="", plural="", forms=None, **more):
    return polib.POEntry(msgid=msgid, msgstr=msgstr, msgid_plural=plural, msgstr_plural=forms or {}, **more)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (entry("Send"), "not translated"),
        (entry("Send", " "), "not translated"),
        (entry("Send", "Send nu", flags=["fuzzy"]), "to be looked at"),
        (entry("Send", "Send nu", obsolete=True), "left over"),
        (entry("%(n)s of %(m)s", "%(n)s af"), "placeholders"),
        (entry("%(n)s of us", "%(antal)s af os"), "placeholders"),
        (entry("Of us", "%(n)s af os"), "placeholders"),
        (entry("It takes courage to ", "Det kræver mod at"), "spaces"),
        (entry("Courage", " Mod"), "spaces"),
        (entry("%(n)s seat", plural="%(n)s seats", forms={0: "%(n)s plads", 1: ""}), "not translated, form 1"),
        (entry("%(n)s seat", plural="%(n)s seats", forms={0: "%(n)s plads", 1: "pladser"}), "placeholders [], form 1"),
        (entry("%(n)s seat", plural="%(n)s seats", forms={0: "%(n)s plads"}), "1 forms, not 2"),
    ],
)
def test_what_is_wrong_is_found(wrong, said):
    made = polib.POFile()
    made.metadata = {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
    made.append(entry("Right %(n)s", "Rigtig %(n)s"))
    assert problems(made) == []
    made.append(wrong)
    assert len(problems(made)) == 1
    assert said in problems(made)[0]


def test_six_forms_are_asked_for_where_the_language_has_six():
    made = polib.POFile()
    made.metadata = {"Plural-Forms": ARABIC}
    made.append(entry("%(n)s seat", plural="%(n)s seats", forms=dict.fromkeys(range(5), "%(n)s")))
    assert problems(made) == ["5 forms, not 6: '%(n)s seat'"]
    made[0].msgstr_plural[5] = "%(n)s"
    assert problems(made) == []


class TestDummies:
    """Languages to look for forgotten texts with."""

    def test_placeholders_and_outer_spaces_stay(self):
        made = translations.dummy_text(" %(answer)s: it takes courage from me to ")
        assert made.startswith(" ⟦%(answer)s: ") and made.endswith("⟧ ")
        assert "courage" not in made
        assert translations.dummy_text("") == ""

    @pytest.mark.parametrize("locale", translations.DUMMIES)
    def test_they_pass_as_translations(self, locale, tmp_path):
        translations.write_dummy(tmp_path, locale, translations.DUMMIES[locale])
        assert problems(polib.pofile(str(tmp_path / locale / "LC_MESSAGES/text.po"))) == []
        assert (tmp_path / locale / "LC_MESSAGES/django.mo").stat().st_size > 10_000
