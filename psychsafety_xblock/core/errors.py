"""The one way in which the product says no."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it reads as what happened
    """A request that cannot be granted, for a reason that the person who asked may know.

    `code` is one of the stable error codes of docs/api.md; `params` are numbers and names for the sentence that the
    reader gets. Neither ever holds anything that somebody wrote.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
