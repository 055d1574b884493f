"""Fields and scopes of both blocks, pinned: what an author wrote, and not one field of a user."""

import pytest
from xblock.fields import BlockScope, Scope, UserScope

from psychsafety_xblock.anonymous_wall import AnonymousWallXBlock
from psychsafety_xblock.team_session import TeamSessionXBlock

#: XBlock's own.
COMMON = {"name": Scope.settings, "parent": Scope.parent, "children": Scope.children, "tags": Scope.settings}

WALL = {
    "display_name": Scope.settings,
    "prompt": Scope.content,
    "help_text": Scope.content,
    "starter": Scope.content,
    "minutes": Scope.content,
    "minimum": Scope.settings,
    "max_length": Scope.settings,
    "audience": Scope.settings,
    "echo": Scope.settings,
    "echo_scope": Scope.settings,
    "echo_examples": Scope.content,
    "who_may_lead": Scope.settings,
    "guests_allowed": Scope.settings,
    "complete_after_session": Scope.settings,
}
SESSION = {
    "display_name": Scope.settings,
    "introduction_title": Scope.content,
    "introduction_video": Scope.content,
    "introduction": Scope.content,
    "planned_minutes": Scope.settings,
    "minimum": Scope.settings,
    "ready_session": Scope.content,
    "agenda": Scope.content,
    "who_may_lead": Scope.settings,
    "guests_allowed": Scope.settings,
    "complete_after_session": Scope.settings,
}


@pytest.mark.parametrize(("block", "fields"), [(AnonymousWallXBlock, WALL), (TeamSessionXBlock, SESSION)])
def test_fields_and_scopes(block, fields):
    ours = {name: field.scope for name, field in block.fields.items() if name not in COMMON}
    assert ours == fields


@pytest.mark.parametrize("block", [AnonymousWallXBlock, TeamSessionXBlock])
def test_nothing_is_kept_for_a_user_or_over_users(block):
    for name, field in block.fields.items():
        if name in ("parent", "children"):  # where the block is in the course
            continue
        assert field.scope.user == UserScope.NONE, name
        assert field.scope.block in (BlockScope.USAGE, BlockScope.DEFINITION), name
        assert field.scope is not Scope.user_state_summary


@pytest.mark.parametrize("block", [AnonymousWallXBlock, TeamSessionXBlock])
def test_nothing_is_graded(block):
    assert not getattr(block, "has_score", False)
