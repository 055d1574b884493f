"""In the LMS's process each test starts with an empty course."""

import pytest
from xmodule import services
from xmodule.runtime import MODULESTORE


@pytest.fixture(autouse=True)
def empty_course():
    MODULESTORE.clear()
    services.COMPLETIONS.clear()
    yield
    MODULESTORE.clear()
    services.COMPLETIONS.clear()
