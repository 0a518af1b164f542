#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2016
# Makes the test images with the real tools people make archives with: buildah, podman, skopeo and a
# dockerd of our own. Runs once, as root of a ./dev machine: images.sh FOLDER, where FOLDER holds
# redis-root.tar (a Debian with redis from packages). FOLDER/README.txt lists what comes out.
set -euo pipefail

out=$1
work=$(mktemp -d)
export HOME=$work/home XDG_RUNTIME_DIR=$work/run TMPDIR=$work
mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
mkdir -p /etc/containers
cat >/etc/containers/storage.conf <<CONF
[storage]
driver = "overlay"
runroot = "$work/runroot"
graphroot = "$work/storage"
CONF
echo '{"default":[{"type":"insecureAcceptAnything"}]}' >/etc/containers/policy.json

redis() {
    local c
    cat >"$work/docker-entrypoint.sh" <<'SH'
#!/bin/sh
# Options alone mean: the server, with these options. The server does not need to be root.
set -e
case ${1:-} in
    -* | *.conf) set -- redis-server "$@" ;;
esac
if [ "${1:-}" = redis-server ] && [ "$(id -u)" = 0 ]; then
    chown -R redis:redis .
    exec setpriv --reuid redis --regid redis --clear-groups -- "$@"
fi
exec "$@"
SH
    chmod 0755 "$work/docker-entrypoint.sh"
    c=$(buildah from scratch)
    buildah add --quiet "$c" "$out/redis-root.tar" / >/dev/null
    buildah commit --quiet "$c" redis-base >/dev/null
    buildah rm "$c" >/dev/null
    c=$(buildah from --pull-never redis-base)
    buildah copy --quiet "$c" "$work/docker-entrypoint.sh" /usr/local/bin/docker-entrypoint.sh >/dev/null
    install -d -m 0755 "$(buildah mount "$c")/data"
    chown --reference="$(buildah mount "$c")/var/lib/redis" "$(buildah mount "$c")/data"
    buildah umount "$c" >/dev/null
    buildah config --entrypoint '["docker-entrypoint.sh"]' --cmd 'redis-server --protected-mode no' --port 6379/tcp \
        --volume /data --workingdir /data --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        --env "REDIS_VERSION=$(tar -xOf "$out/redis-root.tar" ./var/lib/dpkg/status | awk '/^Package: redis-server$/ {here = 1} here && /^Version:/ {print $2; exit}')" \
        --label org.opencontainers.image.title=redis "$c"
    buildah commit --quiet "$c" docker.io/library/redis:latest >/dev/null
}

busybox() {
    local tree=$work/busybox applet
    mkdir -p "$tree"/{bin,etc,home,proc,root,sys,dev,tmp,usr/bin,var/tmp}
    chmod 1777 "$tree/tmp" "$tree/var/tmp"
    cp "$(type -P busybox)" "$tree/bin/busybox"
    for applet in $(command busybox --list); do [[ $applet == busybox ]] || ln "$tree/bin/busybox" "$tree/bin/$applet"; done
    printf 'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n' >"$tree/etc/passwd"
    printf 'root:x:0:\ndaemon:x:1:\nusers:x:100:daemon\nnogroup:x:65534:\n' >"$tree/etc/group"
    local c
    c=$(buildah from scratch)
    buildah add --quiet "$c" "$tree" / >/dev/null
    buildah config --cmd sh --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$c"
    buildah commit --quiet "$c" docker.io/library/busybox:latest >/dev/null
    buildah tag docker.io/library/busybox:latest docker.io/library/busybox:stable
}

# Runs the commands of stdin in the tree of a new layer over layers:latest.
layer() {
    local c
    c=$(buildah from --pull-never docker.io/library/layers:latest)
    (cd "$(buildah mount "$c")" && bash -eu)
    buildah umount "$c" >/dev/null
    buildah commit --quiet "$c" docker.io/library/layers:latest >/dev/null
    buildah rm "$c" >/dev/null
}

layers() {
    buildah tag docker.io/library/busybox:latest docker.io/library/layers:latest
    local number
    layer <<<'mkdir -p a/b/c d/keep; for i in 1 2 3 4 5; do echo $i >a/file$i; echo $i >a/b/c/$i; done; echo kept >d/keep/me; chmod 0711 a/b'
    layer <<<'rm a/file1; rm -r a/b/c'
    layer <<<'rm -r a; mkdir a; echo fresh >a/fresh'                                # opaque
    layer <<<'echo one >links1; ln links1 links2; ln links1 d/links3; ln -s ../links1 d/soft; ln -s /etc/passwd absolute'
    layer <<<'rm links2; echo changed >links1'                                      # breaks the link in a later layer
    layer <<<'rm -r d/keep; echo "now a file" >d/keep'                              # a folder becomes a file
    layer <<<'rm absolute; mkdir absolute; echo inside >absolute/inside'            # a link becomes a folder
    layer <<<'truncate -s 64M sparse; printf end | dd of=sparse bs=1 seek=33554432 conv=notrunc status=none'
    layer <<<'cp bin/busybox setuid; chmod 4755 setuid; cp bin/busybox capable; setcap cap_net_bind_service+ep capable; echo x >attr; setfattr -n user.note -v hello attr'
    layer <<<'echo far >far; chown 50000:60000 far; mkfifo pipe; n=$(printf "%0200d" 7); mkdir -p long/$n/$n; echo deep >long/$n/$n/name; echo odd >"odd name
with newline"; echo utf >"배"'
    for number in 1 2 3 4 5 6 7 8 9 10; do layer <<<"echo $number >number; mkdir -p many/$number; rm -rf many/$((number - 1)); touch -d @$((1700000000 + number)) many/$number"; done
    # What the final tree must look like, from the tool that made it.
    local c
    c=$(buildah from --pull-never docker.io/library/layers:latest)
    (cd "$(buildah mount "$c")" && find . -mindepth 1 \( -path ./bin -o -path ./proc -o -path ./sys -o -path ./dev \) -prune \
        -o -printf '%P\t%y\t%m\t%U\t%G\t%s\t%n\t%l\0' | sort -z >"$out/layers.expected")
    buildah rm "$c" >/dev/null
}

