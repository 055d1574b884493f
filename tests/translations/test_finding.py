"""Codes of the platform, of browsers and of Django find our texts: by our own look-up, by Django's and by gettext's."""

from __future__ import annotations

import gettext

import pytest
from django.utils import translation
from django.utils.translation import to_locale

from psychsafety_xblock import i18n
from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.web.messages import detail

#: What a reader asks for, and whose texts they get.
FOUND = {
    "da": "da", "da-dk": "da", "de-de": "de", "de-at": "de", "fr-ca": "fr", "fr-fr": "fr", "es-419": "es",
    "es-es": "es", "es-mx": "es", "pt-br": "pt_BR", "pt": "pt_BR", "pt-pt": "pt_BR", "ja-jp": "ja", "ja": "ja",
    "zh-cn": "zh_Hans", "zh-hans": "zh_Hans", "zh-sg": "zh_Hans", "ar": "ar", "ar-sa": "ar",
}  # fmt: skip
#: Readers of traditional characters, of other languages, and codes that are none.
NOT_FOUND = ["zh-tw", "zh-hk", "zh-hant", "sv-se", "fa", "tlh"]
ODD = ["", "x", "../../etc/passwd", "da;q=1", "a" * 300, "*", "da\n", "constructor", "__"]

TEXT = "This session has ended. The notes have come down."


@pytest.mark.parametrize(("code", "locale"), FOUND.items())
class TestFound:
    """Each of them, on each way."""

    def test_by_us(self, code, locale, catalogues):
        assert i18n.find_locale(code) == locale
        assert i18n.find_locale(code.upper().replace("-", "_")) == locale
        assert i18n.page_language(code) == code

    def test_by_django(self, code, locale, catalogues):
        with translation.override(code):
            assert detail(Refused("ended")) == f"{locale} {TEXT}"

    def test_by_the_platforms_service_for_blocks(self, code, locale, catalogue_folder):
        # As XBlockI18nService does in xmodule/modulestore/django.py.
        found = gettext.translation("text", str(catalogue_folder), [to_locale(code)])
        assert found.gettext("Shown above the wall.") == f"{locale} Shown above the wall."

    def test_for_scripts(self, code, locale, catalogues):
        texts = i18n.messages(code, "join")
        assert texts["Take a seat"] == f"{locale} Take a seat"
        assert texts["%(n)s second left"] == [f"{locale} %(n)s second left", f"{locale} %(n)s seconds left"]


@pytest.mark.parametrize("code", NOT_FOUND)
def test_others_read_english_rather_than_half_of_something(code, catalogues):
    assert i18n.find_locale(code) is None
    assert (i18n.best_locale(code), i18n.page_language(code), i18n.messages(code, "join")) == ("en", "en", {})
    with translation.override(code):
        assert detail(Refused("ended")) == TEXT


@pytest.mark.parametrize("code", ODD)
def test_what_is_no_code_is_english(code, catalogues):
    assert i18n.find_locale(code) is None
    assert i18n.page_language(code) == "en"


@pytest.mark.parametrize("code", ["en", "en-gb", "en_US"])
def test_english_needs_no_catalogue(code, catalogues):
    assert i18n.find_locale(code) == "en"
    assert i18n.messages(code, "leader") == {}


def test_a_script_gets_its_own_texts_only(catalogues):
    join, leader = (i18n.messages("da", entry) for entry in ("join", "leader"))
    assert "Join your team" in join and "Join your team" not in leader
    assert "Reveal" in leader and "Reveal" not in join
    with pytest.raises(KeyError):
        i18n.messages("da", "no such script")


def test_the_menu_has_each_language_in_its_own_words_english_first(catalogues):
    menu = i18n.languages()
    assert [one.code for one in menu] == ["en", "da", "de", "es", "fr", "pt-br", "ja", "zh-hans", "ar"]
    assert [one.name for one in menu][-2:] == ["简体中文", "العربية"]
    assert [one.code for one in menu if one.rtl] == ["ar"]


def test_a_site_corrects_a_text_of_ours_and_adds_a_language(catalogues, tmp_path, settings):
    from tools.translations import write_dummy

    write_dummy(tmp_path, "da", lambda text: f"site {text}")
    write_dummy(tmp_path, "sv", lambda text: f"site {text}")
    settings.LOCALE_PATHS = [str(tmp_path), *settings.LOCALE_PATHS]
    assert i18n.messages("da", "join")["Take a seat"] == "site Take a seat"
    assert ("sv", "Svenska") in [(one.code, one.name) for one in i18n.languages()]


def test_other_pages_of_the_site_do_not_get_the_texts_of_our_scripts(catalogues):
    with translation.override("da"):
        assert translation.gettext("Take a seat") == "Take a seat"
