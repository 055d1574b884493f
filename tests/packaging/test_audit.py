"""`make audit`: a known weakness is a failure, silence is said aloud and is none."""

import pytest

from tools import audit

VERSIONS = {"lxml": "4.6.2", "PyYAML": "6.0.4"}


def test_what_the_plugin_brings_along_and_nothing_of_the_platform():
    found = audit.packages()
    assert {"segno", "django-ratelimit", "icalendar", "PyYAML", "nh3", "lxml", "python-dateutil"} <= set(found)
    assert not {"Django", "XBlock", "web-fragments", "pytest", "gunicorn"} & set(found)
    assert all(found.values())


def test_a_known_weakness_fails():
    weakness = {"id": "PYSEC-2021-19", "fix_versions": ["4.6.3"], "aliases": [], "description": ""}
    report = {
        "dependencies": [
            {"name": "lxml", "version": "4.6.2", "vulns": [weakness]},
            {"name": "pyyaml", "version": "6.0.4", "vulns": []},
        ]
    }
    code, lines = audit.verdict(VERSIONS, report)
    assert code == 1
    assert lines[0] == "lxml 4.6.2: PYSEC-2021-19, mended in 4.6.3"
    assert not any("NOT CHECKED" in line for line in lines)


def test_what_was_not_answered_is_named():
    report = {
        "dependencies": [
            {"name": "lxml", "version": "4.6.2", "vulns": []},
            {"name": "pyyaml", "skip_reason": "Dependency not found"},
        ]
    }
    code, lines = audit.verdict(VERSIONS, report)
    assert code == 0
    assert lines == [
        "NOT CHECKED, for no advisories were given: PyYAML",
        "0 known weaknesses in 1 of 2 packages that the plugin brings along",
    ]


def test_without_a_network_it_says_so_and_does_not_fail(monkeypatch):
    pytest.importorskip("pip_audit")
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("XDG_CACHE_HOME", "/nonexistent")
    report = audit.ask(VERSIONS, timeout=5)
    assert report is None
    code, lines = audit.verdict(VERSIONS, report)
    assert code == 0
    assert lines[0].startswith("NOT CHECKED")


def test_a_fault_of_the_tool_itself_is_no_silence():
    pytest.importorskip("pip_audit")
    with pytest.raises(RuntimeError, match="pip-audit failed"):
        audit.ask({"not a name": "1"})
