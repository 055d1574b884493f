"""The demo course as plain data: who one can be, which units there are, what their authors wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: The scenario of the workbench that the blocks' ids start with.
SCENARIO = "demo"


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody to be in the demo. The slug stands in the URL and is the workbench's student id."""

    slug: str
    name: str
    part: str
    staff: bool = False


@dataclass(frozen=True, kw_only=True)
class Block:
    """A component that an author placed, and the fields the author filled in."""

    slug: str
    block_type: str
    title: str
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def definition_id(self) -> str:
        """The id that the workbench gives to the first definition of this type and slug."""
        return f"{SCENARIO}.{self.block_type}.{self.slug}.d0"

    @property
    def usage_id(self) -> str:
        """The same in every process and after each restart, because sessions refer to it."""
        return f"{self.definition_id}.u0"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A page of the course: perhaps a clip, then its blocks."""

    slug: str
    title: str
    lead: str
    clip: bool = False
    blocks: tuple[Block, ...] = ()


LEADER = Persona(slug="leader", name="Mette", part="leads the team")
LEARNERS = tuple(
    Persona(slug=name.lower(), name=name, part="is in Mette’s team") for name in ("Amal", "Bo", "Chen", "Dana", "Emil")
)
STAFF = Persona(slug="staff", name="Frida", part="is course staff", staff=True)
PERSONAS = {persona.slug: persona for persona in (LEADER, *LEARNERS, STAFF)}
#: Who edits in the demo's Studio. Not a persona of the course.
AUTHOR = "studio-author"

COURAGE = "What does it take courage from you to do?"

COURAGE_WALL = {
    "kind": "wall",
    "title": "What takes courage",
    "prompt": COURAGE,
    "starter": "It takes courage from me to",
    "minutes": 10,
    "minimum": 4,
}

SESSION = Block(
    slug="session",
    block_type="psychsafety_team_session",
    title="With your team",
    fields={"display_name": "With your team", "agenda": [COURAGE_WALL]},
)
WALL = Block(
    slug="wall",
    block_type="psychsafety_wall",
    title="What takes courage",
    fields={"display_name": "What takes courage", "prompt": COURAGE},
)
COURSE_WALL = Block(
    slug="course-wall",
    block_type="psychsafety_wall",
    title="A wall for everybody",
    fields={
        "display_name": "A wall for everybody",
        "prompt": "What did somebody do that made it easier for you to speak up?",
        "starter": "It became easier when ",
        "audience": "course",
        "minimum": 4,
    },
)
BOTH_SESSION = Block(
    slug="both-session",
    block_type="psychsafety_team_session",
    title="With your team",
    fields={"display_name": "With your team", "agenda": [COURAGE_WALL]},
)
BOTH_WALL = Block(
    slug="both-wall",
    block_type="psychsafety_wall",
    title="A mistake that taught me something",
    fields={
        "display_name": "A mistake that taught me something",
        "prompt": "Which mistake taught you something?",
        "starter": "I learned from ",
    },
)
ACTIVITIES = Block(
    slug="activities",
    block_type="psychsafety_team_session",
    title="All kinds of activity",
    fields={
        "display_name": "All kinds of activity",
        "agenda": [
            {
                "kind": "talk",
                "title": "Arriving",
                "prompt": "What would you need today to take part fully?",
                "form": "pairs",
                "begins": "Whoever travelled farthest begins.",
                "minutes": 3,
            },
            {
                "kind": "choice",
                "title": "Where we speak up",
                "prompt": "Where is it easiest for you to say that something is wrong?",
                "options": ["In the team meeting", "One to one", "In writing", "Nowhere yet"],
                "minimum": 4,
                "minutes": 3,
            },
            {
                "kind": "pulse",
                "title": "How it is here",
                "prompt": "How much does this hold for us?",
                "statements": [
                    "I can say that I made a mistake before somebody else finds it.",
                    "When I ask for help, it counts as good work.",
                    {"text": "Whoever disagrees here pays for it later.", "reversed": True},
                    "We try things although we do not know how they end.",
                ],
                "minimum": 4,
                "minutes": 6,
            },
            COURAGE_WALL,
        ],
    },
)
#: As a newly added block is: nothing is filled in.
HOUR = Block(slug="hour", block_type="psychsafety_team_session", title="With your team")
FOLLOW_UP = Block(
    slug="follow-up",
    block_type="psychsafety_team_session",
    title="Some weeks later",
    fields={"display_name": "Some weeks later", "ready_session": "follow-up"},
)
BLOCKS = {
    block.slug: block for block in (SESSION, WALL, COURSE_WALL, BOTH_SESSION, BOTH_WALL, ACTIVITIES, HOUR, FOLLOW_UP)
}

UNITS = (
    Unit(
        slug="video-1",
        title="Why silence is expensive",
        lead="Watch this together, then go on to the next unit.",
        clip=True,
    ),
    Unit(slug="session", title="Gather your team", lead="", blocks=(SESSION,)),
    Unit(
        slug="video-2",
        title="Before you write",
        lead="One more clip. Nobody will be asked what they wrote.",
        clip=True,
    ),
    Unit(slug="wall", title="The wall", lead="", blocks=(WALL,)),
    Unit(
        slug="course-wall",
        title="The whole course",
        lead="This wall is not for one team: everybody in the course can write on it at any time.",
        blocks=(COURSE_WALL,),
    ),
    Unit(
        slug="both",
        title="Two on one page",
        lead="A unit may hold several components. They leave each other alone.",
        blocks=(BOTH_SESSION, BOTH_WALL),
    ),
    Unit(
        slug="activities",
        title="All kinds",
        lead="A session of four activities, one of each kind.",
        blocks=(ACTIVITIES,),
    ),
    Unit(
        slug="hour",
        title="The first hour",
        lead="A team session as it is when an author adds it: the ready session of 60 minutes.",
        blocks=(HOUR,),
    ),
    Unit(
        slug="follow-up",
        title="Some weeks later",
        lead="Fifteen minutes on what the team agreed on, with the earlier numbers beside the new ones.",
        blocks=(FOLLOW_UP,),
    ),
)
