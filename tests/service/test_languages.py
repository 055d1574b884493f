"""A session in one or two languages: who chooses, what is handed over, what is frozen, what stays as it was."""

import pytest
from django.utils import translation

from psychsafety_xblock import exercises
from psychsafety_xblock.core.activities import checked_definition, with_translations
from psychsafety_xblock.models import Activity, Round, Session
from psychsafety_xblock.session_languages import codes, nearest
from tests.agendas import PULSE, RUN, SENTENCES, AgendaTeam, due, play
from tests.blocks.test_handlers import author
from tests.support import Team, call, handler, is_refused

pytestmark = pytest.mark.django_db

DANISH, ENGLISH = (exercises.exercise("courage-wall", code) for code in ("da", "en"))


def the_wall(team: Team, token: str | None = None) -> dict:
    return team.state(token)["round"]["activity"]


class TestTheChoice:
    """Of the leader, when the team is convened."""

    @pytest.mark.parametrize("chosen", [["da"], ["da", "en"], ["ar", "da"], ["zh-hans"]])
    @pytest.mark.parametrize("how", [{}, {"rehearse": True}])
    def test_one_or_two(self, chosen, how):
        team = Team(languages=chosen, **how)
        for token in (team.leader, team.screen, *(team.opened.get("pretend") or [team.guest()])):
            state = team.state(token)
            assert (state["languages"], state["language"]) == (chosen, chosen[0])

    @pytest.mark.parametrize(
        "chosen",
        ["da", [], ["da", "da"], ["da", "en", "de"], ["tlh"], [None], [["da"]], {"da": 1}, 1, True, ["DA"], ["da", ""]],
    )
    @pytest.mark.parametrize("how", [{}, {"rehearse": True}, {"fresh": True}])
    def test_anything_else_is_refused(self, chosen, how):
        response = handler("wall", "open_session", {"languages": chosen, **how}, "leader")
        assert is_refused(response, 400, "bad_value")
        assert "languages" in response.json()["detail"]
        assert not Session.objects.exists()

    @pytest.mark.parametrize(("page", "found"), [("", "en"), ("da", "da"), ("de-at", "de"), ("sv", "en")])
    @pytest.mark.parametrize("body", [{}, {"languages": None}])
    def test_without_one_it_is_that_of_the_leaders_page(self, page, found, body):
        handler("wall", "open_session", body, "leader", accept_language=page)
        assert Session.objects.get().languages == [found]

    @pytest.mark.parametrize(
        ("code", "found"),
        [("en", "en"), ("en-gb", "en"), ("da-dk", "da"), ("zh-cn", "zh-hans"), ("zh_HANS", "zh-hans"),
         ("pt-br", "pt-br"), ("es-419", "es"), ("ja-jp", "ja"), ("fr-ca", "fr"), ("eo", "en"), ("", "en")],
    )  # fmt: skip
    def test_a_pages_language_finds_the_nearest(self, code, found):
        assert nearest(code) == found
        assert found in codes()

    def test_whoever_joins_is_told_beforehand(self):
        team = Team(languages=["da", "en"])
        reply = call("/psychsafety/api/join", {"join_code": team.opened["join_code"]}).json()
        assert reply == {"session_id": team.session_id, "api_url": team.api, "languages": ["da", "en"]}


class TestAnOpenSession:
    """Keeps its languages."""

    def test_when_it_is_opened_again(self):
        team = Team(languages=["da", "en"])
        handler("wall", "open_session", {"languages": ["ar"]}, "leader")
        assert team.state()["languages"] == ["da", "en"]

    def test_and_what_another_block_hands_over_is_in_them(self):
        team = Team(languages=["da", "en"])
        handler("hour", "open_session", {}, "leader")
        titles = [line["title"] for line in team.state()["agenda"][1:]]
        assert titles == [one["title"] for one in exercises.ready_session("first-hour", "da").agenda]

    def test_until_a_fresh_one(self):
        Team(languages=["da", "en"])
        assert Team(languages=["en"], fresh=True).state()["languages"] == ["en"]

    def test_a_rehearsal_beside_it_has_its_own(self):
        team = Team(languages=["da", "en"])
        assert Team(rehearse=True, languages=["ja"]).state()["languages"] == ["ja"]
        assert team.state()["languages"] == ["da", "en"]

    def test_opened_again_nothing_changes(self):
        team = Team(languages=["da", "en"]).fill(guests=5)
        before = list(Activity.objects.values())
        version = team.state()["version"]
        handler("wall", "open_session", {}, "leader")
        assert list(Activity.objects.values()) == before
        assert team.state()["version"] == version


