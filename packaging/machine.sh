#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The inside of ./dev. "boot" runs as process 1 of fresh namespaces and turns them into a small
# machine: an overlay over the Debian root (so that nothing in it is ever changed), /proc, /sys, /dev,
# cgroup2, a network that plays "the host" with a neighbour that plays "the LAN", and an ordinary
# user. The other verbs build Berth there, install it as a package would and run a command as that user.
# Everything it needs arrives in the environment; see machine_environment in ./dev.
set -euo pipefail

user=dev
home=/var/lib/berth-dev/home
images=/var/lib/berth-dev/images
small_disk=/var/lib/berth-dev/small
uid=$((BUILDER == 0 ? 1000 : BUILDER)) # the owner of the checkout, so that what tests write is theirs

# ---- boot ---------------------------------------------------------------------------------------

mount_root() {
    mkdir -p "$STATE/mnt"
    mount -t tmpfs -o mode=0755 machine "$STATE/mnt"
    mkdir "$STATE/mnt"/{upper,work,root}
    mount -t overlay -o "lowerdir=$ROOT,upperdir=$STATE/mnt/upper,workdir=$STATE/mnt/work" machine "$STATE/mnt/root"
    new=$STATE/mnt/root
}

# Kernel file systems of the new namespaces. Nothing may cover parts of /proc, or the kernel refuses
# a second procfs to the user namespaces below.
mount_kernel() {
    mount -t proc -o nosuid,nodev,noexec proc "$new/proc"
    mount -t sysfs -o nosuid,nodev,noexec sysfs "$new/sys"
    mount -t tmpfs -o mode=0755,nosuid dev "$new/dev"
    local node
    for node in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0 fuse:10:229 net/tun:10:200; do
        IFS=: read -r name major minor <<<"$node"
        mkdir -p "$(dirname "$new/dev/$name")"
        mknod -m 0666 "$new/dev/$name" c "$major" "$minor"
    done
    mkdir "$new"/dev/{pts,shm,mqueue}
    mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5,nosuid,noexec devpts "$new/dev/pts"
    ln -s pts/ptmx "$new/dev/ptmx"
    ln -s /proc/self/fd "$new/dev/fd"
    local stream=0
    for name in stdin stdout stderr; do ln -s "/proc/self/fd/$stream" "$new/dev/$name"; stream=$((stream + 1)); done
    mount -t tmpfs -o mode=1777,nosuid,nodev shm "$new/dev/shm"
    mount -t mqueue mqueue "$new/dev/mqueue"
    mount -t tmpfs -o mode=0755,nosuid,nodev run "$new/run"
    mkdir -p "$new/run/lock"
}

# A folder of the disk at a path of the machine. Parents are opened for the ordinary user (in the overlay only).
bind() {
    local source=$1 target=$2 parent=$2
    mkdir -p "$new$target"
    while parent=$(dirname "$parent") && [[ $parent != / ]]; do chmod a+rx "$new$parent"; done
    mount --rbind "$source" "$new$target"
}

