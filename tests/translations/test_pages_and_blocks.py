"""What guests' pages, the live API and the blocks say, and in which language."""

from __future__ import annotations

import datetime
import gettext
import json
import re
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from psychsafety_xblock.demo.course import BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.exercises import exercise
from psychsafety_xblock.web.files import follow_up_entry
from tests.support import API, call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogues")]

PAGES = ["join", "screen", "drive", "tablet", "summary"]


def page(name: str, cookies: dict[str, str] | None = None, **headers: str):
    client = Client()
    client.cookies.load(cookies or {})
    response = client.get(f"/psychsafety/{name}/", headers=headers)
    assert response.status_code == 200
    return response, response.content.decode()


@pytest.mark.parametrize("name", PAGES)
class TestPages:
    """Those without an LMS around them."""

    def test_the_browsers_language_also_one_that_the_site_does_not_offer(self, name, settings):
        settings.LANGUAGES = [("en", "English")]
        response, text = page(name, **{"Accept-Language": "sv, ja-JP;q=0.9, en;q=0.5"})
        assert re.search(r'<html lang="ja-jp" dir="ltr">', text)
        assert re.search(r"<title>ja ", text)
        assert re.search(r"<noscript>ja ", text)
        texts = json.loads(unescape(re.search(r'data-messages="([^"]*)"', text)[1]))
        assert texts and all((form if isinstance(form, str) else form[0]).startswith("ja ") for form in texts.values())
        assert response["Content-Language"] == "ja-jp"

    def test_from_the_right(self, name):
        assert re.search(r'<html lang="ar-sa" dir="rtl">', page(name, **{"Accept-Language": "ar-SA"})[1])

    def test_what_was_chosen_on_the_site_comes_before_the_browser(self, name, settings):
        _, text = page(name, {settings.LANGUAGE_COOKIE_NAME: "de-de"}, **{"Accept-Language": "da"})
        assert '<html lang="de-de"' in text

    def test_the_languages_of_the_switch(self, name):
        languages = json.loads(unescape(re.search(r'data-languages="([^"]*)"', page(name)[1])[1]))
        assert ["da", "Dansk"] in languages and len(languages) == 9


class TestMessages:
    """`GET api/messages?for=<entry>`, in the language that a header names."""

    @staticmethod
    def get(code: str, query: str = "?for=join"):
        return call(f"{API}messages{query}", **{"X-Psychsafety-Language": code})

    def test_nearest_language_and_no_secret(self):
        response = self.get("zh-cn", "?for=screen")
        assert response.status_code == 200
        body = response.json()
        assert (body["language"], body["direction"]) == ("zh-cn", "ltr")
        assert body["messages"]["Take a seat"] == "zh_Hans Take a seat"
        assert response["Cache-Control"] == "public, max-age=600"
        assert response["Vary"] == "X-Psychsafety-Language, Accept-Language"
        assert not response.cookies

    def test_from_the_right(self):
        assert self.get("ar").json()["direction"] == "rtl"

    @pytest.mark.parametrize("code", ["tlh", "zh-tw", "x" * 200, "%22"])
    def test_another_language_is_english(self, code):
        assert self.get(code).json() == {"language": "en", "direction": "ltr", "messages": {}}

    @pytest.mark.parametrize("query", ["", "?for=", "?for=../join", "?for=studio.js"])
    def test_another_script_is_refused_and_the_refusal_not_kept(self, query):
        response = self.get("da", query)
        assert (response.status_code, response.json()["error"]) == (400, "bad_value")
        assert response["Cache-Control"] == "no-store"

    def test_only_read(self):
        assert call(f"{API}messages?for=join", {}).status_code == 405


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"X-Psychsafety-Language": "ja-jp", "Accept-Language": "da"}, "ja "),
        ({"X-Psychsafety-Language": "zz", "Accept-Language": "da"}, "da "),
        ({"Accept-Language": "sv, fr-CA;q=0.8"}, "fr "),
        ({"Accept-Language": "sv"}, "No session"),
        ({}, "No session"),
        ({"X-Psychsafety-Language": "../../x", "Accept-Language": "*"}, "No session"),
    ],
)
def test_a_refusal_is_in_the_callers_language(headers, expected):
    response = call(f"{API}join", {"join_code": "ZZZZZZZZ"}, **headers)
    assert response.json()["detail"].startswith(expected)


