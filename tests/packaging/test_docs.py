"""What the documents say is what the code does."""

import json
import re
from pathlib import Path

import pytest

from psychsafety_xblock.settings import DEFAULTS

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")])


def test_every_setting_is_explained_with_its_default():
    text = (ROOT / "docs/admin.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| `([^`]*)` \|", text, re.MULTILINE)
    assert {name: json.loads(default) for name, default in rows} == DEFAULTS


def test_the_readme_names_both_components():
    (names,) = re.findall(r"```json\n(.*?)\n```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert json.loads(names) == ["psychsafety_team_session", "psychsafety_wall"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not link.startswith("http"):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = re.findall(r"`make ([\w -]+?)[`\"]", page.read_text(encoding="utf-8"))
    for target in {word for words in named for word in words.split()}:
        assert target in targets, f"{page.name}: make {target}"
