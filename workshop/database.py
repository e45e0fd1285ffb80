"""The database of `dev.py run`: up to date, and with the sample in it where it held nothing."""

from workshop.environment import AGAIN, PYTHON
from workshop.running import quietly

NOT_MIGRATED = f"The database could not be brought up to date: end what else uses it, {AGAIN}"
NOT_LOADED = f"The sample plan could not be loaded: see to space on the disk, {AGAIN}"


def ready() -> None:
    """Migrate, and load the sample into a database without plans, bureaus and people: whole, or (interrupted) not at all."""
    print("Bringing the database up to date, and the first time the sample plan into it …", flush=True)
    quietly([str(PYTHON), "manage.py", "migrate", "--noinput"], otherwise=NOT_MIGRATED)
    quietly([str(PYTHON), "manage.py", "load_sample", "--if-empty"], otherwise=NOT_LOADED)
