"""The demo's settings with the bare views beside the product: one server, one middleware, one set of connections."""

from psychsafety_xblock.demo.settings import *  # noqa: F403
from psychsafety_xblock.demo.settings import PSYCHSAFETY

ROOT_URLCONF = "tests.bench.bare"
# As on a site: the bench itself says when a wall for everybody publishes.
PSYCHSAFETY = {**PSYCHSAFETY, "PUBLISH_INTERVAL_SECONDS": 86400}
