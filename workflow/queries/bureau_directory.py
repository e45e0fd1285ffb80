"""The bureaus as names in documents are looked up among them."""

from accounts.models import Bureau, BureauAlias
from workflow.rules.resolving import Directory, KnownBureau


def bureau_directory() -> Directory:
    """All bureaus, closed and succeeded ones too, with every name they bear. Two statements."""
    aliases: dict[int, list[str]] = {}
    for key, name in BureauAlias.objects.order_by("pk").values_list("bureau_id", "name"):
        aliases.setdefault(key, []).append(name)
    rows = Bureau.objects.order_by("path").values_list(
        "pk", "name", "short_name", "active", "succeeded_by_id"
    )
    return Directory.of(
        KnownBureau(key, name, short_name, tuple(aliases.get(key, ())), is_active, successor)
        for key, name, short_name, is_active, successor in rows
    )
