"""Studio's preview of a unit: the three views at work, by keyboard, on any width, and nothing leaves the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.views import overflow, serious


def open_preview(room, slug: str = "hour", width: int = 848, **more) -> Page:
    """The preview, with everything in it loaded."""
    page = room.context("author", {"viewport": {"width": width, "height": 900}}, **more).new_page()
    page.goto(f"{room.url}/studio/{slug}/preview/")
    expect(phone(page, "seat").get_by_role("heading").first).to_be_visible()
    return page


def phone(page: Page, role: str) -> FrameLocator:
    """What stands in one of the pictures."""
    return page.frame_locator(f"[data-role={role}] iframe")


def choose(page: Page, place: str, moment: str = "") -> None:
    """A step by its place in the list's values, and a moment of it by its label."""
    page.get_by_label("Step").select_option(place)
    if moment:
        page.get_by_label(moment, exact=True).check()


def wrong_in_frames(page: Page) -> list[str]:
    """What axe calls serious in each picture that shows, and what is wider than its device."""
    found = []
    for frame in page.frames[1:]:
        if not frame.frame_element().is_visible():
            continue
        # A moment of a page is no whole page: it may begin below its first heading.
        found += [each for each in serious(frame) if "(moderate)" not in each]
        wide = frame.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{frame.title()} is {wide} pixels too wide")
    return found


def test_the_three_views_follow_the_leaders_buttons(room):
    page = open_preview(room)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    leader, seat, screen = (phone(page, role) for role in ("leader", "seat", "screen"))
    expect(leader.get_by_text("Thank you for being here.")).to_be_visible()
    choose(page, "step4", "People answer")
    for view in (seat, screen):
        expect(view.get_by_role("heading", name="What does it take courage from you to do?")).to_be_visible()
    expect(screen.get_by_text("Enough have answered")).to_be_visible()
    leader.get_by_role("button", name="Reveal").click()
    leader.get_by_role("button", name="Show in 20 seconds").click()
    expect(page.get_by_label("Shown to all")).to_be_checked()
    expect(seat.locator(".psy-note")).to_have_count(6)
    expect(screen.locator(".psy-note:visible")).to_have_count(6)
    seat.locator("[data-note]").first.get_by_role("button").click()
    seat.get_by_role("button", name=re.compile("^Send")).click()
    expect(seat.get_by_text("Counted. Others are still reading.")).to_be_visible()
    leader.get_by_role("button", name="Count").click()
    expect(screen.get_by_text("5 of us", exact=True)).to_be_visible()
    leader.get_by_role("button", name="Show the examples").click()
    expect(page.get_by_label("From other teams")).to_be_checked()
    for picture in (screen, leader, seat):
        expect(picture.get_by_role("heading", name="Examples, written by the course’s authors")).to_be_visible()
    leader.get_by_role("button", name=re.compile("^Next:")).click()
    expect(page.get_by_label("Step")).to_have_value("step5")
    leader.get_by_role("button", name="One more minute").click()
    expect(leader.get_by_text("This is a preview: nothing is sent.")).to_be_visible()
    assert [url for url in asked if not url.startswith(("blob:", "about:"))] == []


def test_a_participants_answer_stays_on_the_page(room):
    page = open_preview(room, "wall")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    seat = phone(page, "seat")
    seat.get_by_role("textbox").fill("Only for the author's eyes")
    seat.get_by_role("radio", name="Only my team").check()
    seat.get_by_role("button", name="Send").click()
    expect(seat.get_by_role("button", name="Undo")).to_be_focused()
    page.clock.fast_forward(6000)
    expect(seat.get_by_role("heading", name="Counted.")).to_be_visible()
    assert asked == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_introduction_is_what_the_leader_reads(room):
    page = open_preview(room)
    choose(page, "start")
    before = phone(page, "before")
    expect(before.get_by_role("heading", name="Before you start")).to_be_visible()
    expect(before.get_by_text("You do not have to be good at this.")).to_be_visible()
    expect(page.locator("[data-role=seat]")).to_be_hidden()
    # As high as what stands in it: there is no second scroll bar.
    inside = page.frame_locator("[data-role=before] iframe").locator("html")
    page.wait_for_function("document.querySelector('[data-role=before] iframe').clientHeight > 800")
    assert inside.evaluate("root => root.scrollHeight - root.clientHeight") <= 1
    before.get_by_role("button", name="Convene my team").click()
    expect(phone(page, "screen").get_by_text("Take a seat")).to_be_visible()


def test_by_keyboard_alone(room):
    """Through the controls, into the pictures, and out of them again."""
    page = open_preview(room, "wall")
    page.get_by_role("link", name="Edit").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Step")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Step")).to_have_value("summary")
    page.keyboard.press("ArrowUp")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Before", exact=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Shown to all")).to_be_checked()
    expect(page.get_by_label("Shown to all")).to_be_focused()
    expect(phone(page, "seat").locator(".psy-note")).to_have_count(6)
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Taps counted")).to_be_checked()
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        role = page.evaluate(
            "document.activeElement.closest('figure')?.dataset.role || document.activeElement.nodeName"
        )
        reached.add(role)
        if "seat" in reached and role == "BODY":
            break
    assert {"leader", "seat", "BODY"} <= reached, "the focus enters the phones and leaves them again"


@pytest.mark.parametrize("slug", ["hour", "course-wall"])
def test_on_every_width(room, slug):
    page = open_preview(room, slug)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == []
        devices = page.locator(".psy-pre__view--scaled:visible")
        for inside, right in devices.evaluate_all(
            "all => all.map((one) => [one.clientWidth, one.getBoundingClientRect().right])"
        ):
            assert 100 < inside <= width
            assert right <= width


