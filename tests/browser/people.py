"""The people of an exercise, with the verbs that they would use. They know roles and names, never a test's purpose."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.speech import ENGLISH, Speech

#: Longer than the five seconds in which an answer can be undone.
HOLD_MS = 5200
#: What a seat is told once its taps are in.
COUNTED = (
    "Counted. Others are still reading.",
    "Counted. Enough have tapped.",
    "Counted. Most have tapped.",
    "Counted. All have tapped.",
)
#: What a leader is told while notes are tapped.
SENT = (
    "%(sent)s has sent. You can count.",
    "%(sent)s have sent. You can count.",
    "Tap on your phones which you could have written. %(sent)s sent, counted from %(needed)s.",
)
#: Longer than the notice before a reveal.
NOTICE_MS = 21_000
#: Longer than the tablet says thank you.
THANKS_MS = 3200


class Onlooker:
    """Whoever looks at a page on which a wall may hang."""

    #: The language of the page. The verbs below name what they look for in English.
    say: Speech = ENGLISH

    def __init__(self, page: Page, root: Locator | None = None) -> None:
        self.page = page
        #: The part of the page that is theirs.
        self.root = root or page.locator("body")

    @property
    def wall(self) -> Locator:
        """The notes that hang here, in their order."""
        return self.root.locator("[data-note]")

    def notes(self) -> list[str]:
        """The texts of the notes, in their order."""
        return self.wall.locator(".psy-note__text").all_text_contents()

    def expect_wall(self, count: int) -> list[str]:
        """Wait until so many notes hang here; returns their texts."""
        expect(self.wall).to_have_count(count)
        return self.notes()

    def counts(self) -> list[str]:
        """What stands on the notes about how many could have written them."""
        return self.root.locator("[data-note]").get_by_text("of us could have written this").all_text_contents()

    @property
    def results(self) -> Locator:
        """What was counted, row by row."""
        return self.root.locator(".psy-results > li")

    def expect_text(self, text: str | re.Pattern[str]) -> None:
        """Wait until it is there to be read."""
        expect(self.root.get_by_text(text).filter(visible=True).first).to_be_visible()

    def expect_heading(self, text: str | re.Pattern[str]) -> None:
        """Wait until this heading is there."""
        expect(self.root.get_by_role("heading", name=text)).to_be_visible()

    def button(self, name: str, *, exact: bool = True, **values: object) -> Locator:
        """A button by what it says; `values` are put in."""
        return self.root.get_by_role("button", name=self.say(name, **values), exact=exact)

    def press(self, name: str, **values: object) -> None:
        """Press the button that says this."""
        self.button(name, **values).click()


class Screen(Onlooker):
    """The projector."""


class Seated(Onlooker):
    """Whoever has a seat."""

    @property
    def paper(self) -> Locator:
        """The field for the note."""
        return self.root.get_by_role("textbox", name=self.say("Your note"))

    def write(self, text: str, share: bool = False) -> None:
        """Put the text on the paper and, where it is asked, say who may read it; nothing is sent."""
        self.paper.fill(text)
        self.allow(share)

    def allow(self, share: bool) -> None:
        """Say who may read the note, where the wall asks."""
        way = self.say("Also other teams, without names") if share else self.say("Only my team")
        if self.root.get_by_role("radio", name=way).count():
            self.root.get_by_role("radio", name=way).check()
            return
        masked = self.root.get_by_label(
            self.say("The number of your choice. It stays masked: the room may see this screen.")
        )
        if masked.count():
            masked.fill("2" if share else "1")

    def let_go(self) -> None:
        """Let the five seconds of Undo pass."""
        expect(self.button("Undo")).to_be_visible()
        self.page.clock.fast_forward(HOLD_MS)

    def send(self, text: str, share: bool = False) -> None:
        """Write, send, let it go, and see that it is counted."""
        self.write(text, share)
        self.press("Send")
        self.let_go()
        self.expect_counted()

    def send_veiled(self, text: str) -> None:
        """The same on a laptop that the room sees: the paper folds away again."""
        self.write(text)
        self.press("Send")
        self.let_go()
        expect(self.paper).to_be_hidden()

    def pass_(self) -> None:
        """The other answer, in the same way."""
        self.press("Pass")
        self.let_go()
        self.expect_counted()

    def choose(self, option: str) -> None:
        """Choose one of the options; nothing is sent."""
        self.root.get_by_role("radio", name=option).check()

    def rate(self, statement: str, rating: int) -> None:
        """Rate a statement; nothing is sent."""
        name = {1: self.say("1, not at all"), 5: self.say("5, fully")}.get(rating, str(rating))
        self.root.get_by_role("group", name=statement).get_by_role("radio", name=name).check()

    def stand_behind(self, *sentences: str) -> None:
        """Tick what this person stands behind, or that it is nothing of it; nothing is sent."""
        for sentence in sentences or (self.say("None of them"),):
            self.root.get_by_role("checkbox", name=sentence).check()

    def send_off(self) -> None:
        """Send what is chosen or rated, let it go, and see that it is counted."""
        self.press("Send")
        self.let_go()
        self.expect_counted()

    def expect_counted(self) -> None:
        """The answer is in."""
        self.expect_heading(self.say("Counted."))

    def expect_seated(self) -> None:
        """In, wherever the session is."""
        expect(self.button("Leave this seat")).to_be_visible()

    def resonate(self, *places: int) -> None:
        """Tap these notes (0 is the first) and send once; none of them without any."""
        for place in places:
            self.wall.nth(place).get_by_role("button").click()
        if places:
            self.press("Send %(n)s", n=len(places))
        else:
            self.press("None of them")
        self.expect_text(self.say.like(*COUNTED))

    def take_down(self, place: int) -> None:
        """Take this note down for everybody."""
        self.press("Take a note down")
        self.wall.nth(place).get_by_role("button", name=self.say("This one")).click()
        self.press("Take it down")


class Guest(Seated):
    """Somebody with a phone and no account."""

    def __init__(self, page: Page, url: str) -> None:
        super().__init__(page)
        self.url = url

    def scan(self, code: str) -> None:
        """Open the page as a phone's camera would."""
        self.page.goto(f"{self.url}/psychsafety/join/#{code}")

    def join(self, code: str) -> None:
        """Scan, one tap, seated."""
        self.scan(code)
        self.press("Take a seat")
        self.expect_seated()


