"""The pages for phones and projectors: no inline script, nothing from another host, nothing without JavaScript."""

import json
import re

import pytest
from django.test import Client

from tests.support import call

pytestmark = pytest.mark.django_db

PAGES = ["join", "screen", "drive", "tablet", "summary"]


def page(name: str, **headers):
    response = Client().get(f"/psychsafety/{name}/", headers=headers)
    assert response.status_code == 200
    return response


def policy(response) -> dict[str, list[str]]:
    parts = [part.strip().split() for part in response["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_is_strict(name):
    rules = policy(page(name))
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == ["'self'"]
    assert rules["img-src"] == ["'self'", "blob:"]
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert rules["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("url", ["https://static.example.com/lms/", "//static.example.com/lms/"])
def test_a_static_host_is_named_and_no_other(settings, url):
    settings.STATIC_URL = url
    rules = policy(page("join"))
    assert rules["script-src"] == rules["style-src"] == ["'self'", "https://static.example.com"]
    assert rules["connect-src"] == ["'self'"]
    assert "static.example.com" not in " ".join(rules["img-src"] + rules["default-src"])


@pytest.mark.parametrize("name", PAGES)
def test_nothing_inline_and_nothing_from_another_host(name):
    text = page(name).content.decode()
    for tag in re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.S):
        assert not tag.strip(), "an inline script"
    assert "<style" not in text
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert "javascript:" not in text
    assert re.findall(r"<script\b", text)
    for address in re.findall(r'(?:src|href|action|content|data-api)="([^"]*)"', text):
        assert not re.match(r"(https?:)?//", address), address
    assert "@import" not in text


@pytest.mark.parametrize("name", PAGES)
def test_without_javascript_it_says_so(name):
    text = page(name).content.decode()
    found = re.search(r"<noscript>(.*?)</noscript>", text, re.S)
    assert found
    assert len(re.sub(r"<[^>]+>", "", found[1]).strip()) > 20


@pytest.mark.parametrize("name", PAGES)
def test_what_the_script_starts_with(name):
    text = page(name).content.decode()
    assert 'data-api="/psychsafety/api/"' in text
    assert 'data-language="en"' in text
    assert 'data-fetch-credentials="omit"' in text
    assert json.loads(re.search(r'data-messages="([^"]*)"', text)[1].replace("&quot;", '"')) == {}
    assert re.search(r'<html[^>]* lang="en"', text)


@pytest.mark.parametrize("name", PAGES)
def test_headers(name):
    response = page(name)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("site_says", ["DENY", "SAMEORIGIN", "ALLOWALL"])
def test_no_page_is_framed_whatever_the_site_says_of_its_own(settings, name, site_says):
    settings.X_FRAME_OPTIONS = site_says
    assert page(name)["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("static_url", ["/static/", "/lms-static/v1/", "https://static.example.com/lms/"])
def test_scripts_and_styles_come_from_where_the_site_keeps_its_files(settings, name, static_url):
    settings.STATIC_URL = static_url
    text = page(name).content.decode()
    files = re.findall(r'<script[^>]* src="([^"]*)"', text) + re.findall(r'<link[^>]* href="([^"]*)"', text)
    assert len(files) >= 3
    assert all(address.startswith(f"{static_url}psychsafety_xblock/") for address in files), files


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_only_read(name):
    assert Client().post(f"/psychsafety/{name}/", {}).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_what_stands_in_the_query_comes_to_nothing(name):
    text = Client().get(f"/psychsafety/{name}/?code=%3Cscript%3Ekingfisher").content.decode()
    assert "kingfisher" not in text


def test_the_site_may_let_its_own_cookie_through(settings):
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "FETCH_CREDENTIALS": "same-origin"}
    assert 'data-fetch-credentials="same-origin"' in page("join").content.decode()


def test_ping_answers_everybody():
    assert call("/psychsafety/api/ping").json() == {"psychsafety": "ok"}


def test_the_code_to_try_holds_no_secret_and_no_script():
    response = call("/psychsafety/api/try.svg")
    assert response["Content-Type"] == "image/svg+xml"
    text = response.content.decode()
    assert text.startswith("<svg")
    assert "script" not in text
