"""Join codes, tokens and keys. Randomness is passed in: `secrets.SystemRandom()` in service, a seeded one in tests."""

from __future__ import annotations

import hashlib
import hmac
import random
import re

from .errors import Refused

#: Letters and digits without look-alikes: no 0 and O, no 1, I and L.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
#: 31^8 is 8.5 * 10^11; docs/adr/0003 does the arithmetic of guessing.
CODE_LENGTH = 8
_NOT_CODE = re.compile(r"[\s\-–·.]+")

TOKEN_BYTES = 32


def new_code(randomness: random.Random, length: int = CODE_LENGTH) -> str:
    """A fresh join code."""
    return "".join(randomness.choice(ALPHABET) for _ in range(length))


def normal_code(raw: object) -> str:
    """What somebody typed, as it is compared: upper case, without spaces and dashes; "" when it cannot be a code."""
    if not isinstance(raw, str) or len(raw) > 64:
        return ""
    code = _NOT_CODE.sub("", raw).upper()
    return code if code and all(character in ALPHABET for character in code) else ""


def token_hash(token: str) -> str:
    """What is stored of a token: SHA-256, 64 hexadecimal digits."""
    # A client may send half a character in JSON; that is a wrong token, not a failure.
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def key_of(digest: str) -> int:
    """The first 63 bits of a hexadecimal digest: a row's key, so that rows lie in no order that means anything."""
    return int(digest[:16], 16) >> 1


def ballot_key(round_id: int, purpose: str, token: str) -> int:
    """The mark that the holder of `token` has answered (or tapped, or taken down) in a round. See rule 3."""
    return key_of(hmac.new(token.encode(), f"{round_id}:{purpose}".encode(), hashlib.sha256).hexdigest())


def learner_token(pepper: bytes, session_id: str, purpose: str) -> str:
    """The token that an account always gets in a session, while its pepper lives (rule 4). `purpose` names whose."""
    return hmac.new(pepper, f"{session_id}:{purpose}".encode(), hashlib.sha256).hexdigest()


def fingerprint(pepper: bytes) -> str:
    """What the database knows of a pepper: enough to recognise it, not to use it."""
    return hashlib.sha256(b"psychsafety pepper " + pepper).hexdigest()


def slot(*parts: object) -> str:
    """The value of a unique column that holds "at most one open" for the things named by `parts`."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def parse_id(raw: object, code: str) -> int:
    """A row's id as clients write it: a string of at most 19 digits. Raises `Refused` with `code`."""
    if isinstance(raw, str) and raw.isascii() and raw.isdigit() and len(raw) <= 19 and int(raw) < 2**63:
        return int(raw)
    raise Refused(code)
