"""The demo's settings with the bare views beside the product: one server, one middleware, one set of connections."""

from psychsafety_xblock.demo.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.bare"
