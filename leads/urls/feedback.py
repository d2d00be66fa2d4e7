"""Addresses of feedback: what somebody's work led to, and letters of thanks."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import feedback

urlpatterns = [
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/letter/", feedback.feedback_letter, name="feedback_letter"),
    path("feedback/<int:pk>/", feedback.feedback_one, name="feedback_one"),
]

navigation.register(
    navigation.Entry(
        "feedback",
        "Feedback",
        "star",
        "feedback",
        Permission.HOME,
        "You",
        905,
        ("feedback_one", "feedback_letter"),
    )
)
