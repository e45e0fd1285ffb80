"""People, bureaus, memberships and appointments."""

from accounts.models.appointment import Appointment
from accounts.models.bureau import Bureau, BureauAlias, BureauKind
from accounts.models.membership import Membership
from accounts.models.user import User

__all__ = ["Appointment", "Bureau", "BureauAlias", "BureauKind", "Membership", "User"]