# docker save needs a docker daemon; ours has no network and ends with this script.
docker_archives() {
    dockerd --data-root "$work/docker" --exec-root "$work/docker-exec" --pidfile "$work/docker.pid" --host "unix://$work/docker.sock" \
        --iptables=false --ip6tables=false --bridge=none >"$work/dockerd.log" 2>&1 &
    local daemon=$! tries=0
    export DOCKER_HOST=unix://$work/docker.sock
    until docker version >/dev/null 2>&1; do
        sleep 0.2
        if ((++tries > 150)) || ! kill -0 $daemon; then cat "$work/dockerd.log" >&2; return 1; fi
    done
    docker load --quiet --input "$out/redis-podman.tar"
    docker load --quiet --input "$work/busybox.tar"
    docker load --quiet --input "$work/layers.tar"
    docker save --output "$out/redis-docker.tar" redis:latest
    docker save --output "$out/busybox.tar" busybox:latest
    docker save --output "$out/layers.tar" layers:latest
    docker save --output "$out/several.tar" busybox:latest busybox:stable layers:latest
    kill "$daemon"
    wait "$daemon" || true
}

archives() {
    local name=docker.io/library/redis:latest from=containers-storage:docker.io/library
    podman save --quiet --format docker-archive --output "$out/redis-podman.tar" "$name"
    podman save --quiet --format oci-archive --output "$out/redis-podman-oci.tar" "$name"
    skopeo copy --quiet "$from/redis:latest" "docker-archive:$out/redis-skopeo.tar:$name"
    skopeo copy --quiet "$from/redis:latest" "oci-archive:$out/redis-skopeo-oci.tar:$name"
    buildah push --quiet "$name" "oci-archive:$out/redis-buildah-oci.tar:$name"
    skopeo copy --quiet "$from/layers:latest" "docker-archive:$work/layers.tar:docker.io/library/layers:latest"
    podman save --quiet --format docker-archive --multi-image-archive --output "$work/busybox.tar" \
        docker.io/library/busybox:latest docker.io/library/busybox:stable
    docker_archives

    skopeo copy --quiet "$from/busybox:latest" "oci:$out/busybox.oci:docker.io/library/busybox:latest"
    skopeo copy --quiet --dest-compress-format zstd "$from/busybox:latest" "oci-archive:$out/busybox-zstd-oci.tar:docker.io/library/busybox:latest"
    gzip --keep --stdout "$out/busybox.tar" >"$out/busybox.tar.gz"
    zstd --quiet "$out/busybox.tar" -o "$out/busybox.tar.zst"
    xz --keep --stdout -1 "$out/busybox.tar" >"$out/busybox.tar.xz"
    bzip2 --keep --stdout "$out/busybox.tar" >"$out/busybox.tar.bz2"

    # One index for two architectures; the foreign one comes first, to be passed over.
    local c
    c=$(buildah from --pull-never docker.io/library/busybox:latest)
    buildah config --arch "$([[ $(uname -m) == aarch64 ]] && echo amd64 || echo arm64)" "$c"
    buildah commit --quiet "$c" localhost/foreign >/dev/null
    buildah manifest create docker.io/library/multi:latest >/dev/null
    buildah manifest add docker.io/library/multi:latest containers-storage:localhost/foreign >/dev/null
    buildah manifest add docker.io/library/multi:latest containers-storage:docker.io/library/busybox:latest >/dev/null
    buildah manifest push --quiet --all docker.io/library/multi:latest "oci-archive:$out/multi-arch-oci.tar:docker.io/library/multi:latest"
}

redis
busybox
layers
archives
rm "$out/redis-root.tar"
cat >"$out/README.txt" <<'TXT'
redis-docker.tar      docker save          redis-podman.tar       podman save (docker-archive)
redis-skopeo.tar      skopeo docker-archive redis-podman-oci.tar  podman save (oci-archive)
redis-skopeo-oci.tar  skopeo oci-archive   redis-buildah-oci.tar  buildah push oci-archive
busybox.tar           docker save; also .gz .zst .xz .bz2          busybox.oci/  OCI layout folder
busybox-zstd-oci.tar  OCI archive with zstd layers                 multi-arch-oci.tar  index of two architectures
several.tar           docker save busybox:latest busybox:stable layers:latest
layers.tar            docker save; whiteouts, opaque folders, links, sparse, set-uid, odd names in 21 layers
layers.expected       NUL-ended lines of layers' final tree: path type mode uid gid size links target (tabs between)
TXT
chmod -R a+rX "$out"