class Tablet(Seated):
    """One device that goes round. Whoever holds it is nobody in particular."""

    def open(self, address: str, code: str) -> None:
        """Open its page and type the code that the leader shows."""
        self.page.goto(address)
        self.root.get_by_role("textbox", name=self.say("The code that your leader shows")).fill(code)
        self.press("Open the tablet")

    def expect_handed_on(self) -> None:
        """It waits for whoever is next, and shows nothing of a turn."""
        expect(self.button("It is my turn")).to_be_visible()
        expect(self.paper).to_have_count(0)

    def take_turn(self) -> None:
        """Take the tablet, at an empty paper."""
        self.press("It is my turn")
        expect(self.paper).to_have_value("")

    def write_in_turn(self, text: str) -> None:
        """A whole turn: take it, write, send, let it go, hand it on."""
        self.take_turn()
        self.write(text)
        self.press("Send")
        self.let_go()
        self.hand_on()

    def hand_on(self) -> None:
        """The screen thanks and wipes itself."""
        self.expect_heading(self.say("Thank you. Hand it on."))
        self.page.clock.fast_forward(THANKS_MS)


class Learner(Seated):
    """Somebody with an account, in the course."""

    def __init__(self, page: Page, url: str, slug: str) -> None:
        super().__init__(page, page.get_by_role("main"))
        self.url = url
        self.slug = slug

    def open(self, unit: str = "session") -> None:
        """Go to a unit."""
        self.page.goto(f"{self.url}/course/{self.slug}/{unit}/")

    def type_code(self, code: str) -> None:
        """Type the code at the doorway, whether it is right or not."""
        self.root.get_by_role("textbox", name=self.say("The code that your leader shows")).fill(code)
        self.press("Join")

    def join(self, code: str, unit: str = "session") -> None:
        """Open the unit, type the code, be in."""
        self.open(unit)
        self.type_code(code)
        self.expect_seated()


