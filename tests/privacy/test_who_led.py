"""What finds a leader's sessions again tells nobody else who led them."""

import hashlib
import hmac

import pytest

from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Session
from psychsafety_xblock.service.opening import leader_mark
from tests.agendas import RUN, TALK, AgendaTeam, play
from tests.support import Team, cached, call, rows

pytestmark = pytest.mark.django_db

ACCOUNT = "4217"


def mark() -> str:
    return Session.objects.values_list("leader_mark", flat=True).get()


def test_nobody_finds_it_by_trying_all_accounts_without_the_sites_secret():
    AgendaTeam(TALK, leader=ACCOUNT)
    found = mark()
    for account in map(str, range(5_000)):
        for text in (account, RUN + account, f"{RUN}\x1f{account}", f"lead\x1f{RUN}\x1f{account}"):
            assert hashlib.sha256(text.encode()).hexdigest() != found
            assert hmac.new(b"", text.encode(), "sha256").hexdigest() != found
        assert codes.slot("lead", RUN, account) != found


def test_it_is_the_same_for_the_same_leader_and_run_and_another_for_all_else(settings):
    AgendaTeam(TALK, leader=ACCOUNT).command("close_session")
    AgendaTeam(TALK, leader=ACCOUNT)
    assert len(set(Session.objects.values_list("leader_mark", flat=True))) == 1
    found = leader_mark(RUN, ACCOUNT)
    assert Session.objects.filter(leader_mark=found).count() == 2
    assert found not in (leader_mark(RUN + "2", ACCOUNT), leader_mark(RUN, "4218"))
    settings.SECRET_KEY = "another"
    assert leader_mark(RUN, ACCOUNT) != found


def test_it_is_in_no_reply_and_not_in_the_cache():
    team = AgendaTeam(TALK, leader=ACCOUNT).fill(guests=1)
    play(team)
    found = mark()
    said = [call(team.api, token=token).content.decode() for token in (team.leader, team.screen, *team.seats)]
    said += [call(team.api + "guide", token=team.leader).content.decode(), str(cached())]
    said.append(str(team.command("show_summary")))
    ended = team.command("close_session")
    said += [str(ended), call(team.api + "summary", token=ended["summary_token"]).content.decode(), str(cached())]
    assert len(found) == 64
    assert not any(found in one for one in said)


def test_who_led_is_gone_with_the_session():
    team = AgendaTeam(TALK, leader=ACCOUNT)
    play(team)
    team.command("close_session")
    found = mark()
    assert found in str(rows())
    Session.objects.all().delete()
    assert found not in str(rows())


def test_a_rehearsal_has_none():
    Team("hour", rehearse=True)
    assert mark() == ""
