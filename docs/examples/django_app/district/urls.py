"""What answers under which address."""

from django.contrib import admin
from django.urls import path

from registers import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("registers/<slug:name>/", views.register),
    path("registers/<slug:name>/assessments/<slug:instrument>/", views.assessment),
]