class TestWhatIsHandedOver:
    """Texts of the library in the languages of the session; what the author wrote as it was written."""

    def test_both_to_all(self):
        team = Team("hour", languages=["da", "en"]).fill(guests=5)
        wall = next(one for one in Activity.objects.all() if one.definition["kind"] == "wall")
        team.command("start_round", activity=str(wall.id))
        for token in (team.leader, team.screen, team.seats[0]):
            shown = the_wall(team, token)
            assert (shown["language"], shown["prompt"], shown["starter"]) == ("da", DANISH["prompt"], DANISH["starter"])
            assert shown["translations"]["en"]["prompt"] == ENGLISH["prompt"]
            assert set(shown["translations"]) == {"en"}
            assert not {"script", "notes"} & set(shown["translations"]["en"])

    def test_the_leaders_words_are_in_the_main_language(self):
        team = Team("hour", languages=["da", "en"])
        guide = call(team.api + "guide", token=team.leader).json()["activities"]
        ready = exercises.ready_session("first-hour", "da").agenda
        assert [one["script"] for one in guide.values()] == [one["script"].strip() for one in ready]

    def test_one_language_needs_no_translation(self):
        for chosen in (["da"], ["en"]):
            Team("hour", languages=chosen, fresh=True)
            assert not [one for one in Activity.objects.all() if "translations" in one.definition]

    def test_every_step_of_every_ready_session_is_there_in_both(self):
        for name in exercises.session_names():
            author("hour", ready_session=name)
            team = Team("hour", languages=["en", "da"], fresh=True)
            for one in Activity.objects.filter(session_id=team.session_id):
                assert one.definition["translations"]["da"]["prompt"] != one.definition["prompt"], (
                    name,
                    one.definition,
                )

    def test_a_language_that_the_library_lacks_changes_nothing_but_the_walls_question(self):
        team = Team("hour", languages=["ja", "en"])
        ready = exercises.ready_session("first-hour").agenda
        assert [line["title"] for line in team.state()["agenda"]] == [one["title"] for one in ready]
        turned = [one.definition for one in Activity.objects.all() if "translations" in one.definition]
        assert [(one["kind"], set(one["translations"]["en"])) for one in turned] == [("wall", {"prompt", "starter"})]

    def test_in_an_agenda_of_the_authors_own_what_is_changed_stays(self):
        mine = {**ENGLISH, "prompt": "Was ist schwer?"}
        author("session", agenda=[mine])
        team = Team("session", languages=["da", "en"]).fill(guests=5)
        team.start()
        shown = the_wall(team)
        assert (shown["prompt"], shown["starter"]) == ("Was ist schwer?", DANISH["starter"])
        assert "prompt" not in shown["translations"]["en"]
        assert shown["translations"]["en"]["starter"] == ENGLISH["starter"]

    def test_without_a_name_of_an_exercise_all_stays(self):
        author("session", agenda=[{**ENGLISH, "exercise": ""}])
        team = Team("session", languages=["da", "en"])
        assert Activity.objects.get(session_id=team.session_id).definition["prompt"] == ENGLISH["prompt"]

    def test_a_new_wall_asks_what_the_library_asks(self):
        team = Team("wall", languages=["da", "en"]).fill(guests=5)
        team.start()
        shown = the_wall(team)
        assert (shown["prompt"], shown["starter"]) == (DANISH["prompt"], DANISH["starter"])
        assert shown["translations"]["en"]["prompt"] == ENGLISH["prompt"]

    def test_a_wall_with_another_question_stays(self):
        author("wall", prompt="Was ist schwer?")
        Team("wall", languages=["da", "en"])
        definition = Activity.objects.get().definition
        assert (definition["prompt"], definition["exercise"]) == ("Was ist schwer?", "")
        assert "translations" not in definition

    def test_its_name_too_as_long_as_nobody_gives_it_another(self, monkeypatch):
        monkeypatch.setattr(translation, "gettext", lambda text: f"{translation.get_language()}: {text}")
        assert Team("hour", languages=["da", "en"]).state()["title"] == "da: With your team"
        author("hour", display_name="Vi")
        assert Team("hour", languages=["da", "en"], fresh=True).state()["title"] == "Vi"


