"""Each test has a cache of its own; and a folder of catalogues in which each text says which locale it is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import own_cache, travel
from tools import translations

__all__ = ["own_cache", "travel"]

LOCALES = ("da", "de", "fr", "es", "pt_BR", "ja", "zh_Hans", "ar")


@pytest.fixture(scope="session")
def catalogue_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each text of ours with the locale before it, as `make compile_translations` would leave it."""
    folder = tmp_path_factory.mktemp("translations")
    for locale in LOCALES:
        translations.write_dummy(folder, locale, lambda text, locale=locale: f"{locale} {text}")
    return folder


@pytest.fixture
def catalogues(catalogue_folder: Path, settings) -> Path:
    """The site has these catalogues beside ours, as if they were ours."""
    from django.utils.translation import trans_real

    settings.LOCALE_PATHS = [str(catalogue_folder), *settings.LOCALE_PATHS]
    trans_real._translations.clear()
    trans_real._default = None
    yield catalogue_folder
    trans_real._translations.clear()
    trans_real._default = None