# Data stays on the real disk: the upper folder of an overlay cannot itself be on an overlay, and
# tests of a full disk or of load speed would mean nothing in memory.
bind_disk() {
    mkdir -p "$STATE"/{home,tmp} "$CACHE/ccache"
    chmod 1777 "$STATE/tmp"
    chown "$uid" "$STATE/home"
    chown "$BUILDER" "$CACHE/ccache"
    if [[ $SHARED ]]; then
        # A path typed at ./dev exec, or dropped on the window, means the same inside.
        local folder
        for folder in /*; do
            [[ -d $folder && ! -L $folder ]] || continue
            case $folder in
                /bin | /boot | /dev | /etc | /lib* | /lost+found | /opt | /proc | /root | /run | /sbin | /sys | /usr | /var) ;;
                *) bind "$folder" "$folder" ;;
            esac
        done
        mkdir "$new/run/host"
        mount --rbind /run "$new/run/host" # the display's socket is somewhere below
    else
        bind "$STATE/tmp" /tmp
    fi
    bind "$STATE/home" "$home"
    bind "$CACHE/ccache" /var/cache/ccache
    mountpoint -q "$new$CHECKOUT" 2>/dev/null || bind "$CHECKOUT" "$CHECKOUT"
    if [[ $IMAGES ]]; then bind "$IMAGES" "$images"; fi
}

# The machine's processes get a cgroup of their own, which the new cgroup namespace shows as its root.
enter_cgroup() {
    mkdir -p "$STATE/cgroupfs"
    mount -t cgroup2 cgroup2 "$STATE/cgroupfs"
    local here
    here=$(sed -n 's/^0:://p' /proc/self/cgroup)
    here=${here%/}/berth-dev-$(basename "$STATE")
    printf '%s' "$here" >"$STATE/cgroup"
    mkdir -p "$STATE/cgroupfs$here"
    echo 0 >"$STATE/cgroupfs$here/cgroup.procs"
    umount "$STATE/cgroupfs"
}

make_account() {
    local known
    getent group berth >/dev/null || groupadd --system berth
    if known=$(getent passwd "$uid"); then
        user=${known%%:*}
        usermod --append --groups berth --home "$home" "$user"
    else
        useradd --uid "$uid" --user-group --groups berth --home-dir "$home" --no-create-home --shell /bin/bash "$user"
    fi
    local file
    for file in /etc/subuid /etc/subgid; do
        grep -q "^$user:" "$file" 2>/dev/null || echo "$user:100000:65536" >>"$file"
    done
    # Whoever else uses the machine, with rights of his own.
    getent passwd other >/dev/null || useradd --user-group --groups berth --no-create-home --home-dir /nonexistent --shell /bin/bash other
    install -d -m 0755 /run/user
    install -d -m 0700 -o "$uid" -g "$(id -g "$user")" "/run/user/$uid"
    install -d -m 0700 -o other -g other "/run/user/$(id -u other)"
}

# 192.0.2.0/24 is reserved for documentation, so it can meet nobody's real network.
make_network() {
    ip link set lo up
    ip netns add lan
    ip link add eth0 type veth peer name eth0 netns lan
    ip address add 192.0.2.1/24 dev eth0
    ip link set eth0 up
    ip -n lan address add 192.0.2.2/24 dev eth0
    ip -n lan link set lo up
    ip -n lan link set eth0 up
    ip route add default via 192.0.2.2
}

boot() {
    # Seen from outside, before /proc is replaced: ./dev enters and ends the machine by this id.
    local stat
    stat=$(</proc/self/stat)
    read -r outside _ <<<"$stat"
    mount --make-rprivate /
    enter_cgroup
    mount_root
    mount_kernel
    bind_disk
    local state_fd
    exec {state_fd}<"$STATE"
    cd "$new"
    pivot_root . .
    umount -l .
    cd /
    mount --make-rshared / # a holder's mount namespace receives what is mounted later
    [[ $SHARED ]] && read -r -a stat <<<"${stat##*) }" && echo "$outside ${stat[19]}" >"/proc/self/fd/$state_fd/pid"
    # A namespace for cgroups is entered last, since its root is the cgroup of the moment.
    KEEP=$state_fd exec unshare --cgroup bash "$CHECKOUT/packaging/machine.sh" settle "$@"
}

# cgroup2 wants processes in leaves only, so that limits can be set beside them.
join_session() { echo 0 >/sys/fs/cgroup/session/cgroup.procs; }

settle() {
    mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 /sys/fs/cgroup
    mkdir -p /sys/fs/cgroup/session
    join_session
    make_account
    make_network
    if [[ $SHARED ]]; then touch "/proc/self/fd/$KEEP/ready"; fi
    exec {KEEP}<&-
    "$@"
}

# Process 1 adopts orphans; bash reaps them while it waits.
idle() {
    while :; do
        sleep infinity &
        wait $! || true
    done
}

# ---- build and install --------------------------------------------------------------------------

as_builder() {
    setpriv --reuid "$BUILDER" --regid "$BUILDER" --clear-groups env HOME=/tmp LANG=C.UTF-8 CCACHE_DIR=/var/cache/ccache \
        CCACHE_BASEDIR="$CHECKOUT" CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=5G CCACHE_SLOPPINESS=pch_defines,time_macros "$@"
}

build() {
    local quiet=()
    [[ -t 2 || $1 == loud ]] || quiet=(--quiet)
    as_builder mkdir -p "$BUILD"
    exec {lock}>"$BUILD/.dev-lock"
    flock "$lock"
    cd "$CHECKOUT"
    if [[ $TARGETS != none ]]; then
        if [[ ! -e $BUILD/build.ninja || CMakePresets.json -nt $BUILD/build.ninja ]]; then
            as_builder cmake --preset "$PRESET" -B "$BUILD" --log-level=WARNING >&2
        fi
        # shellcheck disable=SC2086
        as_builder ninja -C "$BUILD" "${quiet[@]}" $TARGETS >&2
    fi
    install_programs
    exec {lock}>&-
}

# What a package would hold, below a folder.
stage_programs() {
    local stage=$1 program built
    if [[ $TARGETS ]]; then
        for program in berth berth-desktop libexec/berth-helper libexec/berth-holder libexec/berth-monitor libexec/berth-layerer libexec/berth-rootmount libexec/berth-router libexec/berth-forwarder libexec/berth-scope; do
            built=$(find "$BUILD/src" -type f -perm -u+x -name "$(basename "$program")" -print -quit 2>/dev/null) || true
            [[ $built ]] || continue
            [[ $program == */* ]] && program=usr/libexec/berth/$(basename "$program") || program=usr/bin/$program
            install -D "$built" "$stage/$program"
        done
        install -D -m 0644 "$CHECKOUT/packaging/helper.conf" "$stage/etc/berth/helper.conf"
        install -D -m 0644 "$CHECKOUT/packaging/completion/berth.bash" "$stage/usr/share/bash-completion/completions/berth"
        install -D -m 0644 "$CHECKOUT/packaging/completion/berth.zsh" "$stage/usr/share/zsh/vendor-completions/_berth"
        install -D -m 0644 "$CHECKOUT/packaging/completion/berth.fish" "$stage/usr/share/fish/vendor_completions.d/berth.fish"
    else
        DESTDIR=$stage cmake --install "$BUILD" --strip >/dev/null
    fi
    if [[ -e $stage/usr/libexec/berth/berth-helper ]]; then
        chown root:berth "$stage/usr/libexec/berth/berth-helper"
        chmod 4750 "$stage/usr/libexec/berth/berth-helper"
    fi
    chmod 0755 "$stage"
}

