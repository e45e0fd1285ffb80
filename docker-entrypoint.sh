#!/bin/sh
# Before the server starts: what it cannot do without, the database's tables, the first administrator.
# "migrate" brings the tables up to date, as the role that owns them, and ends.
set -eu
: "${DATABASE_URL:?Set DATABASE_URL to the PostgreSQL database, as in postgres://duban@db:5432/duban.}"
: "${DJANGO_SECRET_KEY:?Set DJANGO_SECRET_KEY to a long random text: it signs the sessions.}"
: "${DJANGO_ALLOWED_HOSTS:?Set DJANGO_ALLOWED_HOSTS to the names under which the ledger is opened.}"
if [ "${1:-}" = migrate ]; then
    python manage.py migrate --noinput
    exec python manage.py secure_trail --role "${DUBAN_DATABASE_ROLE:-}"
fi
if [ "${DUBAN_MIGRATES:-true}" = true ]; then
    python manage.py migrate --noinput
fi
python manage.py create_first_administrator --if-none
exec "$@"
