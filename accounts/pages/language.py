"""Switching the language of the pages."""

from django.views.decorators.http import require_POST
from django.views.i18n import set_language

switch_language = require_POST(set_language)
"""POST `language` and `next`; sets the language cookie. Open to everyone."""
