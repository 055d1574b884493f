"""What may stand in an author's rich text."""

from __future__ import annotations

import nh3

#: Text, lists, links and small headings: what the editor offers, and nothing that could run, load or take over a page.
TAGS = {"p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "a", "h3", "h4", "blockquote"}


def clean_html(text: str) -> str:
    """An author's HTML with everything taken out that is not on the list; the words stay, scripts and styles go.

    Links open in a tab of their own and tell the other site nothing. Plain text comes back as it is, its `<` and `&`
    as entities.
    """
    return nh3.clean(
        text,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )
