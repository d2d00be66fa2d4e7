"""Every packet that any test has built, sealed, given away or put into a bag is read for names that it must not say."""

import io
import re
import zipfile
from contextlib import ExitStack, contextmanager
from functools import wraps
from unittest.mock import patch

import pikepdf
from pypdf import PdfReader

from evidence import vault
from leads.actions import packets, seals
from leads.models import Assertion, Lead, Particular, Referral
from leads.packets import carried
from leads.packets.snapshot import canonical

DRAWN = ("/OpenType", "/CIDFontType0C", "/Image")
# A part of a name that is no longer stands in other words as well.
SHORT = 3
HYPHEN = re.compile(r"[-\xad]\n")


def text_of(content):
    """All that can be read out of a PDF: pages, metadata, outlines, attachments, alternative texts, and raw streams but
    those of fonts and pictures.
    """
    reader = PdfReader(io.BytesIO(content))
    found = [page.extract_text() for page in reader.pages]
    found += [str(reader.metadata), str(reader.outline), str(reader.attachments)]
    with pikepdf.open(io.BytesIO(content)) as opened:
        for each in opened.objects:
            found.append(str(each))
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") not in DRAWN and "/Length1" not in each:
                found.append(each.read_bytes().decode(errors="replace"))
    return "\n".join(found)


def told(version):
    """(names that a version must not say, names that it may) of people whom a source names, or of whom there is a case,
    on any of its leads: victims, witnesses and juveniles, by whatever name, but who was unmasked.
    """
    numbers = {each.event.lead.number for each in version.told_of.select_related("event__lead")}
    leads = Lead.objects.filter(number__in=numbers | {*version.snapshot["lead"]["leads"]})
    shown = set(version.packet.unmaskings.values_list("person__standing", flat=True))
    said = Assertion.objects.filter(lead__in=leads, entity__kind="person").select_related("entity", "lead")
    cases = Referral.objects.filter(lead__in=leads).select_related("person", "lead")
    people = [
        (each.entity.name, each.entity.standing_id, each.role in Assertion.PROTECTED or _young(each.entity, each.lead))
        for each in said
    ]
    people += [
        (each.defendant, each.person and each.person.standing_id, each.venue == "juvenile" or _young(each, each.lead))
        for each in cases
    ]
    people = [each for each in people if each[1] not in shown]
    hidden = {name for name, _person, is_hidden in people if is_hidden}
    ids = {person for _name, person, is_hidden in people if is_hidden} - {None}
    also = Particular.objects.filter(entity__standing__in=ids, kind="other_name").values_list("value", flat=True)
    return {*hidden, *(also if ids else ())}, {name for name, _person, _hidden in people} - hidden


def _young(person, lead):
    born, on = person.born_on, lead.first_event_at
    return bool(born) and (born.year + 18, born.month, born.day) > (on.year, on.month, on.day)


def names_in(version, read):
    """The names that something of a version says and must not; `read` is called for its text where there are any."""
    hidden, open_ = told(version)
    if not hidden:
        return set()
    text = read()
    # As it stands, and without hyphens at the ends of lines.
    words = " ".join(f"{text} {HYPHEN.sub('', text)}".split()).casefold()
    for name in sorted(open_, key=len, reverse=True):
        words = words.replace(name.casefold(), "")
    alone = set(re.findall(r"[^\W_]+", words))
    return {name for name in hidden if name.casefold() in words or {*_parts(name)} & alone}


def _parts(name):
    """What of a name tells whose it is when it stands alone."""
    return [part for part in re.findall(r"\w+", name.casefold()) if len(part) > SHORT]


def pages_say(version, sha256):
    """The names that pages of a version say and must not, or what was taken down for them."""
    return names_in(version, lambda: text_of(_kept(sha256)) + canonical(version.snapshot).decode())


def bag_says(release):
    """The names that the bag of a copy says and must not: its tags and JSON, and what its files are called. What they
    hold is as it was when somebody chose them.
    """
    return names_in(release.version, lambda: _lists(b"".join(carried.packed(release)[1])))


def _lists(bag):
    with zipfile.ZipFile(io.BytesIO(bag)) as whole:
        names = whole.namelist()
        own = [name for name in names if name.endswith((".txt", ".json")) and "/data/files/" not in name]
        return "\n".join([*names, *(whole.read(name).decode() for name in own)])


def _kept(sha256):
    with vault.opened(sha256) as file:
        return file.read()


def _built(version):
    return version.pdf_sha256 and pages_say(version, version.pdf_sha256)


def _sealed(seal):
    return pages_say(seal.version, seal.pdf_sha256)


def _copied(release):
    return pages_say(release.version, release.copy_sha256)


def _bagged(release):
    return release.bag and bag_says(release)


MADE_BY = ((packets, "build", _built), (seals, "seal", _sealed), (seals, "prepare", _copied), (seals, "pack", _bagged))


@contextmanager
def looked_for():
    """As long as the block lasts, what workers make of packets is read when it is made."""
    with ExitStack() as stack:
        for module, verb, says in MADE_BY:
            stack.enter_context(patch.object(module, verb, _read_after(getattr(module, verb), says)))
        yield


def _read_after(real, says):
    @wraps(real)
    def done(**given):
        made = real(**given)
        names = made and says(made)
        assert not names, f"{made} says {names}"
        return made

    return done
