"""Addresses of what prosecutors weigh, adopt and keep for themselves."""

from django.urls import path

from leads.views import screenings

urlpatterns = [
    path("screenings/<int:pk>/", screenings.screening, name="screening"),
    path("screenings/<int:pk>/fill-in/", screenings.screening_edit, name="screening_edit"),
    path("screenings/<int:pk>/venue/", screenings.screening_venue, name="screening_venue"),
    path("referrals/<int:pk>/adopt/", screenings.referral_adopt, name="referral_adopt"),
    path("referrals/<int:pk>/part/", screenings.referral_part, name="referral_part"),
    path("referrals/<int:pk>/notes/new/", screenings.referral_note, name="referral_note"),
    path("referrals/<int:pk>/giglio/", screenings.referral_check, name="referral_check"),
    path("work-notes/<int:pk>/strike/", screenings.work_note_strike, name="work_note_strike"),
]
