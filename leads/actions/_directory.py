"""What a load needs to know of a center: its agencies by ORI, code and name, calendars, people and incidents."""

from django.utils import timezone

from agencies.models import Agency, AgencyOri
from agencies.roles import Permission, Role, roles_with
from evidence import keys
from leads import queries
from leads.models import TriageRule
from leads.queries import scoring as queries_scoring

TOLD = (Role.SUPERVISOR, Role.ANALYST, Role.CENTER_COORDINATOR)
# Where nobody gives leads out, those who take them on by themselves.
TAKE = roles_with(Permission.OBLIGATION_TAKE)


class Directory:
    """The active agencies of one center; everything is read once and kept for the life of the action."""

    def __init__(self, center):
        self.center = center
        members = Agency.objects.filter(parent=center, is_active=True).select_related("calendar")
        self.members = {agency.pk: agency for agency in [center, *members]}
        self._by_text = {}
        for agency in self.members.values():
            self._by_text[_plain(agency.name)] = self._by_text[_plain(agency.code)] = agency
        oris = AgencyOri.objects.filter(agency__in=self.members)
        self._by_ori = {row.ori: self.members[row.agency_id] for row in oris}
        self.looks_first = TriageRule.objects.filter(agency=center, first=True).exists()
        self.weights = queries_scoring.in_force(center.pk, timezone.now())
        self._calendars, self._told, self._incidents = {}, {}, {}

    def agency(self, text, ori):
        """The agency a notice names, or None for one the center does not know."""
        return self._by_ori.get((ori or "").strip().upper()) or self._by_text.get(_plain(text))

    def calendar(self, agency):
        if agency.pk not in self._calendars:
            self._calendars[agency.pk] = self.members.get(agency.pk, agency).working_calendar
        return self._calendars[agency.pk]

    def told(self, agency):
        """Who hears that an agency has a lead, or that one of its leads grew: who would acknowledge it, else the next
        on the ladder, the commander or the coordinators of the center.
        """
        if agency.pk not in self._told:
            here = ((agency, *roles) for roles in (TOLD, (Role.COMMANDER,), TAKE))
            ladder = (*here, (self.center, Role.CENTER_COORDINATOR))
            found = (list(queries.there(*rung)) for rung in ladder)
            self._told[agency.pk] = next(filter(None, found), [])
        return self._told[agency.pk]

    def know(self, case_keys):
        """Read the incidents under these case keys at once."""
        asked = set(case_keys) - self._incidents.keys()
        self._incidents.update((key, []) for key in asked)
        for key, incident in keys.found(asked, self.members) if asked else ():
            self._incidents[key].append(incident)

    def incident(self, agency, case_key, written=""):
        """The one incident under this case key and under the number as it was written: of the named agency, else of the
        only agency of the center that has it.
        """
        if not case_key:
            return None
        self.know([case_key])
        among = [each for each in self._incidents[case_key] if keys.means(each, written)]
        found = [each for each in among if agency is None or each.agency_id == agency.pk]
        return found[0] if len(found) == 1 else None

    def number(self, notice, site):
        """The lead's number; a bare one such as 17-077 gets the site's code before it, so that sites never collide."""
        number = notice.lead_number.strip().upper()
        return f"{site.code}-{number}" if number[:1].isdigit() and site else number


def _plain(text):
    return "".join(character for character in (text or "").casefold() if character.isalnum())