#: Each kind of picture once: of the hour's steps those that show something of their own.
LOOKED_AT = {
    "hour": {
        "start": [""],
        "lobby": [""],
        "step2": ["Shown to all"],
        "step4": ["Before", "People answer", "Taps counted", "From other teams"],
        "step6": ["Shown to all"],
        "step8": ["The leader writes", "Closed"],
        "summary": [""],
    },
    "course-wall": {"": ["People answer", "After notes were put up"]},
}


@pytest.mark.parametrize("slug", LOOKED_AT)
def test_every_picture_is_clean(room, slug):
    page = open_preview(room, slug)
    wrong = serious(page)
    for place, moments in LOOKED_AT[slug].items():
        for moment in moments:
            if place:
                page.get_by_label("Step").select_option(place)
            if moment:
                page.get_by_label(moment, exact=True).check()
            for role in page.locator("figure:visible").evaluate_all("all => all.map((one) => one.dataset.role)"):
                expect(phone(page, role).locator("main > *").first).to_be_visible()
            wrong += [f"{place} {moment}: {each}" for each in wrong_in_frames(page)]
    assert wrong == []


def test_from_the_right(room):
    """In Arabic: the page, its pictures and what stands in them, in the dark as well."""
    context = room.context("author", {"viewport": {"width": 768, "height": 900}}, locale="ar", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{room.url}/studio/wall/preview/")
    page.locator("input[value=shown]").check()
    expect(phone(page, "seat").locator("[data-note]")).to_have_count(6)
    assert page.locator(".psy-pre").evaluate("root => getComputedStyle(root).direction") == "rtl"
    for role in ("leader", "seat", "screen"):
        assert phone(page, role).locator("html").get_attribute("dir") == "rtl"
    assert overflow(page) == []
    assert serious(page) + wrong_in_frames(page) == []
    device, inside = (page.locator(f"[data-role=seat] {part}").bounding_box() for part in (".psy-pre__view", "iframe"))
    assert abs(device["x"] - inside["x"]) < 2
    assert abs(device["width"] - inside["width"]) < 2


def test_two_on_one_page_leave_each_other_alone(room):
    page = open_preview(room, "wall")
    page.evaluate(
        """async (address) => {
          const other = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
          const root = document.importNode(other.querySelector(".psy-pre"), true);
          root.id = "second";
          document.querySelector("main").append(root);
          window.PsychSafetyPreview(null, root, JSON.parse(other.querySelector(".xblock_json_init_args").textContent));
        }""",
        f"{room.url}/studio/activities/preview/",
    )
    first, second = page.locator(".component .psy-pre"), page.locator("#second")
    expect(second.frame_locator("[data-role=seat] iframe").get_by_text("What would you need today")).to_be_visible()
    second.get_by_label("Step").select_option("step2")
    second.get_by_label("Shown to all").check()
    expect(first.get_by_label("People answer")).to_be_checked()
    expect(first.frame_locator("[data-role=seat] iframe").get_by_role("textbox")).to_be_visible()
    expect(second.frame_locator("[data-role=screen] iframe").get_by_text("Mean").first).to_be_visible()
    first.get_by_role("button", name="Go on").click()
    expect(second.get_by_label("Step")).to_have_value("step2")
    ids = page.locator("[id]").evaluate_all("all => all.map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_the_frame_around_it_grows_with_it(room):
    """Studio's unit page is a frame too, whose height follows what the page in it says."""
    page = room.context("author").new_page()
    address = f"{room.url}/studio/hour/preview/"
    page.route(address, lambda route: route.fulfill(response=(reply := route.fetch()), headers=_framed(reply.headers)))
    page.goto(room.url)
    page.evaluate(
        """(address) => {
          document.open();
          document.write("<!doctype html><title>Unit</title><iframe title='Unit' width='800' height='300'></iframe>");
          document.close();
          window.heights = [];
          addEventListener("message", ({ data }) => {
            if (data.type === "plugin.resize") window.heights.push(data.payload.height);
          });
          document.querySelector("iframe").src = address;
        }""",
        address,
    )
    page.wait_for_function("window.heights.at(-1) > 1200")
    unit = page.frame_locator("iframe[title=Unit]")
    expect(unit.frame_locator("[data-role=seat] iframe").get_by_role("heading").first).to_be_visible()
    before = page.evaluate("window.heights.at(-1)")
    unit.get_by_label("Step").select_option("start")
    page.wait_for_function(f"window.heights.at(-1) !== {before} && window.heights.at(-1) > 900")


def _framed(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() != "x-frame-options"}


def test_an_agenda_that_cannot_be_run(room):
    """Whoever imported something broken reads what it is, instead of a blank page."""
    page = room.context("author").new_page()
    page.goto(f"{room.url}/studio/wall/preview/")
    page.evaluate(
        """() => {
          const root = document.querySelector(".psy-pre");
          const data = JSON.parse(document.querySelector(".xblock_json_init_args").textContent);
          data.problems = ["The question needs 1 to 300 characters."];
          window.PsychSafetyPreview(null, root, { ...data, steps: [] });
        }"""
    )
    expect(page.get_by_role("heading", name="This cannot be run yet")).to_be_visible()
    expect(page.get_by_text("The question needs 1 to 300 characters.")).to_be_visible()
    assert serious(page) == []
