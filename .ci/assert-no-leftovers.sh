#!/usr/bin/env bash
# Fails when a server outlived the run that started it, and ends it: a Postgres, or the supervisor of one, that belongs to
# one of the folders given as arguments, or a container of the harness whose owner is gone. Kept containers count too.
set -euo pipefail

# Prints the numbers of the processes of a folder.
list_processes() {
  local folder=$1 directory program arguments
  for directory in /proc/[0-9]*; do
    program=$(readlink "$directory/exe" 2>/dev/null) || continue
    arguments=$(tr '\0' ' ' 2>/dev/null <"$directory/cmdline") || continue
    case "$program" in "$folder"/*/postgres*) echo "${directory#/proc/}" ;; esac
    case "$arguments" in *phaseproof-supervisor*"$folder"/*) echo "${directory#/proc/}" ;; esac
  done
}

# Prints the containers whose owner, `<host>,<process>,<start>`, runs no more.
list_containers() {
  local container owner process
  docker ps --all --filter label=phaseproof --format '{{.ID}} {{.Label "phaseproof.owner"}}' | while read -r container owner; do
    process=${owner#*,}
    [ -d "/proc/${process%%,*}" ] || echo "$container"
  done
}

list_leftovers() {
  local folder
  for folder in "$@"; do list_processes "$folder" | sed 's/^/process /'; done
  list_containers | sed 's/^/container /'
}

# A server ends a moment after the run that it belongs to.
for _ in $(seq 20); do
  leftovers=$(list_leftovers "$@")
  if [ -z "$leftovers" ]; then
    echo 'No server and no container is left.'
    exit 0
  fi
  sleep 0.5
done

echo 'Left behind:'
while read -r sort name; do
  case "$sort" in
    process)
      echo "  process $name: $(tr '\0' ' ' 2>/dev/null <"/proc/$name/cmdline" || true)"
      kill -KILL "$name" 2>/dev/null || true
      ;;
    container)
      echo "  container $(docker ps --all --filter "id=$name" --format '{{.Names}}: {{.Status}}')"
      docker rm --force --volumes "$name" >/dev/null
      ;;
  esac
done <<<"$leftovers"
exit 1
