"""The demo course as plain data: who one can be, and the units of the sample course with what their authors wrote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psychsafety_xblock.demo.outline import read_units

#: The same course that `make sample-course` packs for Studio.
SAMPLE_COURSE = Path(__file__).parent / "sample_course"


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody to be in the demo. The slug stands in the URL and is the workbench's student id."""

    slug: str
    name: str
    part: str
    staff: bool = False


LEADER = Persona(slug="leader", name="Mette", part="leads the team")
LEARNERS = tuple(
    Persona(slug=name.lower(), name=name, part="is in Mette’s team") for name in ("Amal", "Bo", "Chen", "Dana", "Emil")
)
STAFF = Persona(slug="staff", name="Frida", part="is course staff", staff=True)
PERSONAS = {persona.slug: persona for persona in (LEADER, *LEARNERS, STAFF)}
#: Who edits in the demo's Studio. Not a persona of the course.
AUTHOR = "studio-author"

UNITS = read_units(SAMPLE_COURSE)
BLOCKS = {block.slug: block for unit in UNITS for block in unit.blocks}
COURAGE: str = BLOCKS["wall"].fields["prompt"]
