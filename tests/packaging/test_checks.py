"""What is generated and committed is what its sources give, and the rules of the architecture hold."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "psychsafety_xblock"
TRANSLATIONS = PACKAGE / "translations"
CATALOGUES = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore", **environment}
    )


def test_import_rules_hold():
    done = run(str(Path(sys.executable).with_name("lint-imports")))
    assert done.returncode == 0, done.stdout


def test_migrations_are_complete(tmp_path):
    done = run(
        sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "psychsafety_xblock",
        DJANGO_SETTINGS_MODULE="psychsafety_xblock.demo.settings", PSYCHSAFETY_DEMO_DIR=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_built_files_are_fresh():
    if shutil.which("npm") is None or not (ROOT / "node_modules").is_dir():
        pytest.skip("npm, or what it installs, is missing")
    done = run("npm", "run", "--silent", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_of_the_package_loads_from_elsewhere():
    """No CDN, no web font: the plugin's pages ask no other host for anything."""
    found = []
    for file in [*PACKAGE.glob("static/**/*"), *PACKAGE.glob("templates/**/*")]:
        if file.suffix in (".css", ".html"):
            text = file.read_text(encoding="utf-8")
            found += [f"{file.name}: {url}" for url in re.findall(r"(?:https?:)?//[\w-]+\.[\w./-]+", text)]
    assert found == []


class TestCatalogues:
    """The texts that translators get are those that the code shows, and the compiled ones are theirs."""

    def test_english_is_there(self):
        names = {path.name for path in TRANSLATIONS.glob("en/LC_MESSAGES/*.po")}
        assert {"django.po", "djangojs.po"} <= names

    def test_texts_are_those_of_the_sources(self, tmp_path):
        if shutil.which("xgettext") is None:
            pytest.skip("gettext is not installed")
        for folder in ("psychsafety_xblock", "frontend"):
            shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("Makefile", "setup.py", "pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, tmp_path)
        shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        # A virtual environment that counts as set up, so that make only extracts.
        (tmp_path / "venv/bin").mkdir(parents=True)
        (tmp_path / "venv/bin/python").symlink_to(sys.executable)
        (tmp_path / "venv/.demo").touch()
        done = run(
            "make", "--old-file", "venv/.demo", "extract_translations", "VENV=venv",
            f"BIN={Path(sys.executable).parent}", cwd=tmp_path,
            PYTHONPATH=str(tmp_path), PSYCHSAFETY_DEMO_DIR=str(tmp_path / "var"),
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        for catalogue in CATALOGUES:
            fresh = tmp_path / catalogue.relative_to(ROOT)
            assert texts(fresh) == texts(catalogue), f"run `make extract_translations`: {catalogue.name}"

    @pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: "/".join(path.parts[-3:]))
    def test_compiled_is_what_the_text_gives(self, catalogue, tmp_path):
        if shutil.which("msgfmt") is None:
            pytest.skip("gettext is not installed")
        compiled = tmp_path / "fresh.mo"
        subprocess.run(["msgfmt", "--check-format", "-o", str(compiled), str(catalogue)], check=True)
        assert entries(catalogue.with_suffix(".mo")) == entries(compiled), "run `make compile_translations`"


def texts(catalogue: Path) -> set[str]:
    """The texts to translate, without places, dates and translations."""
    done = subprocess.run(
        ["msgattrib", "--clear-fuzzy", "--no-obsolete", "--no-location", "--no-wrap", "--empty", str(catalogue)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return set(re.findall(r'^msg(?:id|id_plural|ctxt) "(.+)"$', done.stdout, re.MULTILINE))


def entries(compiled: Path) -> dict:
    """What a compiled catalogue answers; its head holds dates and stays out."""
    with compiled.open("rb") as file:
        catalogue = dict(gettext.GNUTranslations(file)._catalog)
    catalogue.pop("", None)
    return catalogue
