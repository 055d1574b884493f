"""Reading one file of the library, strictly."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml


class LibraryError(KeyError):
    """A file of the library that cannot be used; its text names the file, the field and what is wrong with it.

    A `KeyError`, so that whoever can do without a name that does not exist can do without a broken file too.
    """

    def __init__(self, file: str, field: str, problem: str) -> None:
        super().__init__(file, field, problem)
        self.file, self.field, self.problem = file, field, problem

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.field, self.problem) if part)


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """As `yaml.safe_load`, but a key that stands twice is an error: YAML would silently drop the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node; raises `yaml.YAMLError` on a key that stands twice."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the field “{key}” stands twice", node.value[place][0].start_mark
                )
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def read_file(path: Path, file: str) -> object:
    """What a YAML file holds. Raises `LibraryError` when it cannot be read; `file` is what it is called there."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        raise LibraryError(file, where, getattr(error, "problem", None) or "is not YAML") from None
    except (OSError, ValueError) as error:
        raise LibraryError(file, "", f"cannot be read: {error}") from None
