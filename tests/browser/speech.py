"""What stands on a page for an English text of the interface, so that one walk goes through any language."""

from __future__ import annotations

import re

from psychsafety_xblock import i18n


class Speech:
    """The texts of one language. English is its own."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._texts: dict[str, str | list[str]] = {}
        if language != i18n.SOURCE:
            for entry in i18n.entries():
                self._texts.update(i18n.messages(language, entry))

    def __call__(self, text: str, **values: object) -> str:
        """This text, with the values put in. Raises KeyError when the language lacks it."""
        said = self._forms(text)[0]
        for name, value in values.items():
            said = said.replace(f"%({name})s", str(value))
        return said

    def like(self, *texts: str, **values: object) -> re.Pattern[str]:
        """Any of these texts in any of their forms, with these values and whatever stands in the other places."""
        forms = [form for text in texts if self._has(text) for form in self._forms(text)]
        if not forms:
            raise KeyError(texts)
        return re.compile("|".join(self._pattern(form, values) for form in forms))

    def _has(self, text: str) -> bool:
        """A catalogue knows a text with several forms by the singular one."""
        return self.language == i18n.SOURCE or text in self._texts

    def _forms(self, text: str) -> list[str]:
        said = text if self.language == i18n.SOURCE else self._texts[text]
        return said if isinstance(said, list) else [said]

    @staticmethod
    def _pattern(form: str, values: dict[str, object]) -> str:
        pattern = re.escape(form)
        for name, value in values.items():
            # Five is not the end of fifteen.
            pattern = pattern.replace(re.escape(f"%({name})s"), rf"(?<!\d){re.escape(str(value))}")
        return re.sub(r"%\\\(\w+\\\)s", ".+", pattern)


ENGLISH = Speech()
