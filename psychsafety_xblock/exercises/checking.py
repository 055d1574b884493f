"""What a file of the library must hold. Raises `LibraryError` with the file and the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..core.activities import MOST_ACTIVITIES, checked_definition
from ..core.errors import Refused
from .files import LibraryError

#: What an exercise or a session can be about, in the order in which lists show them.
TOPICS = (
    "first-meeting", "mistakes", "asking-for-help", "difference", "speaking-up", "remote", "after-conflict", "leaders",
    "check-in", "follow-up",
)  # fmt: skip
#: Fields of an exercise's file that are about it, and not part of the activity.
ABOUT = ("topics", "idea", "source")
#: Texts of a session's file and their longest length.
_SESSION_TEXTS = {"title": 120, "summary": 300, "introduction": 20_000}
_SESSION_FIELDS = (*_SESSION_TEXTS, "minutes", "topics", "agenda")

Activity = dict[str, Any]


def checked_exercise(raw: object, file: str, name: str) -> tuple[Activity, dict[str, Any]]:
    """The activity of an exercise's file, as an author writes it, and what the file says about it (`ABOUT`)."""
    read = _mapping(raw, file, "")
    _needs(read, file, ("kind", "title", "prompt", "minutes", *ABOUT))
    about = {"topics": _topics(read, file), "idea": _text(read, file, "idea"), "source": _text(read, file, "source")}
    if "exercise" in read:
        raise LibraryError(file, "exercise", "is not written: the file's name is the exercise's")
    activity = {"exercise": name, **{field: _stripped(value) for field, value in read.items() if field not in ABOUT}}
    _text(activity, file, "title")
    _check_activity(activity, file, "")
    return activity, about


def checked_session(raw: object, file: str, exercise: Callable[[str], Activity]) -> dict[str, Any]:
    """A session's file with its `agenda` as an author writes it, each step the exercise with what differs.

    `exercise` gives the activity of a name, or raises `KeyError`.
    """
    read = _mapping(raw, file, "")
    _needs(read, file, _SESSION_FIELDS)
    for field in read:
        if field not in _SESSION_FIELDS:
            raise LibraryError(file, str(field), "is not a field of a session")
    texts = {field: _text(read, file, field, most) for field, most in _SESSION_TEXTS.items()}
    steps = read["agenda"]
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_ACTIVITIES:
        raise LibraryError(file, "agenda", f"is not a list of 1 to {MOST_ACTIVITIES} steps")
    agenda = [_step(step, file, f"agenda[{place}]", exercise) for place, step in enumerate(steps, 1)]
    minutes = sum(step["minutes"] for step in agenda)
    if read["minutes"] != minutes or isinstance(read["minutes"], bool):
        raise LibraryError(file, "minutes", f"is {read['minutes']}, and its steps take {minutes}")
    return {**texts, "minutes": minutes, "topics": _topics(read, file), "agenda": agenda}


def _step(raw: object, file: str, where: str, exercise: Callable[[str], Activity]) -> Activity:
    step = {field: _stripped(value) for field, value in _mapping(raw, file, where).items()}
    name = step.get("exercise")
    try:
        activity = exercise(name) if isinstance(name, str) else None
    except LibraryError as error:
        raise LibraryError(file, where, f"its exercise is broken: {error}") from None
    except KeyError:
        activity = None
    if activity is None:
        raise LibraryError(file, f"{where}.exercise", f"there is no exercise “{name}”")
    for field, value in step.items():
        if field == "kind" or field in ABOUT:
            raise LibraryError(file, f"{where}.{field}", "is the exercise's, and cannot differ in a session")
        if field != "exercise" and activity.get(field) == value:
            raise LibraryError(file, f"{where}.{field}", "says what the exercise says")
    merged = {**activity, **step}
    _text(merged, file, "title", where=where)
    _check_activity(merged, file, where)
    return merged


def _check_activity(activity: Activity, file: str, where: str) -> None:
    try:
        checked_definition(activity)
    except Refused as refusal:
        field = str(refusal.params.get("field", ""))
        problems = {
            "unknown_field": f"is not a field of a {activity['kind']}",
            "missing_field": "is missing or empty",
        }
        value = activity.get(field)
        length = f" (it has {len(value)} characters)" if isinstance(value, str) and len(value) > 60 else ""
        problem = problems.get(refusal.code, f"is out of range, too long or of another type{length}")
        raise LibraryError(file, ".".join(part for part in (where, field) if part), problem) from None


def _stripped(value: Any) -> Any:
    """A text without the line break that a YAML block ends with: what authors copy from here has none."""
    return value.strip() if isinstance(value, str) else value


def _needs(read: Mapping[Any, Any], file: str, fields: tuple[str, ...]) -> None:
    for field in fields:
        if field not in read:
            raise LibraryError(file, field, "is missing")


def _mapping(raw: object, file: str, where: str) -> Mapping[Any, Any]:
    if not isinstance(raw, Mapping):
        raise LibraryError(file, where, "does not hold fields with their values")
    return raw


def _text(read: Mapping[Any, Any], file: str, field: str, most: int | None = None, where: str = "") -> str:
    value = read[field]
    place = f"{where}.{field}" if where else field
    if not isinstance(value, str) or not value.strip():
        raise LibraryError(file, place, "is not a text")
    if most and len(value.strip()) > most:
        raise LibraryError(file, place, f"has {len(value.strip())} characters, and {most} are the most")
    return value.strip()


def _topics(read: Mapping[Any, Any], file: str) -> list[str]:
    topics = read["topics"]
    if not isinstance(topics, list) or not topics:
        raise LibraryError(file, "topics", "is not a list of topics")
    for topic in topics:
        if topic not in TOPICS:
            raise LibraryError(file, "topics", f"there is no topic “{topic}”; there are {', '.join(TOPICS)}")
    if len(set(topics)) < len(topics):
        raise LibraryError(file, "topics", "names one twice")
    return list(topics)
