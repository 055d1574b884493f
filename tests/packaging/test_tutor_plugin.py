"""The plugin for Tutor that docs/ holds: what it gives to Tutor fits what we are. Tutor itself stands in here."""

import re
import runpy
import sys
import types
from pathlib import Path

import pytest
import yaml
from django.template import engines

from psychsafety_xblock import checks

ROOT = Path(__file__).parents[2]
#: What Tutor knows of its own.
TUTORS = {"DOCKER_IMAGE_REDIS": "redis:7", "DOCKER_IMAGE_OPENEDX": "openedx:22"}


class Kept:
    """A filter of Tutor's that keeps what it is given."""

    def __init__(self) -> None:
        self.items: list[tuple] = []

    def add_item(self, item: tuple) -> None:
        self.items.append(item)

    def add_items(self, items: list[tuple]) -> None:
        self.items += items


@pytest.fixture
def filters(monkeypatch) -> dict[str, list[tuple]]:
    """What the plugin gives to each filter of Tutor's."""
    held: dict[str, Kept] = {}

    class Filters:
        def __getattr__(self, name: str) -> Kept:
            return held.setdefault(name, Kept())

    tutor = types.ModuleType("tutor")
    tutor.hooks = types.SimpleNamespace(Filters=Filters())
    monkeypatch.setitem(sys.modules, "tutor", tutor)
    runpy.run_path(str(ROOT / "docs/tutor_plugin.py"))
    return {name: kept.items for name, kept in held.items()}


@pytest.fixture
def rendered(filters):
    """`rendered(patch, **config)`: a patch as Tutor would render it. It uses Jinja; what we write is common to both."""

    def render(patch: str, **config: object) -> str:
        values = {**TUTORS, **dict(filters["CONFIG_DEFAULTS"]), **config}
        values["PSYCHSAFETY_REDIS_IMAGE"] = TUTORS["DOCKER_IMAGE_REDIS"]
        (text,) = [text for name, text in filters["ENV_PATCHES"] if name == patch]
        missing = set(re.findall(r"[A-Z][A-Z_]{4,}", " ".join(re.findall(r"{[{%](.*?)[}%]}", text)))) - set(values)
        assert not missing
        text = "{% autoescape off %}" + text.replace("**{{", "**{{ ").replace("}}}", "}} }") + "{% endautoescape %}"
        return engines["django"].from_string(text).render(values)

    return render


def test_the_settings_pass_the_checks(rendered, settings):
    given: dict = {"CACHES": {"default": {}}}
    exec(rendered("openedx-common-settings", PSYCHSAFETY_SETTINGS={"MINIMUM_FLOOR": 5}), given)
    assert given["PSYCHSAFETY"] == {"CACHE": "psychsafety", "MINIMUM_FLOOR": 5}
    settings.PSYCHSAFETY, settings.CACHES = given["PSYCHSAFETY"], given["CACHES"]
    assert checks.check_settings(None) == checks.check_cache(None) == []


def test_the_redis_keeps_nothing(rendered):
    local = yaml.safe_load(rendered("local-docker-compose-services"))["psychsafety-redis"]
    deployment, _ = yaml.safe_load_all(rendered("k8s-deployments"))
    pod = deployment["spec"]["template"]["spec"]
    for arguments in (local["command"], pod["containers"][0]["args"]):
        said = dict(zip(arguments[1::2], arguments[2::2], strict=True))
        assert (said["--save"], said["--appendonly"]) == ("", "no")
        assert said["--maxmemory-policy"] == "noeviction"
    assert "volumes" not in local
    assert "volumes" not in pod
    assert yaml.safe_load(rendered("local-docker-compose-lms-dependencies")) == ["psychsafety-redis"]


def test_one_that_is_there_already_can_be_used(rendered):
    config = {"PSYCHSAFETY_RUN_REDIS": False, "PSYCHSAFETY_REDIS_URL": "redis://ours/3"}
    assert yaml.safe_load(rendered("local-docker-compose-services", **config)) is None
    assert not rendered("k8s-services", **config).strip()
    assert [one["kind"] for one in yaml.safe_load_all(rendered("k8s-deployments", **config))] == ["CronJob"]
    assert "redis://ours/3" in rendered("openedx-common-settings", **config)


def test_the_purge_runs_daily(rendered):
    local = yaml.safe_load(rendered("local-docker-compose-prod-services"))["psychsafety-purge"]
    _, job = yaml.safe_load_all(rendered("k8s-deployments"))
    container = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
    assert "./manage.py lms psychsafety_purge; sleep 86400" in local["command"][-1]
    assert container["args"] == ["./manage.py", "lms", "psychsafety_purge"]
    assert job["spec"]["schedule"].split()[2:] == ["*", "*", "*"]
    assert (ROOT / "psychsafety_xblock/management/commands/psychsafety_purge.py").exists()


def test_it_installs_us_and_migrates_our_tables(filters, rendered):
    image = "openedx-dockerfile-post-python-requirements"
    assert "$PIP_COMMAND install 'git+https://ours'" in rendered(image, PSYCHSAFETY_PIP_REQUIREMENT="git+https://ours")
    assert "$PIP_COMMAND install ''" in rendered(image), "nobody gets another package of our name by accident"
    assert ("lms", "./manage.py lms migrate psychsafety_xblock") in filters["CLI_DO_INIT_TASKS"]
