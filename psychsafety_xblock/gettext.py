"""Marks the authors' interface text of blocks for translation; the platform translates it where it shows it."""

from __future__ import annotations


def _(text: str) -> str:
    """The text as it is: field definitions are made before any language is known."""
    return text
