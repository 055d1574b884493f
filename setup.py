"""The package, its requirements and its entry points. Settings of the tools are in pyproject.toml."""

import re
from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent
INIT = (HERE / "psychsafety_xblock/__init__.py").read_text(encoding="utf-8")
VERSION = re.search(r'__version__ = "([^"]+)"', INIT)[1]
FILES = (
    "static", "templates", "translations", "exercises",
    "demo/static", "demo/templates", "demo/sample_course", "demo/world/texts",
)  # fmt: skip

# The demo and the tests run on the workbench, whose dependency `fs` still needs pkg_resources.
# Django is the platform's here; what a plain installation resolves to is tried by tests/packaging.
# XBlock's extra has what the workbench of older releases (Python 3.11) imports without asking for it.
# Finds notes that read alike (docs/grouping.md). The platform brings it along itself.
GROUPING = ["numpy>=1.24"]
DEMO = [*GROUPING, "xblock-sdk", "XBlock[django]", "setuptools<82", "gunicorn", "Django>=5.2,<5.3"]
MYSQL = ["mysqlclient", "redis"]
TEST = [
    *DEMO,
    "axe-playwright-python",
    "bandit",
    # What judges the code moves when we say so, not when it is released.
    "django-stubs==6.1.2",
    "import-linter==2.16",
    "mypy==2.4.1",
    "ruff==0.17.6",
    # What the platform itself loads plugins, names blocks and tracks requests with.
    "edx-django-utils",
    "edx-opaque-keys[django]",
    "event-tracking",
    "hypothesis",
    "jsonschema-rs",
    "packaging",
    "pip-audit",
    "polib",
    "psycopg[binary]",
    "playwright",
    "pytest",
    "pytest-django",
    "pytest-xdist",
    "schemathesis",
    "sentry-sdk",
    "types-PyYAML",
]

setup(
    name="psychsafety-xblock",
    version=VERSION,
    description="Exercises on psychological safety for teams, without names, between the videos of an Open edX course",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="AGPL-3.0-or-later",
    python_requires=">=3.11",
    # No upper bounds: the platform pins these, and a plugin must not move them.
    install_requires=["XBlock>=5", "Django>=4.2", "segno", "django-ratelimit>=4", "icalendar", "PyYAML", "nh3", "lxml"],
    extras_require={"demo": DEMO, "grouping": GROUPING, "mysql": MYSQL, "test": TEST},
    packages=find_packages(include=["psychsafety_xblock", "psychsafety_xblock.*"]),
    package_data={"psychsafety_xblock": [*(f"{folder}/**/*" for folder in FILES), "demo/*.tar.gz"]},
    zip_safe=False,
    entry_points={
        "xblock.v1": [
            "psychsafety_team_session = psychsafety_xblock.team_session:TeamSessionXBlock",
            "psychsafety_wall = psychsafety_xblock.anonymous_wall:AnonymousWallXBlock",
        ],
        "lms.djangoapp": ["psychsafety_xblock = psychsafety_xblock.apps:PsychSafetyConfig"],
        "cms.djangoapp": ["psychsafety_xblock = psychsafety_xblock.apps:PsychSafetyConfig"],
    },
    classifiers=[
        "Framework :: Django",
        "Framework :: Django :: 4.2",
        "Framework :: Django :: 5.2",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
    ],
)
