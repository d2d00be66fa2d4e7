"""Addresses of what happens to a case in court, of statutes and of the statuses of court files."""

from django.urls import path

from leads.views import casefiles, court, officetables, statutes

urlpatterns = [
    path("referrals/<int:pk>/charges/new/", court.charge_new, name="charge_new"),
    path("referrals/<int:pk>/outcome/", court.referral_outcome, name="referral_outcome"),
    path("referrals/<int:pk>/proceedings/new/", court.proceeding_new, name="proceeding_new"),
    path("referrals/<int:pk>/revocation/", court.referral_revoke, name="referral_revoke"),
    path("revocations/<int:pk>/correct/", court.revocation_correct, name="revocation_correct"),
    path("charges/<int:pk>/dispose/", court.charge_dispose, name="charge_dispose"),
    path("proceedings/<int:pk>/hold/", court.proceeding_hold, name="proceeding_hold"),
    path("proceedings/<int:pk>/put-off/", court.proceeding_put_off, name="proceeding_put_off"),
    path("proceedings/<int:pk>/take-off/", court.proceeding_take_off, name="proceeding_take_off"),
    path("statutes/", statutes.statute_list, name="statutes"),
    path("statutes/new/", statutes.statute_new, name="statute_new"),
    path("statutes/<int:pk>/end/", statutes.statute_end, name="statute_end"),
    path("referrals/export/", casefiles.referral_export, name="referral_export"),
    path("court-statuses/", officetables.court_statuses, name="court_statuses"),
    path("court-statuses/new/", officetables.court_status_new, name="court_status_new"),
    path("court-statuses/<int:pk>/", officetables.court_status, name="court_status"),
    path("court-statuses/<int:pk>/back/", officetables.court_status_back, name="court_status_back"),
    path("decline-reasons/", officetables.decline_reasons, name="decline_reasons"),
    path("decline-reasons/<int:pk>/new/", officetables.decline_reason_new, name="decline_reason_new"),
    path("decline-reasons/<int:pk>/set/", officetables.decline_reason_set, name="decline_reason_set"),
]

PAGES = (
    "charge_new",
    "charge_dispose",
    "referral_outcome",
    "proceeding_new",
    "referral_revoke",
    "revocation_correct",
    "proceeding_hold",
    "proceeding_put_off",
    "proceeding_take_off",
    "statutes",
    "statute_new",
    "statute_end",
    "court_statuses",
    "court_status",
    "court_status_new",
    "decline_reasons",
    "decline_reason_new",
    "referral_export",
)