def view(slug: str, student: str = "amal"):
    block = CourseRuntime(student).get_block(BLOCKS[slug].usage_id)
    return block, block.student_view({})


class TestBlocks:
    """In the language of the LMS's page."""

    def test_texts_of_its_own_script_and_where_the_leaders_are(self):
        with translation.override("da-dk"):
            _, fragment = view("session")
        data = fragment.json_init_args
        assert data["language"] == "da-dk"
        assert data["messages"]["Send"] == "da Send"
        assert "Reveal" not in data["messages"]
        headers = {"X-Psychsafety-Language": data["language"]}
        texts = call(data["urls"]["leader_messages"], **headers).json()["messages"]
        assert texts["Reveal"] == "da Reveal"
        assert 'lang="da-dk" dir="ltr"' in fragment.content
        assert "da This part of the course needs JavaScript." in fragment.content

    def test_english_is_no_request(self):
        _, fragment = view("session")
        assert fragment.json_init_args["messages"] == {}
        assert fragment.json_init_args["urls"]["leader_messages"] == ""

    @pytest.mark.parametrize("code", ["zh-tw", "sv"])
    def test_a_page_in_another_language_has_english_marked_as_such(self, code):
        with translation.override(code):
            _, fragment = view("session")
        assert fragment.json_init_args["language"] == "en"
        assert 'lang="en" dir="ltr"' in fragment.content

    def test_what_the_author_left_as_it_came_is_translated_and_what_they_wrote_is_not(self):
        block, _ = view("wall")
        for field in ("display_name", "prompt", "starter"):
            block.fields[field].delete_from(block)
        with translation.override("fr-ca"):
            data = block.student_view({}).json_init_args
        [definition] = block.definitions(["fr"])
        assert data["title"] == "fr Anonymous wall"
        assert data["prompt"] == definition["prompt"] == "fr What does it take courage from you to do?"
        assert data["starter"].startswith("fr It takes courage from me to")
        assert block.prompt == "What does it take courage from you to do?", "Studio and OLX have what is stored"
        block.prompt = "What do you need?"
        with translation.override("fr"):
            assert block.student_view({}).json_init_args["prompt"] == "What do you need?"
        assert block.definitions(["fr"])[0]["prompt"] == "What do you need?"
        assert block.definitions(["fr"])[0]["starter"].startswith("It takes"), "the beginning belongs to the question"

    def test_nothing_is_not_the_head_of_the_catalogue(self):
        block, _ = view("wall")
        block.starter = ""
        with translation.override("da"):
            assert block.student_view({}).json_init_args["starter"] == ""

    def test_a_wall_for_everybody_holds_its_text_in_all_languages_so_that_it_does_not_turn_with_its_readers(self):
        block, _ = view("course-wall")
        block.fields["prompt"].delete_from(block)
        [definition] = block.definitions(["en", "da", "ja"])
        assert definition["prompt"] == "What does it take courage from you to do?"
        there = {code: texts["prompt"] for code, texts in definition["translations"].items()}
        # The library has it in Danish; where it has nothing, the catalogue does.
        assert there == {
            "da": exercise("courage-wall", "da")["prompt"],
            "ja": "ja What does it take courage from you to do?",
        }

    def test_the_names_of_fields_in_studio(self, catalogue_folder):
        found = gettext.translation("text", str(catalogue_folder), ["de_DE"])
        block, _ = view("wall")
        names = {found.gettext(field.display_name) for field in block.fields.values() if field.display_name}
        assert {"de Question", "de Group minimum", "de For whom"} <= names


def test_the_calendar_entry_is_in_the_language_that_is_active():
    with translation.override("de-de"):
        entry = follow_up_entry("Team", datetime.date(2027, 1, 5)).decode()
    assert "SUMMARY:de Follow-up: Team" in entry
