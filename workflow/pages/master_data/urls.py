"""Addresses of the administrators' master data."""

from django.urls import path

from workflow.pages.master_data.bureaus import AddBureau, Bureaus, ChangeBureau
from workflow.pages.master_data.calendar import CalendarYear
from workflow.pages.master_data.page import Index
from workflow.pages.master_data.people import AddPerson, People
from workflow.pages.master_data.person import Person
from workflow.pages.master_data.split import SplitBureau

app_name = "master-data"

urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("bureaus/", Bureaus.as_view(), name="bureaus"),
    path("bureaus/add/", AddBureau.as_view(), name="add-bureau"),
    path("bureaus/<int:bureau>/", ChangeBureau.as_view(), name="bureau"),
    path("bureaus/<int:bureau>/split/", SplitBureau.as_view(), name="split-bureau"),
    path("people/", People.as_view(), name="people"),
    path("people/add/", AddPerson.as_view(), name="add-person"),
    path("people/<int:person>/", Person.as_view(), name="person"),
    path("calendar/", CalendarYear.as_view(), name="calendar"),
    path("calendar/<int:year>/", CalendarYear.as_view(), name="calendar-year"),
]
