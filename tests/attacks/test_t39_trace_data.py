"""T39: trace data is held by law to law enforcement and prosecution. A sign is planted in every field of every trace
model; no list, page, count, export, search, feed, notice, mail, log or program of anybody else carries it.
"""

import re
from datetime import date

import pytest
from django.apps import apps
from django.core import mail
from django.db import models
from django.test import Client

from agencies import tasks
from agencies.access import has_permission
from agencies.models import AuditEvent, Notification
from agencies.roles import GRANTS, Permission, Role
from evidence.models import Trace, TraceLimit, TraceRow
from evidence.models.restricted import ATF_TRACE
from tests.apiclient import Program
from tests.architecture import source
from tests.attacks.addresses import EVERY, RECORD, address, methods, right

SIGN = "ZQXTRACE"
DAY = date(1911, 11, 11)
NUMBER = 31_415
SEEN = re.compile(rf"{SIGN}|1911-11-11|11 Nov 1911|11/11/1911|31,?415 days|{SIGN.lower()}")
HELD = [model for model in apps.get_models() if getattr(model, "data_class", "") == ATF_TRACE]
# Where trace models may be named: the trace desk, its files and its demo. What is added elsewhere is added here.
DESK = re.compile(
    r"evidence/(models/|migrations/|actions/trace|queries/trace|policies/traces|pages/trace|views/trace|forms/trace|"
    r"api/(traces|shapes|bodies)\.|loading/traces|answers|urls_traces|forms/imports|imports/t|policies/disposal|queries/dispos|actions/dispos)"
    r"|leads/demo/(traced|laboratory)"
)
NAMES = re.compile(r"\b(Trace|TraceResult|TracePerson|TraceRow|UntracedGun)\b(?!\w)")


def test_t39_every_model_around_a_trace_has_the_data_class():
    """Whatever refers to a trace, and every model called after one, but for the days an agency sets."""
    found = {model for model in apps.get_models() if "trace" in model.__name__.lower()}
    found |= {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Trace
    }
    assert found - {TraceLimit} == set(HELD)
    assert len(HELD) == 5
    outside = {
        source.name(path)
        for path in source.files(*source.APPS)
        if re.search(rf"^from evidence.*import .*{NAMES.pattern}", path.read_text(), re.M)
        and not DESK.match(source.name(path))
    }
    assert outside == set()


def test_t39_only_law_enforcement_and_prosecution_hold_the_right():
    held = {role for role, rights in GRANTS.items() if Permission.TRACE_VIEW in rights}
    assert not held & {
        Role.RESEARCHER, Role.COMMUNITY_LIAISON, Role.SUPERVISION_OFFICER, Role.EXAMINER, Role.AUDITOR,
        Role.AGENCY_ADMINISTRATOR,
    }  # fmt: skip
    assert {role for role, rights in GRANTS.items() if Permission.TRACE_EDIT in rights} <= held
    for name, (_route, _view) in EVERY.items():
        if name.removeprefix("api_").startswith("trace"):
            wanted = right(name)
            allowed = (Permission.TRACE_VIEW, Permission.TRACE_EDIT)
            assert wanted in allowed or name == "trace_limits", name


@pytest.fixture
def planted(ours):
    """The sign in every field of the trace models that can carry one."""
    for model in HELD:
        values = {}
        for field in model._meta.concrete_fields:
            if field.is_relation or field.choices or field.name in ("id", "status"):
                continue
            if isinstance(field, models.CharField) and field.max_length >= len(SIGN):
                values[field.name] = SIGN[: field.max_length]
            elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
                values[field.name] = DAY
            elif field.name in ("days_to_crime", "first_use_days"):
                values[field.name] = NUMBER
            elif isinstance(field, models.JSONField):
                values[field.name] = {"serial": SIGN, "purchaser_name": SIGN}
        # What is unique takes the sign with the number of its row behind it.
        for row in model.objects.all():
            own = {name: f"{SIGN}{row.pk}"[:20] for name in ("trace_number", "fingerprint") if name in values}
            model.objects.filter(pk=row.pk).update(**values | own)
    assert TraceRow.objects.filter(values__serial=SIGN).exists()
    return ours


def asked(word):
    """What a page may be asked, to find something by a word or to become a file."""
    return {"q": word, "text": word, "serial": word, "person": word, "as": "csv", "form": "xlsx", "view": "newest"}


