#!/usr/bin/env bash
# Starts Postgres as the public image does: makes a cluster in PGDATA on the first start, as POSTGRES_USER,
# POSTGRES_PASSWORD and POSTGRES_DB say, runs what lies in /docker-entrypoint-initdb.d, and becomes the server with the
# arguments of the container. Any other command is run as it stands.
set -euo pipefail

case "${1:-}" in -*) set -- postgres "$@" ;; esac
case " $* " in
  ' postgres'*' --version '* | ' postgres'*' -V '* | ' postgres'*' --help '*) exec "$@" ;;
  ' postgres '*) ;;
  *) exec "$@" ;;
esac

if [ "$(id -u)" = 0 ]; then
  # A tmpfs over the data folder, or over a parent of PGDATA, comes as root's.
  mkdir -p "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  chmod 3775 /var/run/postgresql
  chown -R postgres: "$PGDATA" /var/run/postgresql
  exec gosu postgres "${BASH_SOURCE[0]}" "$@"
fi

# The value of a variable, or the content of the file that its twin names.
value_of() {
  local file="$1_FILE"
  if [ -n "${!file:-}" ]; then cat "${!file}"; else printf '%s' "${!1:-}"; fi
}

make_cluster() {
  local user password database method="${POSTGRES_HOST_AUTH_METHOD:-}" options=() private
  user=$(value_of POSTGRES_USER)
  user=${user:-postgres}
  password=$(value_of POSTGRES_PASSWORD)
  database=$(value_of POSTGRES_DB)
  database=${database:-$user}
  if [ -z "$password" ] && [ "$method" != trust ]; then
    echo 'POSTGRES_PASSWORD is empty: set it, or POSTGRES_HOST_AUTH_METHOD=trust.' >&2
    exit 1
  fi

  private=$(mktemp -d)
  eval "options=(${POSTGRES_INITDB_ARGS:-})"
  if [ -n "$password" ]; then
    printf '%s\n' "$password" >"$private/password"
    options+=(--pwfile="$private/password")
  fi
  initdb --pgdata="$PGDATA" --username="$user" "${options[@]}"
  rm -f "$private/password"
  printf '\nhost all all all %s\n' "${method:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"

  # This server listens where nobody else looks, so that nothing takes it for the real one.
  set -- "${@:2}" -c listen_addresses= -c unix_socket_directories="$private"
  pg_ctl --pgdata="$PGDATA" --wait -o "$(printf '%q ' "$@")" start
  export PGHOST="$private" PGUSER="$user" PGDATABASE=postgres PGPASSWORD="$password"
  if [ "$database" != postgres ]; then
    run_sql --set=database="$database" <<<'CREATE DATABASE :"database"'
  fi
  PGDATABASE="$database"
  run_initial_files
  pg_ctl --pgdata="$PGDATA" --wait --mode=fast stop
  unset PGHOST PGUSER PGDATABASE PGPASSWORD
  rm -rf "$private"
}

run_sql() {
  psql --no-psqlrc --no-password --set=ON_ERROR_STOP=1 "$@"
}

run_initial_files() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case "$file" in
      *.sql) run_sql --file="$file" ;;
      *.sql.gz) gunzip --stdout "$file" | run_sql ;;
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
    esac
  done
}

[ -s "$PGDATA/PG_VERSION" ] || make_cluster "$@"
exec "$@"
