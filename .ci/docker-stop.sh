#!/usr/bin/env bash
# Ends the Docker engine that docker-image.sh started, by its recorded process; leaves any other engine alone.
set -euo pipefail

. "$(dirname "$0")/docker/engine.sh"
engine_stop
