"""A room: makes people, each with a browser context of their own, and knows what all of them saw."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

from tests.browser.people import Guest, Leader, Learner, Onlooker, Screen, Tablet
from tests.browser.speech import ENGLISH, Speech
from tests.browser.wire import Wire
from tests.browser.witness import Witness

LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}

#: What a browser calls its language.
LOCALES = {"en": "en-GB", "da": "da-DK", "ar": "ar-EG"}

Person = TypeVar("Person", bound=Onlooker)


class Room:
    """Makes people and closes their browsers again."""

    def __init__(self, url: str, browser: Browser, say: Speech = ENGLISH) -> None:
        """`say`: the language that everybody's browser asks for."""
        self.url = url
        self.say = say
        self.wire = Wire(url)
        self.witness = Witness(urlsplit(url).netloc)
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._led: set[str] = set()

    def context(self, who: str, device: dict[str, Any] = LAPTOP, *, clock: bool = True, **more: Any) -> BrowserContext:
        """A browser of its own. `clock`: its time can be wound forward, which the five seconds of Undo need."""
        usual = {"reduced_motion": "reduce", "locale": LOCALES[self.say.language]}
        made = self._browser.new_context(**{**device, **usual, **more})
        made.set_default_timeout(20_000)
        if clock:
            made.clock.install()
        self.witness.watch(made, who)
        self._contexts.append(made)
        # A test may close one itself, as a laptop that dies.
        made.on("close", lambda _: self._contexts.remove(made))
        return made

    def leader(self, slug: str = "leader", context: BrowserContext | None = None) -> Leader:
        """Somebody who leads nothing yet, at no page yet."""
        if slug not in self._led:
            self._led.add(slug)
            self.wire.end_open_session(slug)
        return self._speaking(Leader((context or self.context(slug)).new_page(), self.url, slug))

    def convened(self, language: str, slug: str = "leader") -> dict[str, Any]:
        """What the leader of a session that was just opened in this language holds; nobody sits at its page."""
        self._led.add(slug)
        self.wire.end_open_session(slug)
        return self.wire.handler("session", slug, "open_session", language=language)

    def learner(self, slug: str, context: BrowserContext | None = None, device: dict[str, Any] = LAPTOP) -> Learner:
        """Somebody with an account, at no page yet."""
        return self._speaking(Learner((context or self.context(slug, device)).new_page(), self.url, slug))

    def guest(self, name: str = "guest", context: BrowserContext | None = None) -> Guest:
        """Somebody with a phone and no account."""
        return self._speaking(Guest((context or self.context(name, PHONE)).new_page(), self.url))

    def tablet(self) -> Tablet:
        """The device that goes round, at no page yet."""
        return self._speaking(Tablet(self.context("tablet", TABLET).new_page()))

    def screen(self, address: str) -> Screen:
        """The projector, at the address that the leader has."""
        page = self.context("screen", PROJECTOR).new_page()
        page.goto(address)
        return self._speaking(Screen(page))

    def _speaking(self, person: Person) -> Person:
        person.say = self.say
        return person

    def team(self, leader: Leader, guests: int = 0, learners: tuple[str, ...] = (), unit: str = "session") -> list[Any]:
        """Let these people join what the leader has convened; returns them in this order: learners, guests."""
        code = leader.code()
        people: list[Any] = []
        for slug in learners:
            people.append(self.learner(slug))
            people[-1].join(code, unit)
        for number in range(guests):
            people.append(self.guest(f"guest {number + 1}"))
            people[-1].join(code)
        return people

    def close(self) -> None:
        """End the sessions of this test and close its browsers."""
        for context in list(self._contexts):
            # A page may ask at this moment; what a test's route does with the reply would fail in the next test.
            context.unroute_all(behavior="ignoreErrors")
            for page in context.pages:
                page.unroute_all(behavior="ignoreErrors")
            context.close()
        for slug in self._led:
            self.wire.end_open_session(slug)
