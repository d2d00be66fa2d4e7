from django.urls import path

from leads.api import referrals, steps, views

urlpatterns = [
    path("leads/", views.LeadsView.as_view(), name="api_leads"),
    path("leads/<int:pk>/", views.LeadView.as_view(), name="api_lead"),
    path("leads/<int:pk>/activities/", views.LeadActivitiesView.as_view(), name="api_lead_activities"),
    path("leads/<int:pk>/ask/", steps.AskView.as_view(), name="api_lead_ask"),
    path("obligations/", views.ObligationsView.as_view(), name="api_obligations"),
    path("obligations/<int:pk>/", views.ObligationView.as_view(), name="api_obligation"),
    path("obligations/<int:pk>/acknowledge/", steps.acknowledge, name="api_obligation_acknowledge"),
    path("obligations/<int:pk>/assign/", steps.assign, name="api_obligation_assign"),
    path("obligations/<int:pk>/take/", steps.take, name="api_obligation_take"),
    path("obligations/<int:pk>/start/", steps.start, name="api_obligation_start"),
    path("obligations/<int:pk>/return/", steps.return_, name="api_obligation_return"),
    path("obligations/<int:pk>/activities/", steps.ActivitiesView.as_view(), name="api_obligation_log"),
    path("obligations/<int:pk>/propose/", steps.propose, name="api_obligation_propose"),
    path("obligations/<int:pk>/approve/", steps.approve, name="api_obligation_approve"),
    path("obligations/<int:pk>/send-back/", steps.send_back, name="api_obligation_send_back"),
    path("obligations/<int:pk>/reroute/", steps.reroute, name="api_obligation_reroute"),
    path("referrals/", referrals.ReferralsView.as_view(), name="api_referrals"),
    path("referrals/<int:pk>/", referrals.ReferralView.as_view(), name="api_referral"),
    path("referrals/<int:pk>/decide/", referrals.DecideView.as_view(), name="api_referral_decide"),
    path("referrals/<int:pk>/answer/", referrals.AnswerView.as_view(), name="api_referral_answer"),
    path("referrals/<int:pk>/charges/", referrals.ChargesView.as_view(), name="api_referral_charge"),
    path("charges/<int:pk>/dispose/", referrals.DisposeView.as_view(), name="api_charge_dispose"),
]