def shown(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace") + str(dict(answer.headers))


WALKED = sorted((set(RECORD) & set(EVERY)) | {name for name, (route, _view) in EVERY.items() if "<" not in route})
NEVER = {"sign_out", "session_lock", "lock_now"}
WITHOUT = ("researcher", "community_liaison", "examiner", "supervision_officer", "auditor", "agency_administrator")


@pytest.mark.parametrize("role", WITHOUT)
def test_t39_no_surface_shows_trace_data_to_a_role_without_the_right(planted, role):
    person = planted[role]
    assert not has_permission(person, Permission.TRACE_VIEW)
    client = Client()
    client.force_login(person)
    names = [name for name in WALKED if name not in NEVER and (not right(name) or has_permission(person, right(name)))]
    for name in names:
        for method in set(methods(name)) - {"patch"}:
            answer = getattr(client, method)(address(name, planted))
            found = SEEN.search(shown(answer))
            assert not found, (name, method, found)
        # A page says again what was typed into it: so the other signs tell, and whether another word leads elsewhere.
        answer, other = (client.get(address(name, planted), asked(word)) for word in (SIGN, SIGN[::-1]))
        found = SEEN.search(shown(answer).replace(SIGN, "").replace(SIGN.lower(), ""))
        assert not found, (name, found)
        shown(other)  # what is streamed is read to its end
        where = [
            each.headers.get("Location", "").replace(word, "") for each, word in ((answer, SIGN), (other, SIGN[::-1]))
        ]
        assert (answer.status_code, where[0]) == (other.status_code, where[1]), name
    assert len(names) > 5
    # The pages of the guns themselves, which an examiner sees and works on.
    for gun in (planted.firearm, planted.draft.firearm):
        answer = client.get(address("exhibit", pk=gun.exhibit_id))
        assert answer.status_code == (200 if role in ("examiner", "supervision_officer") else 403)
        assert not SEEN.search(shown(answer))
    # Also where the role does not open the page: the refusal names nothing.
    for name in ("traces", "traces_untraced", "traces_overdue", "traces_to_add", "trace_dealers", "trace_purchasers"):
        answer = client.get(address(name))
        assert answer.status_code == 403
        assert not SEEN.search(shown(answer))


PLACES = (
    "leads/", "incidents/", "exhibits/", "obligations/", "referrals/", "hand-overs/", "scenes/", "alerts/",
    "lab-requests/", "correlations/",
)  # fmt: skip


def test_t39_programs_mails_notices_and_the_log_carry_none(planted):
    for role in (*WITHOUT, "detective", "analyst", "evidence_technician", "prosecutor"):
        program = Program(planted[role]) if has_permission(planted[role], Permission.TOKEN_USE) else None
        for place in PLACES if program else ():
            assert not SEEN.search(program.get(place).content.decode()), (role, place)
    tasks.mail_notifications()
    assert not [each for each in mail.outbox if SEEN.search(each.body + each.subject)]
    assert not [each.label for each in Notification.objects.all() if SEEN.search(each.label)]
    logged = " ".join(str(data) for data in AuditEvent.objects.values_list("data", flat=True))
    assert not SEEN.search(logged)
    # Nor does the log hold what was really recorded before the signs were planted.
    named = (f"{planted.marker} Guns", f"{planted.marker}, Pat", f"{planted.marker} instruction", f"T{planted.marker}8")
    assert not [words for words in named if words in logged]


def test_t39_those_who_hold_the_right_do_find_it_and_each_look_is_on_record(planted):
    """So that the tests above do not pass because nothing is there."""
    client = Client()
    client.force_login(planted["detective"])
    for name in ("traces", "trace", "trace_sheet", "trace_dealer"):
        before = AuditEvent.objects.filter(by=planted["detective"]).count()
        answer = client.get(address(name, planted))
        assert SEEN.search(shown(answer)), name
        assert AuditEvent.objects.filter(by=planted["detective"]).count() > before, name
    client.force_login(planted["evidence_technician"])
    for name in ("trace_edit", "trace_result", "trace_rows", "trace_row", "traces_untraced"):
        before = AuditEvent.objects.count()
        answer = client.get(address(name, planted))
        if name != "traces_untraced":
            assert SEEN.search(shown(answer)), name
            assert AuditEvent.objects.count() > before, name
