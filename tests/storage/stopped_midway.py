"""A process that stops between two writes and waits there to be killed: `python -m tests.storage.stopped_midway`.

``answer <session> <token> <round>``      between the ballot and its note
``reveal <session> <token> <step>``       between the two transactions of a reveal
"""

from __future__ import annotations

import sys

import django


def stop(*args: object) -> None:
    """Say that the point is reached, and stay there."""
    print("midway", flush=True)
    sys.stdin.read()


def main(what: str, session_id: str, token: str, argument: str) -> None:
    """Do it up to the point."""
    django.setup()
    from psychsafety_xblock import service, storage

    holder = service.authenticate(session_id, token)
    if what == "answer":
        storage._add_note = stop
        service.submit_answer(holder, argument, {"text": "never stored"})
    else:
        storage.shuffle_in = stop
        service.run_command(holder, {"command": "reveal", "step": int(argument)})


if __name__ == "__main__":
    main(*sys.argv[1:])
