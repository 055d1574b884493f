"""`python -m psychsafety_xblock.demo.world`: fill an empty demo with a seeded world."""

from __future__ import annotations

import argparse
import sys

import django


def main() -> None:
    """Make the world in the demo's database; refuses one that holds sessions already."""
    parser = argparse.ArgumentParser(description="Fill an empty demo with teams that have met.")
    parser.add_argument("--teams", type=int, default=None, help="how many; 120 as a rule")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same people, days and texts")
    parser.add_argument("--if-empty", action="store_true", help="do nothing where there are sessions already")
    arguments = parser.parse_args()
    django.setup()
    from django.utils import timezone

    from psychsafety_xblock.demo.world.hold import hold
    from psychsafety_xblock.demo.world.plan import TEAMS, plan
    from psychsafety_xblock.models import EchoNote, Session

    if Session.objects.exists():
        if arguments.if_empty:
            return
        sys.exit("There are sessions here already. Delete the demo's folder, or name another in PSYCHSAFETY_DEMO_DIR.")
    gatherings = plan(
        teams=TEAMS if arguments.teams is None else arguments.teams, seed=arguments.seed, today=timezone.now().date()
    )
    hold(gatherings, seed=arguments.seed)
    shared = EchoNote.objects.filter(live=True).count()
    people = sum(one.people for one in gatherings)
    print(f"{len(gatherings)} sessions, {people} seats, {shared} notes that other teams are shown.")


if __name__ == "__main__":
    main()