class Leader(Learner):
    """Somebody who convenes a team. `own` is the leader's own seat, folded away below the controls."""

    @property
    def own(self) -> Seated:
        """The leader's own seat on the same laptop."""
        name = self.say.like("Your own note", "Your own answer")
        own = Seated(self.page, self.page.locator("details", has_text=name))
        own.say = self.say
        return own

    def convene(self, unit: str = "session") -> str:
        """From the unit to the lobby; returns the code."""
        self.open(unit)
        return self.convene_here()

    def convene_here(self) -> str:
        """The same when the unit is open already."""
        self.press("I convene my team")
        self.expect_heading(self.say("Before you start"))
        self.press("Convene my team")
        self.expect_heading(self.say("Your team can join now"))
        return self.code()

    def code(self) -> str:
        """The code as it is spelled for screen readers, without spaces."""
        label = self.say("Code: %(code)s").partition("%(code)s")[0]
        spelled = self.root.get_by_text(label).first.text_content() or ""
        return "".join(re.findall(r"\w", spelled.partition(label)[2]))

    def screen_address(self) -> str:
        """Where the big screen is."""
        address = self.root.get_by_role("link", name=self.say("Open the big screen")).get_attribute("href")
        assert address
        return address

    def expect_seats(self, count: int) -> None:
        """Wait until so many seats are taken."""
        self.expect_text(self.say.like("%(all)s seat is taken", "%(all)s seats are taken", all=count))

    def take_part(self) -> None:
        """Take a seat too."""
        self.press("Take part myself")
        expect(self.button("Take part myself")).to_be_hidden()

    def start(self) -> None:
        """From the lobby into the first wall."""
        self.press("Begin")
        self.press("Start")
        self.expect_text(self.say("Everybody writes in silence."))

    def reveal_after_notice(self, reader: Onlooker) -> None:
        """Announce the reveal of the wall on all devices, `reader`'s among them, and let its twenty seconds pass."""
        self.press("Reveal")
        # Wound forward while its request is under way, this page would wait twenty seconds from there on.
        with self.page.expect_response("**/commands"):
            self.press("Show in 20 seconds")
        reader.expect_text(self.say.like("The wall opens in %(n)s s"))
        self.expect_text(self.say("All phones say that the notes are about to be shown."))
        self.page.clock.fast_forward(NOTICE_MS)

    def go_on(self, title: str) -> None:
        """From what is shown to the next activity, which has this title."""
        self.press("Next: %(title)s", title=title)

    def agree(self, *sentences: str) -> None:
        """Type on behalf of the team what it agrees on, and show it; the day is the one that is suggested."""
        for number, sentence in enumerate(sentences):
            if number:
                self.press("One more sentence")
            name = ("The sentence", "The second sentence", "The third sentence")[number]
            self.root.get_by_role("textbox", name=self.say(name)).fill(sentence)
        self.press("Show it to all")

    def expect_answers(self, count: int) -> None:
        """Wait until the leader's number says so."""
        self.expect_text(self.say.like("%(n)s answer", "%(n)s answers", n=count))

    def expect_sent(self, count: int) -> None:
        """Wait until so many have sent which notes they could have written."""
        self.expect_text(self.say.like(*SENT, sent=count))

    def reveal(self) -> None:
        """All have answered: show it."""
        self.expect_text(self.say("All have answered."))
        self.press("Reveal")

    def hide(self, place: int) -> None:
        """Hide this note for everybody."""
        self.press("Hide a note")
        self.wall.nth(place).get_by_role("button", name=self.say("This one")).click()
        self.press("Hide it")

    def end(self) -> None:
        """End the session, wherever it stands."""
        if not self.button("End the session").is_visible():
            self.press("More")
        self.button("End the session").first.click()
        self.press("End it now")
