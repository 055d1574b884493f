"""The demo as `make demo` serves it: several processes, real HTTP, and a restart that forgets nothing."""

import json
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar

import pytest

from psychsafety_xblock.demo.course import BLOCKS, UNITS

pytestmark = pytest.mark.slow
SESSION = BLOCKS["session"].usage_id


def post(demo, student: str, handler: str, body: dict) -> dict:
    """Call a handler as the page of this student would; returns its reply."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.open(f"{demo.url}/course/{student}/session/").read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    request = urllib.request.Request(
        f"{demo.url}/handler/{SESSION}/{handler}/?student={student}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "X-CSRFToken": token},
    )
    with browser.open(request) as answer:
        return json.load(answer)


def test_both_processes_answer_all_at_once_and_write_no_rows(start_demo):
    demo = start_demo(workers=2)
    paths = [f"/course/{who}/{unit.slug}/" for who in ("leader", "amal", "bo") for unit in UNITS] * 2
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(demo.get, paths))
    assert {status for status, _ in answers} == {200}
    count = "from workbench.models import XBlockState; print(XBlockState.objects.count())"
    assert demo.manage("shell", "--verbosity", "0", "-c", count).split()[-1] == "0"


def test_a_restart_keeps_the_running_session(start_demo):
    demo = start_demo()
    opened = post(demo, "leader", "open_session", {})
    seat = post(demo, "amal", "take_seat", {"join_code": opened["join_code"]})
    demo.stop()
    demo.start()
    found = post(demo, "leader", "current_session", {})
    assert found["session_id"] == opened["session_id"]
    again = post(demo, "amal", "take_seat", {"join_code": opened["join_code"]})
    assert again == seat
    status, state = demo.get(opened["api_url"], Authorization=f"Bearer {seat['token']}")
    assert status == 200
    assert json.loads(state)["seats"]["all"] == 1


def test_static_files_are_served_without_debug(demo):
    _, page = demo.get("/course/leader/wall/")
    for url in re.findall(r'(?:src|href)="(/(?:static|resource)/[^"]+)"', page):
        assert demo.get(url)[0] == 200, url
    status, text = demo.get("/course/leader/nothing/")
    assert status == 404
    assert "Traceback" not in text


def test_the_request_log_holds_no_path_of_ours(demo):
    def logged() -> list[str]:
        return [line for line in demo.log_lines() if "psychsafety_demo.requests" in line]

    # Other tests bend our paths until they are none of ours any more.
    before = len(logged())
    demo.get("/psychsafety/join/")
    demo.get("/course/leader/wall/")
    lines = logged()[before:]
    assert any("/course/leader/wall/" in line for line in lines)
    assert not any("/psychsafety/" in line for line in lines)