# Through a stage and a rename, since a program that is running cannot be written to.
install_programs() {
    local stage
    stage=$(mktemp -d /run/stage.XXXXXX)
    stage_programs "$stage"
    cp -a --remove-destination "$stage/." /
    rm -rf "$stage"
}

# ---- run as the ordinary user -------------------------------------------------------------------

as_user() {
    local variables=("HOME=$home" "USER=$user" "LOGNAME=$user" "SHELL=/bin/bash" "TERM=${TERM:-dumb}" LANG=C.UTF-8
        "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" "XDG_RUNTIME_DIR=/run/user/$uid"
        "BERTH_TEST_IMAGES=$images" "BERTH_SMALL_DISK=$small_disk" "BERTH_SOURCE_DIR=$CHECKOUT" "BERTH_BUILD_DIR=$BUILD")
    cd "$WORKDIR" 2>/dev/null || cd "$CHECKOUT"
    # Not --no-new-privs: the helper is set-uid. --pdeathsig ends the command when ./dev is killed.
    exec setpriv --reuid "$uid" --regid "$(id -g "$user")" --init-groups --pdeathsig TERM \
        env -i --default-signal "${variables[@]}" "${extra[@]}" "$@"
}

# A folder below the checkout's build folder that the ordinary user may write.
user_folder() {
    as_builder mkdir -p "$(dirname "$1")"
    mkdir -p "$1"
    chown -R "$uid" "$1"
}

