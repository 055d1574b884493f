"""A wall for everybody in the course: what is written appears in batches, never alone."""

from playwright.sync_api import expect

#: Twice the minimum of the demo's wall, and the least there is.
BATCH = 8


def test_notes_appear_together_once_a_batch_is_there(room):
    emil = room.learner("emil")
    emil.open("course-wall")
    emil.press("Read and write")
    expect(emil.paper).to_be_visible()
    emil.expect_text("It appears together with at least 7 others")
    emil.send("COURSE-MARK mine")
    emil.expect_text("Nothing of it is kept on this device.")

    # Six others are not enough, however often it publishes.
    def others(first: int, last: int) -> None:
        for number in range(first, last):
            seat = room.wire.handler("course-wall", f"visitor-{number}", "take_seat")
            room.wire.answer(seat, f"COURSE-MARK other {number}")

    others(0, BATCH - 2)
    reader = room.learner("dana")
    reader.open("course-wall")
    reader.press("Read and write")
    expect(reader.paper).to_be_visible()
    slot = reader.page.get_by_text("New notes appear at a fixed time").inner_text()
    expect(reader.page.get_by_text(slot)).to_be_visible()
    assert room.witness.received("COURSE-MARK") == []

    others(BATCH - 2, BATCH - 1)
    for person in (emil, reader):
        expect(person.wall).to_have_count(BATCH, timeout=30_000)
    assert emil.notes() == reader.notes()
    assert emil.notes() != sorted(emil.notes()) or emil.notes()[-1] == "COURSE-MARK mine"
    emil.page.reload()
    emil.expect_wall(BATCH)
    emil.expect_counted()
