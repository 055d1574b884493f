"""The demo in a hurry: pages ask for news more often, and a course-wide wall publishes every three seconds."""

from psychsafety_xblock.demo.settings import *  # noqa: F403
from psychsafety_xblock.demo.settings import PSYCHSAFETY as DEMO

PSYCHSAFETY = {**DEMO, "POLL_SCALE": 0.3, "PUBLISH_INTERVAL_SECONDS": 3}
