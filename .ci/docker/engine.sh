# Sourced: the Docker engine that these scripts start and end. Theirs is the one recorded in the state folder; an engine
# that was there before is used and never ended.

engine_state="${PHASEPROOF_ENGINE_STATE:-/run/phaseproof-engine}"
engine_socket=/var/run/docker.sock
engine_program=dockerd

# Does an engine answer?
engine_answers() {
  command -v docker >/dev/null && timeout 10 docker version >/dev/null 2>&1
}

# When a process started, in ticks since boot: tells it from a later one with the same number.
engine_started_at() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  set -- $stat
  echo "${20}"
}

# Prints the number of the recorded engine while it runs.
engine_pid() {
  local pid started
  read -r pid started 2>/dev/null <"$engine_state/process" || return 1
  [ "$(engine_started_at "$pid")" = "$started" ] && echo "$pid"
}

# Starts an engine in a session of its own, so that Ctrl-C leaves it to whoever ends it in order.
engine_start() {
  local scratch pid
  if [ -n "${DOCKER_HOST:-}" ]; then
    echo "No Docker engine answers at DOCKER_HOST ($DOCKER_HOST). Unset it to have one started here." >&2
    return 1
  fi
  engine_stop
  mkdir -p "$engine_state"
  # What a dead engine left in its scratch folder misleads the next one, so each has its own.
  scratch=$(mktemp -d "$engine_state/run.XXXXXX")
  setsid "$engine_program" --host "unix://$engine_socket" --pidfile "$scratch/dockerd.pid" \
    --exec-root "$scratch/exec" </dev/null >"$engine_state/log" 2>&1 9>&- &
  pid=$!
  disown "$pid"
  echo "$pid $(engine_started_at "$pid")" >"$engine_state/process"
  for _ in $(seq 120); do
    if engine_answers; then return 0; fi
    [ -n "$(engine_pid)" ] || break
    sleep 0.5
  done
  echo 'The Docker engine did not start. The last lines of its log:' >&2
  tail -n 20 "$engine_state/log" >&2
  engine_stop
  return 1
}

# Ends the recorded engine, what runs in it and what it started; does nothing when there is none.
engine_stop() {
  local pid containers
  if pid=$(engine_pid); then
    containers=$(timeout 20 docker --host "unix://$engine_socket" ps --quiet 2>/dev/null || true)
    if [ -n "$containers" ]; then
      timeout 30 docker --host "unix://$engine_socket" kill $containers >/dev/null 2>&1 || true
    fi
    kill -TERM "$pid" 2>/dev/null || true
    for _ in $(seq 60); do
      [ -n "$(engine_pid)" ] || break
      sleep 0.5
    done
    if pid=$(engine_pid); then kill -KILL "$pid" 2>/dev/null || true; fi
  fi
  [ -d "$engine_state" ] || return 0
  engine_end_children
  grep -o " $engine_state/run\.[^ ]*" /proc/mounts | sort -r | xargs --no-run-if-empty umount --lazy 2>/dev/null || true
  rm -rf "$engine_state"
}

# The children of an engine name its scratch folder in their arguments.
engine_end_children() {
  local file
  for file in /proc/[0-9]*/cmdline; do
    if tr '\0' ' ' 2>/dev/null <"$file" | grep --quiet --fixed-strings "$engine_state/run."; then
      file=${file#/proc/}
      [ "${file%/cmdline}" = "$$" ] || kill -KILL "${file%/cmdline}" 2>/dev/null || true
    fi
  done
}
