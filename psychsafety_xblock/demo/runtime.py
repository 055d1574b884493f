"""The workbench's runtime with the blocks of the demo course in it."""

from __future__ import annotations

import json
from typing import Any

from web_fragments.fragment import Fragment
from workbench.runtime import ID_MANAGER, WorkbenchRuntime

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.outline import SCENARIO


class CourseRuntime(WorkbenchRuntime):
    """Knows who is looking, and, as Studio's runtime does, whether somebody is authoring."""

    def __init__(self, user_id: str | None = None) -> None:
        # XBlock's own `user_id` of a runtime is deprecated.
        self.student = user_id
        super().__init__(user_id)

    @property
    def is_author_mode(self) -> bool:
        """True in the demo's Studio, in its preview, and for the handlers called from there."""
        return self.student == AUTHOR

    def _wrap_ele(self, block: Any, view: str, frag: Fragment, extra_data: Any = None) -> Fragment:
        """What a script starts with stands in the page. As in the LMS, no text of an author may end it there.

        XBlock's own runtime writes it bare, so that a "</script>" in a question would close the element.
        """
        if frag.json_init_args is not None:
            data = json.dumps(frag.json_init_args)
            for sign in "<>&":
                data = data.replace(sign, f"\\u{ord(sign):04x}")
            start = f'<script type="json/xblock-args" class="xblock_json_init_args">{data}</script>'
            safe = Fragment(frag.body_html() + start)
            safe.add_fragment_resources(frag)
            safe.initialize_js(frag.js_init_fn)
            frag = safe
        return super()._wrap_ele(block, view, frag, extra_data)


def register_course() -> None:
    """Tell the workbench's id manager, which lives in memory, which blocks there are.

    Every process does this at its start and comes to the same ids. Nothing is written: what the author wrote
    comes from the course itself until somebody edits it (`services.CourseKeyValueStore`).
    """
    ID_MANAGER.set_scenario(SCENARIO)
    for block in BLOCKS.values():
        definition_id = ID_MANAGER.create_definition(block.block_type, block.slug)
        usage_id = ID_MANAGER.create_usage(definition_id)
        if usage_id != block.usage_id:
            raise RuntimeError(f"the workbench named {block.slug} {usage_id}, not {block.usage_id}")
