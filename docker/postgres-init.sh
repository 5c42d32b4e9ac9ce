#!/bin/sh
# Runs once, as the superuser, when the PostgreSQL volume is empty: makes the
# role Rung signs in with and the database it owns. The role is no superuser,
# so that a mistake in Rung ends at its own database.
set -eu

psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres --no-psqlrc <<'SQL'
\getenv password RUNG_DATABASE_PASSWORD
CREATE ROLE rung LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE rung OWNER rung TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE rung FROM PUBLIC;
SQL
