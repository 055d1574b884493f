"""A seeded world: what ten months of a company look like, for the demo, for pictures and for the bench.

`plan` says who meets when, `play` what they answer, `hold` lets them meet: in the demo's own course run, and through
the service wherever something is decided. The same seed gives the same people, days, numbers and texts; keys are
random, as always. `python -m psychsafety_xblock.demo.world` makes it.
"""
