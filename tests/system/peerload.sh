#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# peerload.sh FOLDER ARCHIVE: has the real docker, podman and skopeo read an archive, as an ordinary user,
# and prints what each of them found: "TOOL NAME ID" lines. FOLDER is empty and is left with files of
# other ids in it. An archive of one image is also read as an OCI archive.
set -euo pipefail

folder=$1 archive=$2

# A dockerd needs root; the root of a user namespace will do for loading.
docker_reads() {
    # shellcheck disable=SC2016
    unshare --user --map-root-user --map-auto --mount --net --pid --fork --mount-proc --kill-child bash -euc '
        mount -t tmpfs none /run
        export DOCKER_HOST=unix:///run/docker.sock
        dockerd --data-root "$1/docker" --exec-root /run/exec --pidfile /run/pid --host "$DOCKER_HOST" \
            --iptables=false --ip6tables=false --bridge=none --storage-driver overlay2 >"$1/dockerd.log" 2>&1 &
        tries=0
        until docker version >/dev/null 2>&1; do
            sleep 0.1
            if ((++tries > 300)) || ! kill -0 $! 2>/dev/null; then cat "$1/dockerd.log" >&2; exit 1; fi
        done
        docker load --quiet --input "$2" >&2
        docker images --no-trunc --format "docker {{.Repository}}:{{.Tag}} {{.ID}}"
        docker save $(docker images --quiet --no-trunc) | sha256sum >&2 # its own check of every layer
        kill $!
        wait || true
    ' _ "$folder" "$archive"
}

podman_reads() {
    local storage=(podman --root "$folder/podman" --runroot "$folder/podman-run" --storage-driver overlay)
    "${storage[@]}" load --quiet --input "$archive" >&2
    "${storage[@]}" images --no-trunc --format 'podman {{.Repository}}:{{.Tag}} {{.ID}}'
    podman --root "$folder/podman" --runroot "$folder/podman-run" --storage-driver overlay system reset --force >&2
}

# The digest of the configuration is the id.
config_of() { skopeo inspect --raw "$1" | python3 -c 'import json, sys; print(json.load(sys.stdin)["config"]["digest"])'; }

# Copies, so that every layer is read and checked.
skopeo_reads() {
    local name
    for name in $(tar -xOf "$archive" manifest.json | python3 -c 'import json, sys
for image in json.load(sys.stdin):
    for name in image["RepoTags"] or []: print(name)'); do
        skopeo copy --quiet "docker-archive:$archive:$name" "dir:$folder/${name//[:\/]/-}" >&2
        echo "skopeo-docker-archive $name $(config_of "dir:$folder/${name//[:\/]/-}")"
    done
    if [[ $(tar -xOf "$archive" index.json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["manifests"]))') == 1 ]]; then
        skopeo copy --quiet "oci-archive:$archive" "oci:$folder/oci:x" >&2
        echo "skopeo-oci-archive - $(config_of "oci:$folder/oci:x")"
    fi
}

skopeo_reads
podman_reads
docker_reads
