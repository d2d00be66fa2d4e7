"""Addresses of deconfliction."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import deconfliction

urlpatterns = [
    path("deconflict/", deconfliction.deconflict, name="deconflict"),
    path("deconflict/review/", deconfliction.inquiries, name="inquiries"),
    path("deconflict/held/", deconfliction.inquiries_held, name="inquiries_held"),
    path("deconflict/held/<int:pk>/", deconfliction.inquiry_answer, name="inquiry_answer"),
    path("deconflict/<int:pk>/", deconfliction.inquiry, name="inquiry"),
    path("deconflict/<int:pk>/review/", deconfliction.inquiry_review, name="inquiry_review"),
    path("deconflict/agencies/", deconfliction.deconfliction_rules, name="deconfliction_rules"),
    path("deconflict/agencies/<int:pk>/", deconfliction.deconfliction_rule, name="deconfliction_rule"),
]

navigation.register(
    navigation.Entry(
        "deconflict",
        "Deconflict",
        "phone",
        "deconflict",
        Permission.DECONFLICT_ASK,
        section="People and partners",
        order=47,
        pages=("inquiry",),
    ),
    navigation.Entry(
        "inquiries",
        "Inquiries",
        "eye",
        "inquiries",
        Permission.DECONFLICT_REVIEW,
        section="Center",
        order=72,
        pages=("inquiries_held", "inquiry_answer"),
    ),
    navigation.Entry(
        "deconfliction_rules",
        "Deconfliction",
        "shield",
        "deconfliction_rules",
        Permission.AGENCY_MANAGE,
        section="Administration",
        order=808,
        pages=("deconfliction_rule",),
    ),
)
