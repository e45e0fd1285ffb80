"""The project's addresses with one more: a page that says nothing but who is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse  # noqa: TID251 - a page of its own
from django.urls import path

from accounts.models import User
from config.urls import urlpatterns as project


@login_required
def trivial(request: HttpRequest) -> HttpResponse:
    """The reader's name: session, sign-in and nothing else."""
    person = request.user
    return HttpResponse(person.name if isinstance(person, User) else "")


urlpatterns = [*project, path("trivial", trivial)]

handler400 = "workflow.pages.refusals.bad_request"
handler403 = "workflow.pages.refusals.forbidden"
handler404 = "workflow.pages.refusals.not_found"