class TestFrozen:
    """What a round is about does not change any more, in no language."""

    def test_with_the_definition(self):
        team = Team("wall", languages=["da", "en"]).fill(guests=5)
        team.start()
        before = the_wall(team)
        author("wall", prompt="Was ist schwer?")
        handler("wall", "open_session", {}, "leader")
        assert the_wall(team) == before
        assert Round.objects.get().definition["translations"] == before["translations"]

    def test_instead_of_a_pulse_people_talk_about_it_in_both(self):
        team = Team("hour", languages=["en", "da"]).fill(guests=3)
        pulse = next(one for one in Activity.objects.order_by("position") if one.definition["kind"] == "pulse")
        team.command("start_round", activity=str(pulse.id), instead=True)
        shown = the_wall(team, team.seats[0])
        statements = exercises.exercise("pulse", "da")["statements"]
        assert shown["kind"] == "talk"
        assert shown["translations"]["da"]["points"] == [
            one["text"] if isinstance(one, dict) else one for one in statements
        ]

    def test_on_paper(self):
        team = Team("wall", languages=["da", "en"])
        team.command("start_round", paper=True)
        assert (the_wall(team)["paper"], the_wall(team)["translations"]["en"]["prompt"]) == (True, ENGLISH["prompt"])

    def test_what_is_agreed_on_and_the_summary_stay_in_what_was_written(self):
        team = Team("hour", languages=["da", "en"]).fill(guests=5)
        agreed = next(one for one in Activity.objects.all() if one.definition["kind"] == "commitments")
        team.command("start_round", activity=str(agreed.id))
        state = team.command("set_commitments", commitments=SENTENCES, due=due())
        prompts = state["round"]["activity"]["prompt"], state["round"]["activity"]["translations"]["en"]["prompt"]
        assert len(set(prompts)) == 2
        for seat in team.seats:
            assert team.answer(seat, {"stand": ["c1"]}).status_code == 202
        team.command("reveal")
        (kept,) = team.command("show_summary")["summary"]["activities"]
        assert kept["prompt"] == prompts[0]
        assert [one["text"] for one in kept["commitments"]] == SENTENCES
        assert not {"translations", "language"} & set(kept)


class TestAFollowUp:
    """Knows a statement again by any language that it was shown in both times."""

    DANISH = {**PULSE, "prompt": "Hvor meget?", "statements": ["Vi spørger.", "Vi prøver."]}

    def both(self, main: dict, language: str, other: str, there: dict, **more):
        return with_translations(
            checked_definition({**main, **more}), language, {other: checked_definition({**there, **more})}
        )

    def team(self, monkeypatch, definition: dict) -> AgendaTeam:
        monkeypatch.setattr("tests.agendas.checked_agenda", lambda agenda: agenda)
        return AgendaTeam(definition, run=RUN).fill(guests=6)

    def test_the_main_language_of_now_was_the_second_of_then(self, monkeypatch):
        first = self.team(monkeypatch, self.both(self.DANISH, "da", "en", PULSE))
        items = play(first)["round"]["results"]["items"]
        first.command("close_session")
        second = self.team(monkeypatch, checked_definition({**PULSE, "compare": True}))
        now = play(second)["round"]["results"]["items"]
        assert [one["before"] for one in now] == items

    def test_no_language_in_common_no_comparison(self, monkeypatch):
        first = self.team(monkeypatch, checked_definition(self.DANISH))
        play(first)
        first.command("close_session")
        second = self.team(monkeypatch, checked_definition({**PULSE, "compare": True}))
        assert not any("before" in one for one in play(second)["round"]["results"]["items"])


class TestACourseWideWall:
    """Is the same for whoever comes; each browser shows what its reader reads."""

    @pytest.fixture
    def seat(self):
        author("course-wall", prompt=ENGLISH["prompt"], starter=ENGLISH["starter"])

        def sit(student: str, language: str):
            return handler("course-wall", "take_seat", {}, student, accept_language=language).json()

        return sit

    def state(self, seat: dict) -> dict:
        return call(seat["api_url"], token=seat["token"]).json()

    def test_in_every_language_of_the_library(self, seat):
        state = self.state(seat("amal", "da"))
        shown = state["round"]["activity"]
        assert state["languages"] == ["en"]
        assert (shown["language"], shown["prompt"]) == ("en", ENGLISH["prompt"])
        assert shown["translations"]["da"]["prompt"] == DANISH["prompt"]

    def test_nobodys_coming_changes_it(self, seat, travel):
        travel()
        first = seat("amal", "da")
        before, stored = self.state(first)["version"], Session.objects.values().get()
        for student, language in (("bo", "en"), ("chen", "ar"), ("dana", "da")):
            seat(student, language)
        assert self.state(first)["version"] == before
        assert Session.objects.values().get() == stored

    def test_what_the_author_asks_stays(self, seat):
        author("course-wall", prompt="Was ist schwer?", starter=ENGLISH["starter"])
        shown = self.state(seat("amal", "da"))["round"]["activity"]
        assert shown["prompt"] == "Was ist schwer?"
        assert "translations" not in shown


def test_a_session_of_an_earlier_release_goes_on():
    team = Team().fill(guests=5)
    Session.objects.update(language="en-us", second_language="")
    assert team.state()["languages"] == ["en-us"]
    team.start()
    assert "translations" not in the_wall(team)


@pytest.mark.parametrize("main", ["ar", "ja", "de", "zh-hans"])
def test_the_wall_asks_its_question_in_every_language_of_the_interface(main):
    Team("session", languages=[main])
    definition = Activity.objects.get().definition
    with translation.override(main):
        asked = translation.gettext("What does it take courage from you to do?")
        begun = translation.gettext("It takes courage from me to ").strip()
    assert asked != "What does it take courage from you to do?"
    assert (definition["prompt"], definition["starter"]) == (asked, begun)