# What a full disk does is tried on a small one.
mount_small_disk() {
    mkdir -p "$small_disk"
    mount -t tmpfs -o "size=96m,mode=0700,uid=$uid,nosuid,nodev" small "$small_disk"
}

run_tests() {
    build loud
    mount_small_disk
    user_folder "$BUILD/Testing"
    local log=$BUILD/Testing/output.txt status=0 dockerd hand
    # The parity suite runs as the ordinary user; the dockerd that it asks for has to be root's.
    bash "$CHECKOUT/tests/parity/dockerd.sh" /run/parity "$(id -g "$user")" &
    dockerd=$!
    python3 -B "$CHECKOUT/tests/network/roothand.py" /run/hand "$(id -g "$user")" &
    hand=$!
    extra+=(BERTH_DOCKERD=/run/parity BERTH_ROOT_HAND=/run/hand/hand)
    (as_user ctest --test-dir "$BUILD" --parallel 2 --output-on-failure --no-tests=error --no-label-summary "$@") 2>&1 \
        | tee "$log" || status=$?
    kill "$dockerd" "$hand"
    grep -h '^parity: ' "$BUILD/Testing/Temporary/LastTest.log" || true
    # The last line says what the whole run came to.
    grep -E '^[0-9]+% tests passed' "$log" || echo "the tests did not run to their end"
    return "$status"
}

# What ./dev vm hands to its machine, as a tar on a disk: the programs, the tests and two images.
make_payload() {
    build loud
    local stage=/run/payload tests=/run/payload/usr/share/berth-tests
    as_builder mkdir -p "$BUILD/vm"
    stage_programs "$stage"
    mkdir -p "$tests/images"
    cp -r "$CHECKOUT/tests/vm/." "$tests"
    cp "$images"/{busybox,redis-docker}.tar "$tests/images"
    printf '%s\n' "$@" >"$tests/wanted"
    chmod -R a+rX,go-w "$tests"
    tar -C "$stage" --owner=root --group=root -cf "$BUILD/vm/payload.tar" usr/share/berth-tests
    tar -C "$stage" --exclude=./usr/share/berth-tests -rf "$BUILD/vm/payload.tar" .
}

run_demo() {
    build loud
    user_folder "$CHECKOUT/build/demo"
    local status=0
    (as_user bash "$CHECKOUT/tests/system/demo.sh" "$CHECKOUT/build/demo" "$@") || status=$?
    return "$status"
}

# As root, since the peers are measured as root; the script runs Berth as the ordinary user.
run_bench() {
    build loud
    as_builder mkdir -p "$CHECKOUT/build/bench"
    BERTH_FLOOD_PROGRAM=$BUILD/tests/system/terminalflood PYTHONDONTWRITEBYTECODE=1 \
        python3 "$CHECKOUT/tests/system/bench/bench.py" --user "$user" --work /tmp --busybox "$images/busybox.tar" \
        --results "$CHECKOUT/build/bench/results.json" "$@"
}

extra=()
user=$(getent passwd "$uid" | cut -d: -f1) || true
user=${user:-dev}
verb=$1
shift
case $verb in
    boot) boot "$@" ;;
    settle)
        case $1 in
            idle) settle idle ;;
            test) shift; settle run_tests "$@" ;;
            payload) shift; settle make_payload "$@" ;;
            images) settle bash "$CHECKOUT/tests/system/images.sh" "$images" ;;
            demo) shift; settle run_demo "$@" ;;
            bench) shift; settle run_bench "$@" ;;
            *) settle as_user "$@" ;;
        esac ;;
    exec)
        join_session
        build quiet
        as_user "$@" ;;
    run)
        join_session
        build quiet
        [[ -z ${WAYLAND_DISPLAY:-} ]] || extra+=("WAYLAND_DISPLAY=$WAYLAND_DISPLAY")
        if [[ ${DISPLAY:-} ]]; then
            extra+=("DISPLAY=$DISPLAY")
            if [[ ${XCOOKIES:-} ]]; then
                base64 -d <<<"$XCOOKIES" >"$home/.Xauthority"
                chown "$uid" "$home/.Xauthority"
            fi
        fi
        as_user berth-desktop ;;
esac
