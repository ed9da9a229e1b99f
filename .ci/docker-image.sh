#!/usr/bin/env bash
# A Docker engine answers, and it has an image `postgres:17-alpine`, on a Debian machine that reaches no image registry.
#
# Uses the engine and the image that are there. What is missing it installs (root, apt), starts in the background (see
# docker-stop.sh) and builds from the mirror that apt already uses: a Debian with Postgres 17 under the name that users
# pull, so that the code under test is the code they run. About 90 s the first time, 1 s later.
set -euo pipefail

image=postgres:17-alpine
label=phaseproof.recipe
here=$(cd "$(dirname "$0")" && pwd)
. "$here/docker/engine.sh"

install_packages() {
  if [ "$(id -u)" != 0 ]; then
    echo "Missing: $*. Install them, or run this as root." >&2
    return 1
  fi
  DEBIAN_FRONTEND=noninteractive apt-get update --quiet=2
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends "$@" >/dev/null
}

# The address of the Debian archive in apt's own sources.
find_mirror() {
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1)
  if [ -z "$mirror" ]; then
    echo "apt has no source of Debian itself, from which the image is built. Pull $image instead." >&2
    return 1
  fi
  echo "$mirror"
}

build_image() {
  local mirror base root="$work/root"
  if ! command -v debootstrap >/dev/null || [ -z "$(ls /var/lib/apt/lists/*Packages* 2>/dev/null)" ]; then
    install_packages debootstrap debian-archive-keyring
  fi
  mirror=$(find_mirror)
  if ! debootstrap --variant=minbase --include=postgresql-17,gosu \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg trixie "$root" "$mirror" >"$work/log" 2>&1; then
    tail -n 20 "$work/log" "$root/debootstrap/debootstrap.log" >&2 || true
    return 1
  fi

  # The numbers of the public image's account, for mounts that name them.
  chroot "$root" groupmod --gid 70 postgres
  chroot "$root" usermod --uid 70 postgres
  rm -rf "$root"/etc/apt/sources.list* "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* \
    "$root"/etc/postgresql/* "$root"/var/lib/postgresql/* "$root"/var/log/* "$root"/usr/share/{doc,man,locale,info}
  chroot "$root" install -d -o postgres -g postgres /var/lib/postgresql /var/lib/postgresql/data /var/run/postgresql
  mkdir -p "$root/docker-entrypoint-initdb.d"
  echo "listen_addresses = '*'" >>"$root/usr/share/postgresql/17/postgresql.conf.sample"

  base=$(tar --directory "$root" --create . | docker import -)
  DOCKER_BUILDKIT=0 docker build --quiet --build-arg "BASE=$base" --build-arg "RECIPE=$recipe" --tag "$image" \
    "$here/docker" >/dev/null 2>"$work/log" || { cat "$work/log" >&2; return 1; }
}

# One at a time: two would start two engines.
if [ "$(id -u)" = 0 ]; then
  exec 9>"$engine_state.lock"
  flock 9
fi

command -v docker >/dev/null || install_packages docker.io debootstrap debian-archive-keyring
if engine_answers; then
  echo 'A Docker engine answers.'
else
  command -v dockerd >/dev/null || install_packages docker.io debootstrap debian-archive-keyring
  engine_start
  echo 'A Docker engine was started.'
fi

recipe=$(cat "$here/docker-image.sh" "$here/docker/Dockerfile" "$here/docker/entrypoint.sh" | sha256sum | cut -c 1-16)
if found=$(docker image inspect --format "{{index .Config.Labels \"$label\"}}" "$image" 2>/dev/null); then
  # Without our label it is one that was pulled, which is better than any of ours.
  if [ -z "$found" ] || [ "$found" = "$recipe" ]; then
    echo "The image $image is there."
    exit 0
  fi
fi

work=$(mktemp -d)
trap 'umount "$work/root/proc" "$work/root/sys" 2>/dev/null || true; rm -rf --one-file-system "$work"' EXIT
chmod 755 "$work"
build_image
# What an older recipe made has lost its name to the new one.
docker image prune --force --filter "label=$label" >/dev/null
echo "The image $image was built."
