"""Files as production serves them: collected, with a digest of the content in each name, perhaps from another host."""

import html
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.test import override_settings

import psychsafety_xblock
from tests.agendas import WALL
from tests.platform.people import Browser, place

pytestmark = pytest.mark.django_db

PACKAGE = Path(psychsafety_xblock.__file__).parent
PAGES = ("join", "screen", "drive", "tablet", "summary")
HOSTS = ["/static/", "https://cdn.example.org/lms/"]


@pytest.fixture(scope="module")
def collected_once(tmp_path_factory):
    """The folders that collectstatic made, one for each address that files are served at."""
    folders = {}
    for number, host in enumerate(HOSTS):
        folders[host] = tmp_path_factory.mktemp(f"static-{number}")
        with override_settings(**served(host, folders[host])):
            call_command("collectstatic", verbosity=0, interactive=False)
    return folders


@pytest.fixture(params=HOSTS, ids=["own host", "another host"])
def collected(request, collected_once):
    """The folder that collectstatic made, while pages name their files by it."""
    folder = collected_once[request.param]
    with override_settings(**served(request.param, folder)):
        yield folder


def served(url: str, folder: Path) -> dict:
    """The settings of a site that serves collected files at this address."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    return {"STATIC_URL": url, "STATIC_ROOT": str(folder), "STORAGES": {**site.STORAGES, "staticfiles": storage}}


def file_of(url: str, folder: Path) -> Path:
    """The collected file behind an address; fails when there is none, or when its name has no digest."""
    assert url.startswith(site.STATIC_URL), url
    file = folder / url.removeprefix(site.STATIC_URL)
    assert file.is_file(), url
    assert re.search(r"\.[0-9a-f]{12}\.\w+$", file.name), url
    return file


def texts_in(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_in(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_in(one)]
    return [value] if isinstance(value, str) else []


def test_each_of_our_files_is_collected_under_a_name_of_its_content(collected):
    manifest = json.loads((collected / "staticfiles.json").read_text())["paths"]
    ours = {
        path.relative_to(PACKAGE / "static").as_posix() for path in (PACKAGE / "static").rglob("*") if path.is_file()
    }
    assert len(ours) > 15
    assert ours <= set(manifest)
    for name in ours:
        assert (collected / manifest[name]).is_file()


@pytest.mark.parametrize("name", PAGES)
def test_pages_name_collected_files_only(collected, name):
    page = Browser().get(f"/psychsafety/{name}/", secure=True)
    text = page.content.decode()
    named = re.findall(r'(?:src|href)="([^"#]*\.(?:js|css|svg|png|ico))"', text)
    assert len(named) >= 2, text
    for url in named:
        file_of(html.unescape(url), collected)
    # Whatever else the page hands to its script.
    for data in re.findall(r'data-[\w-]+="([^"]*)"', text):
        for found in re.findall(r"[^\s\"']*psychsafety_xblock/(?:js|css)/[^\s\"']+", html.unescape(data)):
            file_of(found, collected)


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_policy_lets_them_in_and_no_other_host(collected, name):
    policy = Browser().get(f"/psychsafety/{name}/", secure=True)["Content-Security-Policy"]
    host = urlsplit(site.STATIC_URL)
    allowed = {"'self'", f"{host.scheme}://{host.netloc}"} if host.netloc else {"'self'"}
    rules = {rule.split()[0]: set(rule.split()[1:]) for rule in policy.split("; ")}
    assert rules["script-src"] == rules["style-src"] == allowed
    assert rules["default-src"] == {"'none'"}
    assert rules["connect-src"] == {"'self'"}


@pytest.mark.parametrize("slug", ["wall", "session"])
@pytest.mark.parametrize("view", ["student_view", "author_view", "studio_view"])
def test_blocks_name_collected_files_only(collected, slug, view):
    from django.contrib.auth.models import AnonymousUser
    from lms.djangoapps.courseware.block_render import prepare_runtime_for_user
    from opaque_keys.edx.keys import UsageKey

    key = UsageKey.from_string(place(slug, **({"agenda": [WALL]} if slug == "session" else {})))
    block = prepare_runtime_for_user(AnonymousUser(), key.course_key).load(None, key)
    fragment = getattr(block, view)({})
    urls = [resource.data for resource in fragment.resources]
    assert len(urls) >= 2
    handed_over = [
        text for text in texts_in(fragment.json_init_args) if re.search(r"psychsafety_xblock/(js|css)/", text)
    ]
    assert bool(handed_over) == (view != "studio_view")
    for url in [*urls, *handed_over]:
        file_of(url, collected)


def test_style_sheets_name_collected_files_only(collected):
    """collectstatic rewrites what they name, and fails where that is missing; nothing else may be left over."""
    sheets = [path for path in (collected / "psychsafety_xblock/css").glob("*.css") if path.name.count(".") == 2]
    assert len(sheets) >= 5
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text, sheet.name
        for url in re.findall(r"url\(\s*['\"]?([^'\")]+)", text):
            assert url.startswith(("data:", "#")) or (sheet.parent / url).is_file(), f"{sheet.name}: {url}"


def test_scripts_name_no_file_themselves(collected):
    """A name in a script would be without its digest, and of the page's host."""
    for script in (PACKAGE / "static/psychsafety_xblock/js").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"[\"'`/](?:js|css)/\w+\.(?:js|css)[\"'`]", text), script.name
        assert "sourceMappingURL" not in text, script.name
