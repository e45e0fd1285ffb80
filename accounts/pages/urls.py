"""Addresses of the pages of accounts."""

from django.urls import path

from accounts.pages.language import switch_language
from accounts.pages.password import ChangePassword
from accounts.pages.sign_in import SignIn, SignOut

app_name = "accounts"

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", SignOut.as_view(), name="sign-out"),
    path("password/", ChangePassword.as_view(), name="password"),
    path("language/", switch_language, name="language"),
]
