from django.urls import path

from agencies.api import views

urlpatterns = [path("me/", views.MeView.as_view(), name="api_me")]
