#!/bin/sh
# Run once by PostgreSQL's image when the database is made: the two roles of the ledger (docs/trail.md).
set -eu
psql --username postgres --dbname duban --set ON_ERROR_STOP=1 \
    --set owner="$DUBAN_OWNER_PASSWORD" --set duban="$DUBAN_PASSWORD" <<'SQL'
CREATE ROLE duban_owner LOGIN PASSWORD :'owner';
CREATE ROLE duban LOGIN PASSWORD :'duban';
ALTER DATABASE duban OWNER TO duban_owner;
ALTER SCHEMA public OWNER TO duban_owner;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
SQL
