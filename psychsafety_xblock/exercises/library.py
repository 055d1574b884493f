"""The library as a whole: which exercises and sessions there are, and each in a language."""

from __future__ import annotations

import copy
import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ..core.languages import find_language
from ..logs import report
from .checking import Activity, checked_exercise, checked_session
from .files import LibraryError, read_file

#: The language in which everything is there, and which stands in for what another lacks.
SOURCE = "en"
_EXERCISES, _SESSIONS = "exercises", "sessions"
_log = logging.getLogger(__name__)
_Found = TypeVar("_Found")


@dataclass(frozen=True, kw_only=True)
class LibraryEntry:
    """An exercise, and what is told of it. `activity` is written as a block's author would."""

    name: str
    kind: str
    title: str
    minutes: int
    topics: list[str]
    idea: str
    source: str
    activity: Activity


@dataclass(frozen=True, kw_only=True)
class ReadySession:
    """A session that works as it is. `agenda` is written as a block's author would; `minutes` is their sum."""

    name: str
    title: str
    summary: str
    minutes: int
    topics: list[str]
    introduction: str
    agenda: list[Activity]


class Library:
    """A folder of the library. Files are read once and stay as they were; what is handed out is a copy.

    Its names are those of the English files. In another language a file that is not there, or that is broken, is
    replaced by the English one; a broken English file raises `LibraryError` (a `KeyError`) when asked for by its name,
    and is left out of lists. What is broken is logged, and never stops the rest.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = functools.cache(self._find_names)
        self._entry = functools.cache(self._tried(self._read_entry))
        self._session = functools.cache(self._tried(self._read_session))

    def languages(self) -> list[str]:
        """The languages that have a folder, English first."""
        found = sorted(path.parent.name for path in self.folder.glob(f"*/{_EXERCISES}") if path.is_dir())
        return sorted(found, key=lambda language: language != SOURCE)

    def best_language(self, code: str) -> str:
        """The language of the library for a code such as "da-dk", "DA" or "da_DK"; English when there is none."""
        return find_language(code, self.languages()) or SOURCE

    def exercise_names(self) -> list[str]:
        """The names of the exercises, in alphabetical order."""
        return list(self._names(_EXERCISES, SOURCE))

    def session_names(self) -> list[str]:
        """The names of the ready sessions, in alphabetical order."""
        return list(self._names(_SESSIONS, SOURCE))

    def entry(self, name: str, language: str = SOURCE) -> LibraryEntry:
        """An exercise with what is told of it. Raises `KeyError` for one that does not exist."""
        return copy.deepcopy(self._in_language(self._entry, name, language))

    def exercise(self, name: str, language: str = SOURCE) -> Activity:
        """One activity by its name, as an author writes it. Raises `KeyError` for one that does not exist."""
        return self.entry(name, language).activity

    def ready_session(self, name: str, language: str = SOURCE) -> ReadySession:
        """A ready session by its name. Raises `KeyError` for one that does not exist."""
        return copy.deepcopy(self._in_language(self._session, name, language))

    def entries(self, language: str = SOURCE) -> list[LibraryEntry]:
        """All exercises that can be used, in the order of their names."""
        return self._all(self.exercise_names(), lambda name: self.entry(name, language))

    def ready_sessions(self, language: str = SOURCE) -> list[ReadySession]:
        """All ready sessions that can be used, in the order of their names."""
        return self._all(self.session_names(), lambda name: self.ready_session(name, language))

    def problems(self) -> list[LibraryError]:
        """What is wrong with the files of all languages; files that English lacks are wrong too."""
        found = []
        for language in self.languages():
            for folder, read in ((_EXERCISES, self._entry), (_SESSIONS, self._session)):
                for name in self._names(folder, language):
                    outcome = read(name, language)
                    if isinstance(outcome, LibraryError):
                        found.append(outcome)
                    elif name not in self._names(folder, SOURCE):
                        found.append(LibraryError(f"{language}/{folder}/{name}.yaml", "", "is not there in English"))
        return found

    def _find_names(self, folder: str, language: str) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in (self.folder / language / folder).glob("*.yaml")))

    def _read_entry(self, name: str, language: str) -> LibraryEntry:
        raw, file = self._file(_EXERCISES, name, language)
        activity, about = checked_exercise(raw, file, name)
        shown = {field: activity[field] for field in ("kind", "title", "minutes")}
        return LibraryEntry(name=name, activity=activity, **shown, **about)

    def _read_session(self, name: str, language: str) -> ReadySession:
        raw, file = self._file(_SESSIONS, name, language)
        return ReadySession(name=name, **checked_session(raw, file, lambda step: self.exercise(step, language)))

    def _file(self, folder: str, name: str, language: str) -> tuple[object, str]:
        if name not in self._names(folder, language):
            raise KeyError(name)
        file = f"{language}/{folder}/{name}.yaml"
        return read_file(self.folder / file, file), file

    @staticmethod
    def _tried(read: Callable[[str, str], _Found]) -> Callable[[str, str], _Found | KeyError]:
        """The same, but an error is what it returns: so it is logged and read once, as everything else."""

        def tried(name: str, language: str) -> _Found | KeyError:
            try:
                return read(name, language)
            except LibraryError as error:
                report(_log, logging.ERROR, "library.broken_file", error=error)
                return error
            except KeyError as error:
                return error

        return tried

    def _in_language(self, read: Callable[[str, str], _Found | KeyError], name: str, language: str) -> _Found:
        found = read(name, self.best_language(language))
        if isinstance(found, KeyError):
            found = read(name, SOURCE)
        if isinstance(found, KeyError):
            raise found
        return found

    @staticmethod
    def _all(names: list[str], read: Callable[[str], _Found]) -> list[_Found]:
        found = []
        for name in names:
            try:
                found.append(read(name))
            except LibraryError:
                continue
        return found
