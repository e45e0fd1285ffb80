"""Who signs the seal and how that is verified, as the settings name them."""

from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from workflow.trail.seal.note import Signer, Verify


def signer() -> Signer:
    """The signer of TRAIL_SIGNER. Raises what it raises where there is no key (KeyFileError for a file)."""
    return cast("Signer", import_string(settings.TRAIL_SIGNER)(settings.TRAIL_ORIGIN, settings.TRAIL_KEY))


def verifier() -> Verify:
    """The function of TRAIL_VERIFIER."""
    return cast("Verify", import_string(settings.TRAIL_VERIFIER))
