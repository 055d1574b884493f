"""The wheel holds everything, and installs where an administrator installs it."""

import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = """
from psychsafety_xblock import settings as ours
import sys
SECRET_KEY = "test"
INSTALLED_APPS = ["django.contrib.staticfiles", "psychsafety_xblock.apps.PsychSafetyConfig"]
STATIC_URL = "/static/"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ours.plugin_settings(sys.modules[__name__])
"""
LOAD = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "small_settings"
import django
django.setup()
from importlib.metadata import entry_points
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import get_template
found = {}
for group in ("xblock.v1", "lms.djangoapp", "cms.djangoapp"):
    for entry in entry_points(group=group):
        if entry.name.startswith("psychsafety"):
            found[group + ":" + entry.name] = entry.load().__name__
assert found == {
    "xblock.v1:psychsafety_team_session": "TeamSessionXBlock",
    "xblock.v1:psychsafety_wall": "AnonymousWallXBlock",
    "lms.djangoapp:psychsafety_xblock": "PsychSafetyConfig",
    "cms.djangoapp:psychsafety_xblock": "PsychSafetyConfig",
}, found
import psychsafety_xblock
assert "site-packages" in psychsafety_xblock.__file__, psychsafety_xblock.__file__
call_command("migrate", verbosity=0)
get_template("psychsafety_xblock/join.html")
for name in ("js/team_session.js", "js/anonymous_wall.js", "js/join.js", "css/block.css"):
    assert finders.find("psychsafety_xblock/" + name), name
print("works on", sys.version.split()[0], "Django", django.__version__)
"""


def tracked_files() -> set[str]:
    """The files of the package as the repository has them, new ones too."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "psychsafety_xblock"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}


@pytest.fixture(scope="session")
def source(tmp_path_factory) -> Path:
    """A git repository with the project as it stands, as somebody would clone it."""
    folder = tmp_path_factory.mktemp("source") / "psychsafety-xblock"
    folder.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout.decode()  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-q", "-m", "As it stands"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def wheel(source, tmp_path_factory) -> Path:
    """The wheel, built from a clean copy so that no earlier build slips in."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(source)],
        check=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == tracked_files()


@pytest.mark.slow
def test_requirements_leave_the_platform_alone(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode())
    plain = [line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line]
    names = {line.split(">")[0].split("<")[0].split("=")[0].strip().lower() for line in plain}
    assert names == {"xblock", "django", "segno", "django-ratelimit", "icalendar", "pyyaml"}
    assert not any("<" in line or "==" in line for line in plain), plain
    assert metadata["License-Expression"] == "AGPL-3.0-or-later" or metadata["License"] == "AGPL-3.0-or-later"


def pythons() -> dict[str, str]:
    """An interpreter each of 3.11 and 3.12, where there is one."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = {}
    for version in ("3.11", "3.12"):
        for python in [*sorted(root.glob(f"versions/{version}*/bin/python")), f"python{version}"]:
            try:
                done = subprocess.run(
                    [python, "-c", "import sys, venv; print(sys.version_info[:2])"], capture_output=True
                )
            except OSError:
                continue
            if done.returncode == 0 and version.replace(".", ", ") in done.stdout.decode():
                found[version] = python
                break
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("version", "kind"), [("3.11", "git"), ("3.12", "wheel")])
def test_installs_into_an_empty_environment(version, kind, source, wheel, tmp_path):
    """The wheel on one version of Python and the git repository on the other: each way, each version."""
    python = pythons().get(version)
    if python is None:
        pytest.skip(f"there is no Python {version}")
    install(python, str(wheel) if kind == "wheel" else f"git+file://{source}", tmp_path)


def install(python: str, what: str, folder: Path) -> None:
    subprocess.run([python, "-m", "venv", str(folder / "venv")], check=True)
    inside = folder / "venv/bin/python"
    # Some older dependency of XBlock still needs pkg_resources; the platform has it.
    subprocess.run([inside, "-m", "pip", "install", "--quiet", "setuptools<82", what], check=True)
    (folder / "small_settings.py").write_text(SETTINGS)
    (folder / "load.py").write_text(LOAD)
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run([inside, "load.py"], cwd=folder, capture_output=True, text=True, env=clean)
    assert done.returncode == 0, done.stderr
    assert "works on" in done.stdout
