"""What anybody can compute who has read the source code: tokens from a secret of seats, ballots from a token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Ballot
from tests.privacy.recording import Dump


def peppers_that_fit(candidates: Iterable[bytes], session: dict[str, Any]) -> list[bytes]:
    """Those of the secrets that are the session's: the fingerprint in the database tells."""
    return [one for one in candidates if codes.fingerprint(one) == session["pepper_fingerprint"]]


def tokens_of(pepper: bytes, session_id: str, accounts: Iterable[str]) -> dict[str, str]:
    """The token that each of these accounts gets in a session, if it takes a seat."""
    return {account: codes.learner_token(pepper, session_id, f"seat:{account}") for account in accounts}


def seated(tokens: dict[str, str], dumped: Dump) -> list[str]:
    """The accounts whose seat is in the dump."""
    there = {row["hash"] for row in dumped["Token"] if row["role"] == "seat"}
    return [account for account, token in tokens.items() if codes.token_hash(token) in there]


def ballot_of(token: str, round_id: int) -> int:
    """The mark that the holder of a token has answered a round."""
    return codes.ballot_key(round_id, Ballot.Purpose.ANSWER, token)
