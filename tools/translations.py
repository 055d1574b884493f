"""The catalogues: `python -m tools.translations extract | compile | dummy | validate`, which the Makefile calls.

One `text.po` a locale holds the texts of Python, templates and scripts together. Nothing here writes a date or a
version, so that running it twice changes nothing.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import polib

from psychsafety_xblock.i18n import ALIASES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "psychsafety_xblock"
TRANSLATIONS = PACKAGE / "translations"

SOURCE = "en"
#: What a translation must hold as its original does.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}")

_PYTHON = ["_", "gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "ngettext_noop:1,2"]


# --- Extracting -----------------------------------------------------------------------------------------------------


def extracted(root: Path = ROOT) -> polib.POFile:
    """All texts that the sources under `root` mark, in the order of their files. Needs xgettext."""
    package = root / "psychsafety_xblock"
    python = sorted(path for path in package.rglob("*.py") if "demo" not in path.relative_to(package).parts)
    with tempfile.TemporaryDirectory() as folder:
        for template in sorted(package.rglob("templates/**/*.html")):
            if "demo" not in template.relative_to(package).parts:
                _as_python(template, Path(folder) / template.relative_to(root))
        templates = sorted(Path(folder).rglob("*.html"))
        found = _run_xgettext("Python", python, root, _PYTHON)
        found += _run_xgettext("Python", templates, Path(folder), _PYTHON)
    scripts = sorted((root / "frontend/src").rglob("*.js"))
    found += _run_xgettext("JavaScript", scripts, root, ["gettext", "ngettext:1,2"])
    return _merged(found)


def _as_python(template: Path, target: Path) -> None:
    from django.utils.translation.template import templatize

    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(templatize(template.read_text(encoding="utf-8")), encoding="utf-8")


def _run_xgettext(language: str, files: list[Path], base: Path, keywords: list[str]) -> list[polib.POEntry]:
    done = subprocess.run(
        ["xgettext", f"--language={language}", "--from-code=UTF-8", "--add-location=file", "--no-wrap",
         "--add-comments=Translators:", "--output=-", *(f"--keyword={word}" for word in keywords),
         *(str(path.relative_to(base)) for path in files)],
        cwd=base, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return list(polib.pofile(done.stdout)) if done.stdout else []


def _merged(entries: Iterable[polib.POEntry]) -> polib.POFile:
    """Each text once, with all places that it comes from."""
    made = polib.POFile(wrapwidth=0)
    made.metadata = {
        "Project-Id-Version": "psychsafety_xblock",
        "Language": SOURCE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    known: dict[str, polib.POEntry] = {}
    for entry in entries:
        same = known.get(entry.msgid)
        if same is None:
            known[entry.msgid] = entry
            made.append(entry)
            continue
        if entry.msgid_plural and not same.msgid_plural:
            same.msgid_plural, same.msgstr_plural, same.msgstr = entry.msgid_plural, entry.msgstr_plural, ""
        same.flags += [flag for flag in entry.flags if flag not in same.flags]
        same.occurrences += [place for place in entry.occurrences if place not in same.occurrences]
    return made


def update(catalogue: polib.POFile, source: polib.POFile) -> polib.POFile:
    """The texts of `source` with the translations that `catalogue` has. Others are dropped: git remembers them."""
    made = polib.POFile(wrapwidth=0)
    made.header = catalogue.header
    made.metadata = {name: text for name, text in catalogue.metadata.items() if not name.endswith("-Date")}
    translated = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    for entry in source:
        before = translated.get(entry.msgid)
        new = polib.POEntry(
            msgid=entry.msgid, msgid_plural=entry.msgid_plural, comment=entry.comment, occurrences=entry.occurrences,
            flags=[flag for flag in entry.flags if flag != "fuzzy"],
        )  # fmt: skip
        if entry.msgid_plural:
            forms = before.msgstr_plural if before else {}
            new.msgstr_plural = {number: forms.get(number, "") for number in range(plural_count(catalogue))}
        elif before:
            new.msgstr = before.msgstr
        if before:
            new.tcomment = before.tcomment
            new.flags += ["fuzzy"] if before.fuzzy else []
        made.append(new)
    return made


def plural_count(catalogue: polib.POFile) -> int:
    """How many forms the catalogue's language has."""
    found = re.search(r"nplurals\s*=\s*(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


# --- Compiling ------------------------------------------------------------------------------------------------------


def catalogues(folder: Path = TRANSLATIONS) -> dict[str, Path]:
    """The sources of a folder of translations, by locale."""
    return {path.parts[-3]: path for path in sorted(folder.glob("*/LC_MESSAGES/text.po"))}


def compiled(folder: Path = TRANSLATIONS, only: str = "") -> Iterator[tuple[Path, bytes]]:
    """What the sources of a folder give, or that of one locale, file by file.

    `text.mo` is what the platform's i18n service reads, and what our scripts get. `django.mo` joins the site's own
    catalogue, so it leaves out what only scripts show: "Send" and "Cancel" of other pages are none of our business.
    """
    sources = {locale: path for locale, path in catalogues(folder).items() if only in ("", locale)}
    places = {locale: locale for locale in sources}
    places |= {alias: locale for alias, locale in ALIASES.items() if locale in sources}
    for place, locale in sorted(places.items()):
        for name, wanted in (("text", _any), ("django", _of_python)):
            catalogue = polib.pofile(str(sources[locale]))
            for entry in [entry for entry in catalogue if not wanted(entry)]:
                catalogue.remove(entry)
            yield folder / place / "LC_MESSAGES" / f"{name}.mo", catalogue.to_binary()


def _any(_entry: polib.POEntry) -> bool:
    return True


def _of_python(entry: polib.POEntry) -> bool:
    return any(place.startswith("psychsafety_xblock/") for place, _line in entry.occurrences)


# --- A language to find forgotten texts with ------------------------------------------------------------------------

_ACCENTS = str.maketrans("aceghijklnorsuwyzACEGHIJKLNORSUWYZ", "áćéǵħíĵķĺńóŕśúẃýźÁĆÉǴĦÍĴĶĹŃÓŔŚÚẂÝŹ")
_DUMMY_END = " ⟧"


def dummy_text(text: str) -> str:
    """English with accents, in brackets and a third longer; placeholders and outer spaces as they were."""
    core = text.strip()
    if not core:
        return text
    start = text[: len(text) - len(text.lstrip())]
    end = text[len(text.rstrip()) :]
    parts = re.split(f"({PLACEHOLDER.pattern})", core)
    accented = "".join(part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(parts))
    return f"{start}⟦{accented}{' ·' * (len(core) // 8)}{_DUMMY_END}{end}"


def rtl_text(text: str) -> str:
    """The same for a language that is read from the right."""
    made = dummy_text(text)
    core = made.strip()
    return made.replace(core, f"\u202b{core}\u202c") if core else made


#: Esperanto, which no site offers and Django knows, and a language that is read from the right.
DUMMIES: dict[str, Callable[[str], str]] = {"eo": dummy_text, "fa": rtl_text}


def write_dummy(folder: Path, locale: str, speak: Callable[[str], str]) -> None:
    """Write a language below `folder` that says each English text as `speak` does, compiled."""
    english = polib.pofile(str(catalogues()[SOURCE]))
    made = update(english, english)
    made.metadata["Language"] = locale
    for entry in made:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: speak(entry.msgid), 1: speak(entry.msgid_plural)}
        else:
            entry.msgstr = speak(entry.msgid)
    target = folder / locale / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    made.save(str(target / "text.po"))
    for path, content in compiled(folder, locale):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


