"""The pages of the demo: who to be, the units of the course, and a Studio for its blocks."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe
from web_fragments.fragment import Fragment
from workbench.models import XBlockState

from psychsafety_xblock.demo.course import (
    AUTHOR,
    BLOCKS,
    LEADER,
    LEARNERS,
    PERSONAS,
    STAFF,
    UNITS,
)
from psychsafety_xblock.demo.make_sample_course import ARCHIVE
from psychsafety_xblock.demo.outline import SCENARIO, Block, Text, Unit
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.i18n import languages


def start(request: HttpRequest) -> HttpResponse:
    """What this is, and who to be."""
    return render(
        request,
        "psychsafety_demo/start.html",
        {
            "leader": LEADER,
            "learners": LEARNERS,
            "staff": STAFF,
            "units": [unit for unit in UNITS if unit.blocks],
            "size": f"{ARCHIVE.stat().st_size // 1024} KB",
        },
    )


@require_safe
def sample_course(_request: HttpRequest) -> FileResponse:
    """The course that the demo shows, for Studio's import."""
    return FileResponse(ARCHIVE.open("rb"), as_attachment=True, filename=ARCHIVE.name, content_type="application/gzip")


def first_unit(_request: HttpRequest, persona: str) -> HttpResponse:
    """The course without a unit: its first one."""
    _known(PERSONAS, persona)
    return redirect("demo_unit", persona, UNITS[0].slug)


@ensure_csrf_cookie
def unit(request: HttpRequest, persona: str, unit: str) -> HttpResponse:
    """A unit as this persona sees it. The persona is in the path only, so tabs do not disturb each other."""
    who = _known(PERSONAS, persona)
    units = {each.slug: each for each in UNITS}
    here: Unit = _known(units, unit)
    place = UNITS.index(here)
    rendered = {block.slug: _render(block, "student_view", who.slug) for block in here.blocks}
    return render(
        request,
        "psychsafety_demo/unit.html",
        {
            "persona": who,
            "unit": here,
            "units": UNITS,
            "previous": UNITS[place - 1] if place else None,
            "next": UNITS[place + 1] if place + 1 < len(UNITS) else None,
            "parts": [
                _with_files(part.html) if isinstance(part, Text) else rendered[part.slug].body_html()
                for part in here.parts
            ],
            **_resources(list(rendered.values())),
            "student": who.slug,
        },
    )


@ensure_csrf_cookie
@xframe_options_sameorigin
def studio(request: HttpRequest, block: str) -> HttpResponse:
    """The block's form, as it stands in Studio's dialog: the unit's page shows this page in a frame."""
    return _studio_page(request, block, "psychsafety_demo/studio.html", ["studio_view"])


@ensure_csrf_cookie
def preview(request: HttpRequest, block: str) -> HttpResponse:
    """The block as Studio shows it in a unit, with a button that opens its form."""
    return _studio_page(request, block, "psychsafety_demo/preview.html", ["author_view", "student_view"])


@csrf_exempt  # The workbench's own pages post this without a token.
@require_POST
def reset_state(_request: HttpRequest) -> HttpResponse:
    """Forget what was edited in the demo's Studio."""
    XBlockState.objects.filter(scenario=SCENARIO).delete()
    return redirect("demo_start")


def _studio_page(request: HttpRequest, slug: str, template: str, views: list[str]) -> HttpResponse:
    block: Block = _known(BLOCKS, slug)
    instance = CourseRuntime(AUTHOR).get_block(block.usage_id)
    view = next(name for name in views if hasattr(instance, name))
    fragment = instance.render(view, {})
    return render(
        request,
        template,
        {
            "placed": block,
            "title": instance.display_name,
            "body": fragment.body_html(),
            "messages": instance.validate().messages,
            **_resources([fragment]),
            "student": AUTHOR,
        },
    )


def _render(block: Block, view: str, user_id: str) -> Fragment:
    return CourseRuntime(user_id).get_block(block.usage_id).render(view, {})


def _with_files(html: str) -> str:
    """An author's HTML with the addresses of its files, which the platform replaces in the same way."""
    places = {"/static/clip.mp4": reverse("demo_clip"), "/static/clip.jpg": static("psychsafety_demo/clip.jpg")}
    for written, place in places.items():
        html = html.replace(f'"{written}"', f'"{place}"')
    return html


def _resources(fragments: list[Fragment]) -> dict[str, Any]:
    """What the page's template needs around the blocks, each script and style once."""
    together = Fragment()
    for fragment in fragments:
        together.add_fragment_resources(fragment)
    return {
        "head_html": together.head_html(),
        "foot_html": together.foot_html(),
        "languages": languages(),
        "handler_base": reverse("workbench_index") + "handler/",
    }


def _known(things: dict[str, Any], slug: str) -> Any:
    if slug not in things:
        raise Http404(slug)
    return things[slug]
