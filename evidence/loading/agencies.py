"""Files of the agencies of a center: who they are, which ORIs are theirs, on which clock they live."""

import re
from zoneinfo import available_timezones

from django.contrib.auth.models import Group

from agencies.models import Agency, AgencyOri
from evidence.loading.records import Into, Kind

CODE = "Code is two to eight capitals and digits. Correct it; it stands beside the agency's name on every list."
ORI = "ORIs are two letters of the state, then seven capitals or digits, with blanks between them. Correct them."
ZONE = "Time zone is no such name as America/Chicago. Correct it."
OTHERS = "Code or ORIs are those of an agency of another center. Correct them."
TAKEN = "One of the ORIs belongs to another agency. Correct it, or take it from that agency first."
NEW_NEEDS = "{label} is empty, and this agency is new. Fill it in."
NAME = "Name is that of another agency, here or in this file. Names are told apart by more than the kind."
OTHER_KIND = "Kind of agency differs from what is here, and does not change. Correct this row."
CALENDAR = "Service calendar is none that is here. Use the name of one, or leave it empty for the center's."
SHAPES = {"code": re.compile(r"[A-Z0-9]{2,8}"), "ori": re.compile(r"[A-Z]{2}[A-Z0-9]{7}")}
FIND = """
update import_record s set agency_id = a.id from agencies_agency a where a.code = s.code_read;
update import_record s set agency_id = (
  select min(o.agency_id) from agencies_agencyori o where o.ori = any(string_to_array(s.ori_list, ' ')))
 where s.agency_id is null and s.code_read = '';
update import_record s set code_read = a.code from agencies_agency a where a.id = s.agency_id;
update import_record s set calendar_id = c.id from agencies_servicecalendar c where c.name = s.calendar;
update import_record s set calendar_id = a.calendar_id from agencies_agency a
 where a.id = %(agency)s and s.calendar = ''
"""
TAKEN_ORI = """exists (select from agencies_agencyori o where o.ori = any(string_to_array(s.ori_list, ' '))
    and o.agency_id is distinct from s.agency_id)
  or exists (select from import_record r where r.row_number <> s.row_number and r.code_read <> s.code_read
    and string_to_array(r.ori_list, ' ') && string_to_array(s.ori_list, ' ') and s.ori_list <> '')"""
TAKEN_NAME = """s.name <> '' and (
  exists (select from agencies_agency a where a.name = s.name and a.id is distinct from s.agency_id)
  or exists (select from import_record r where r.name = s.name and r.code_read <> s.code_read))"""


def derive(_run, _how):
    zones = available_timezones()

    def values_of(values):
        code = values["code"].upper()
        oris = [ori for ori in re.split(r"[\s,;]+", values["oris"].upper()) if ori]
        right = [not code or SHAPES["code"].fullmatch(code), all(SHAPES["ori"].fullmatch(ori) for ori in oris)]
        zone = not values["zone"] or values["zone"] in zones
        return code, " ".join(dict.fromkeys(oris)), bool(right[0]), bool(right[1]), zone

    return values_of


def resolve(stage):
    stage.reject("not s.code_is_right", "code", CODE, "code")
    stage.reject("not s.oris_are_right", "oris", ORI, "ori")
    stage.reject("not s.zone_is_right", "zone", ZONE, "zone")
    stage.execute(FIND)
    stage.reject(
        "exists (select from agencies_agency a where a.id = s.agency_id and a.id <> %(agency)s"
        " and a.parent_id is distinct from %(agency)s)",
        "code",
        OTHERS,
        "others",
    )
    for name in ("code", "name", "kind", "zone"):
        column = "code_read" if name == "code" else name
        label = stage.kind.targets[name].label
        stage.reject(f"s.agency_id is null and s.{column} = ''", name, NEW_NEEDS.format(label=label), "needed")
    stage.reject(
        "s.kind <> '' and exists (select from agencies_agency a where a.id = s.agency_id and a.kind <> s.kind)",
        "kind",
        OTHER_KIND,
        "other_kind",
    )
    stage.reject(TAKEN_ORI, "oris", TAKEN, "taken")
    stage.reject(TAKEN_NAME, "name", NAME, "name")
    stage.reject("s.agency_id is null and s.calendar_id is null", "calendar", CALENDAR, "calendar")


AGENCIES = Kind(
    TARGETS="agency",
    into=(
        Into(
            model=Group,
            match="t.name = 'agency:' || s.code_read",
            when="s.agency_id is null",
            told={},
            fixed={"name": "'agency:' || s.code_read"},
        ),
        Into(
            model=Agency,
            match="t.id = s.agency_id",
            joins="left join import_group g on g.row_number = s.row_number",
            told={name: f"nullif(s.{name}, '')" for name in ("name", "zone", "phone")},
            fixed={
                "code": "s.code_read",
                "kind": "s.kind",
                "calendar_id": "s.calendar_id",
                "group_id": "g.id",
                "parent_id": "%(agency)s::bigint",
                "mark": "1 + s.row_number %% 5",
            },
            verb="agency",
        ),
        Into(
            model=AgencyOri,
            match="t.ori = o.ori",
            joins="join import_agency a on a.row_number = s.row_number"
            " cross join lateral unnest(string_to_array(s.ori_list, ' ')) o(ori)",
            told={},
            fixed={"agency_id": "a.id", "ori": "o.ori"},
        ),
    ),
    main=Agency,
    key=("code_read",),
    named="code",
    found={"agency_id": "bigint", "calendar_id": "bigint"},
    derived={
        "code_read": "text",
        "ori_list": "text",
        "code_is_right": "bool",
        "oris_are_right": "bool",
        "zone_is_right": "bool",
    },
    derive=derive,
    resolve=resolve,
    hold=("select count(*) from (select from agencies_agency order by id for no key update) held",),
    url="agency",
)