# --- Validating -----------------------------------------------------------------------------------------------------


def problems(catalogue: polib.POFile) -> list[str]:
    """What is wrong with a complete catalogue: a line for each, with the text it concerns."""
    found = [f"left over: {entry.msgid!r}" for entry in catalogue.obsolete_entries()]
    forms = plural_count(catalogue)
    for entry in catalogue:
        if entry.obsolete:
            continue
        if entry.fuzzy:
            found.append(f"to be looked at: {entry.msgid!r}")
        if entry.msgid_plural:
            if sorted(entry.msgstr_plural) != list(range(forms)):
                found.append(f"{len(entry.msgstr_plural)} forms, not {forms}: {entry.msgid!r}")
            for number, text in sorted(entry.msgstr_plural.items()):
                originals = [entry.msgid_plural, entry.msgid]
                found += [f"{what}, form {number}: {entry.msgid!r}" for what in _wrong(text, originals)]
        else:
            found += [f"{what}: {entry.msgid!r}" for what in _wrong(entry.msgstr, [entry.msgid])]
    return found


def _wrong(text: str, originals: list[str]) -> list[str]:
    """`originals`: a form may hold what any of them holds ("One seat" and "%(n)s seats")."""
    if not text.strip():
        return ["not translated"]
    found = []
    held = sorted(PLACEHOLDER.findall(text))
    if held not in [sorted(PLACEHOLDER.findall(original)) for original in originals]:
        found.append(f"placeholders {held}")
    if _edges(text) not in [_edges(original) for original in originals]:
        found.append("spaces at its ends")
    return found


def _edges(text: str) -> tuple[bool, bool, int]:
    return text[:1].isspace(), text[-1:].isspace(), text.count("\n")


# --- The commands ---------------------------------------------------------------------------------------------------


def extract() -> int:
    """Bring all catalogues up to date with the sources."""
    source = extracted()
    folder = TRANSLATIONS / SOURCE / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    update(source, source).save(str(folder / "text.po"))
    for locale, path in catalogues().items():
        if locale != SOURCE:
            update(polib.pofile(str(path)), source).save(str(path))
    return 0


def compile_() -> int:
    """Write the compiled catalogues."""
    for path, content in compiled():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return 0


def dummy() -> int:
    """Write the dummy languages into the package; they are not committed."""
    for locale, speak in DUMMIES.items():
        write_dummy(TRANSLATIONS, locale, speak)
    return 0


def validate() -> int:
    """Say what is wrong with the catalogues."""
    source = {entry.msgid for entry in extracted()}
    status = 0
    for locale, path in catalogues().items():
        catalogue = polib.pofile(str(path))
        stale = {entry.msgid for entry in catalogue if not entry.obsolete} ^ source
        found = [f"run `make extract_translations`: {text!r}" for text in sorted(stale)]
        found += problems(catalogue) if locale != SOURCE else []
        for line in found:
            print(f"{locale}: {line}")
        status = status or int(bool(found))
    return status


COMMANDS = {"extract": extract, "compile": compile_, "dummy": dummy, "validate": validate}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]]())
