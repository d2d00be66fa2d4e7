"""Addresses of persons and things on leads, and of checklists."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads import search
from leads.views import checklists, entities

urlpatterns = [
    path("persons/", entities.entities, name="entities"),
    path("persons/<int:pk>/", entities.entity, name="entity"),
    path("persons/<int:pk>/unmask/", entities.entity_unmask, name="entity_unmask"),
    path("persons/<int:pk>/same/", entities.entity_same, name="entity_same"),
    path("persons/decisions/<int:pk>/take-back/", entities.sameness_take_back, name="sameness_take_back"),
    path("persons/said/<int:pk>/withdraw/", entities.assertion_withdraw, name="assertion_withdraw"),
    path("leads/<int:pk>/people/new/", entities.person_name, name="person_name"),
    path("leads/<int:pk>/things/new/", entities.thing_name, name="thing_name"),
    path("leads/<int:pk>/checklist/", checklists.lead_checklist, name="lead_checklist"),
    path("leads/checklists/", checklists.checklists, name="checklists"),
]

navigation.register(
    navigation.Entry(
        "entities",
        "People on leads",
        "people",
        "entities",
        Permission.LEAD_VIEW,
        section="People and partners",
        order=36,
        searches="person, plate",
        find=search.find_named,
        pages=("entity", "entity_unmask", "entity_same", "sameness_take_back", "assertion_withdraw"),
    ),
)
