"""Services of the runtime that have more than a name: publishing, texts, addresses of the course's files."""

import gettext
from pathlib import Path

from django.utils.translation import get_language, to_locale
from eventtracking import tracker

#: What was completed: (user's id, usage key, how far). The platform has a table.
COMPLETIONS = []


class EventPublishingService:
    """Grades and completion have a way of their own; everything else goes to the tracking log, word for word."""

    def __init__(self, user, course_id):
        self.user = user
        self.course_id = course_id

    def publish(self, block, event_type, event):
        if event_type != "completion":
            with tracker.get_tracker().context(event_type, {"user_id": self.user.pk}):
                tracker.get_tracker().emit(event_type, event)
            return
        if not self.user.is_authenticated:
            return
        assert set(event) == {"completion"}, event
        assert 0 <= event["completion"] <= 1, event
        COMPLETIONS.append((self.user.pk, str(block.scope_ids.usage_id), event["completion"]))


class XBlockI18nService:
    """The catalogue `text` in the folder `translations` of the block's package."""

    def __init__(self, block):
        # Blocks of a runtime are of a class made of theirs and the runtime's mixins.
        module = next(cls.__module__ for cls in type(block).mro() if cls.__module__.startswith("psychsafety"))
        root = __import__(module.split(".")[0])
        folder = str(Path(root.__file__).parent / "translations")
        languages = [to_locale(get_language())]
        self.translator = gettext.translation("text", folder, languages, fallback=True)

    def gettext(self, text):
        return self.translator.gettext(text)

    def ngettext(self, *forms):
        return self.translator.ngettext(*forms)


class ReplaceURLService:
    """Addresses between quotes that begin with /static/ become the course's own."""

    def __init__(self, block):
        self.course_key = block.scope_ids.usage_id.context_key

    def replace_urls(self, text, static_replace_only=False):
        assert static_replace_only
        asset = str(self.course_key.make_asset_key("asset", "NAME")) if self.course_key.is_course else "/NAME"
        return text.replace('"/static/', f'"/{asset}'.replace("NAME", ""))
