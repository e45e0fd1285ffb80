"""Addresses: the ledger, accounts, the administrators' master data, and the health check."""

from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("", include("workflow.pages.urls")),
    path("accounts/", include("accounts.pages.urls")),
    path("master-data/", include("workflow.pages.master_data.urls")),
    path("healthz", healthz, name="healthz"),
]

handler400 = "workflow.pages.refusals.bad_request"
handler403 = "workflow.pages.refusals.forbidden"
handler404 = "workflow.pages.refusals.not_found"
