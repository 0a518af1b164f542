# shellcheck shell=bash disable=SC2154
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by ./dev: a whole virtual machine with systemd, for what namespaces cannot show: the user's
# instance of systemd, scopes, all control groups, logout, a restart of the machine, two people. It is a
# Debian 13 in a disk image, made once, and booted by an emulator (no KVM needed) that comes with a root of
# its own, so that the one for daily work stays small. tests/vm/README.md says what runs inside.

vm_memory=1536 # MiB
vm_minutes=${BERTH_VM_MINUTES:-40}

# Everything that the disk is made of: the package list, and this function, which is its recipe.
vm_recipe() {
    packages vm emulator
    declare -f make_vm_system
}

# What the emulator needs to find the disk of the machine and nothing more; "most" would be 60 MB to unpack.
vm_boot_hook='mkdir -p "$1/etc/initramfs-tools/conf.d" "$1/usr/share/initramfs-tools/modules.d"
printf "MODULES=list\nCOMPRESS=zstd\nFSTYPE=ext4\n" >"$1/etc/initramfs-tools/conf.d/vm"
printf "%s\n" virtio_pci virtio_blk ext4 crc32c_generic >"$1/usr/share/initramfs-tools/modules.d/vm"'

# What a person would set up: a group, two accounts, and the service that runs the tests.
make_vm_system() {
    local tree=$1 name number=1000
    echo vm >"$tree/etc/hostname"
    printf '127.0.0.1 localhost vm\n::1 localhost\n' >"$tree/etc/hosts"
    echo '/dev/vda / ext4 defaults,noatime 0 1' >"$tree/etc/fstab"
    groupadd --root "$tree" --system berth
    for name in alice bob; do
        useradd --root "$tree" --uid "$number" --user-group --groups berth --create-home --shell /bin/bash "$name"
        number=$((number + 1))
    done
    useradd --root "$tree" --uid 1002 --user-group --create-home --shell /bin/bash carol # not of the group
    # systemd gives users cpu, memory and pids. An administrator who wants more does this; alice's did.
    mkdir -p "$tree/etc/systemd/system/user@1000.service.d"
    printf '[Service]\nDelegate=cpu cpuset io memory pids\n' >"$tree/etc/systemd/system/user@1000.service.d/delegate.conf"
    cat >"$tree/etc/systemd/system/berth-tests.service" <<'UNIT'
[Unit]
Description=The tests of Berth
After=systemd-logind.service dbus.service systemd-user-sessions.service

[Service]
Type=exec
ExecStart=/bin/bash -c 'tar -C / -xf /dev/vdb && exec bash /usr/share/berth-tests/inside/main.sh'
StandardInput=null
StandardOutput=append:/dev/ttyS1
StandardError=append:/dev/ttyS1
TimeoutStopSec=5s

[Install]
WantedBy=multi-user.target
UNIT
    local wants=$tree/etc/systemd/system/multi-user.target.wants
    mkdir -p "$wants"
    ln -s ../berth-tests.service "$wants/berth-tests.service"
    # Nobody waits for these, and an emulated processor is slow.
    for name in apt-daily.timer apt-daily-upgrade.timer fstrim.timer e2scrub_all.timer e2scrub_reap.service dpkg-db-backup.timer \
        man-db.timer systemd-networkd.service getty@tty1.service serial-getty@ttyS0.service serial-getty@ttyS1.service; do
        ln -sf /dev/null "$tree/etc/systemd/system/$name"
    done
}

# Sets vm: a folder with disk.img, kernel, initrd and emulator/, made once for each recipe.
prepare_vm() {
    vm=$cache/vm-$(vm_recipe | sha256sum | cut -c1-12)
    [[ -d $vm ]] && return
    local lock unfinished=$cache/unfinished-vm list
    exec {lock}>"$cache/vm.lock"
    flock --nonblock "$lock" || { say "waiting for another ./dev that is making the virtual machine"; flock "$lock"; }
    if [[ ! -d $vm ]]; then
        need_disk 5000
        say "making a virtual machine in $vm (once, some minutes)"
        rm -rf --one-file-system "$unfinished"
        mkdir -p "$unfinished"
        mapfile -t list < <(packages emulator)
        bootstrap "$unfinished/emulator" "${list[@]}" || die "the emulator could not be installed; the messages above say why"
        mapfile -t list < <(packages vm)
        bootstrap_options=(--essential-hook="$vm_boot_hook")
        bootstrap "$unfinished/tree" "${list[@]}" || die "the system of the virtual machine could not be made; the messages above say why"
        bootstrap_options=()
        make_vm_system "$unfinished/tree"
        cp "$unfinished"/tree/boot/vmlinuz-* "$unfinished/kernel"
        cp "$unfinished"/tree/boot/initrd.img-* "$unfinished/initrd"
        mkdir "$unfinished/emulator/vm"
        # shellcheck disable=SC2016
        unshare --mount bash -c 'mount --bind "$1" "$1/emulator/vm" \
            && exec chroot "$1/emulator" mke2fs -q -F -t ext4 -d /vm/tree /vm/disk.img 6G' _ "$unfinished" \
            || die "the disk of the virtual machine could not be made"
        rm -rf --one-file-system "$unfinished/tree"
        mv "$unfinished" "$vm"
    fi
    exec {lock}>&-
}

# The emulator sees only its own root and the two disks, and has no network but its own restricted one.
# Nothing that the machine writes is kept (-snapshot). It is process 1 of a pid namespace that ends with us.
run_emulator() {
    local results=$1
    # shellcheck disable=SC2016
    setpriv --pdeathsig KILL unshare --mount --net --pid --fork --kill-child --ipc bash -c '
        set -e
        mount --make-rprivate /
        root=$1/emulator
        mount --bind "$1" "$root/vm"
        mount -t proc proc "$root/proc"
        mount -t tmpfs -o mode=1777 tmp "$root/tmp"
        mount -t tmpfs -o mode=0755 dev "$root/dev"
        mknod -m 0666 "$root/dev/null" c 1 3
        mknod -m 0666 "$root/dev/urandom" c 1 9
        mkdir "$root/tmp/results"
        mount --bind "$2" "$root/tmp/results"
        export TMPDIR=/tmp/results # what the machine writes to its disks is on a disk, too
        exec chroot "$root" qemu-system-x86_64 -accel tcg,thread=multi -cpu max,svm=off -smp 2 -m "$3" -snapshot -nodefaults -display none \
            -kernel /vm/kernel -initrd /vm/initrd \
            -append "root=/dev/vda rw console=ttyS0 quiet systemd.show_status=no mitigations=off fsck.mode=skip panic=-1" \
            -drive file=/vm/disk.img,format=raw,if=virtio,cache=unsafe \
            -drive file=/tmp/results/payload.tar,format=raw,if=virtio,readonly=on \
            -nic user,restrict=on,model=virtio-net-pci \
            -serial file:/tmp/results/console.txt -serial file:/tmp/results/results.txt' _ "$vm" "$results" "$vm_memory" </dev/null &
    emulator=$!
}

# Prints what the machine writes as it comes, until the emulator ends or the time is over.
follow_emulator() {
    local results=$1/results.txt printed=0 size deadline=$((SECONDS + vm_minutes * 60))
    while :; do
        local alive=yes
        kill -0 "$emulator" 2>/dev/null || alive=
        size=$(stat -c %s "$results" 2>/dev/null || echo 0)
        if ((size > printed)); then
            tail -c +$((printed + 1)) "$results" | head -c $((size - printed)) | tr -d '\r'
            printed=$size
        fi
        [[ $alive ]] || return 0
        if ((SECONDS > deadline)); then
            say "the machine did not finish in $vm_minutes minutes (BERTH_VM_MINUTES allows more); what it said is in $1"
            return 1
        fi
        sleep 1
    done
}

# ./dev vm: the verdict is the machine's own last line, and that it came to say it.
run_vm() {
    local results=$build/vm status=0 lock
    mkdir -p "$cache/machines"
    exec {lock}>"$(machine_state).vm.lock"
    flock --nonblock "$lock" || die "another ./dev vm of this build folder is running"
    in_private_machine payload "$@" {lock}>&-
    rm -f "$results"/{console,results}.txt
    say "booting the machine (its console: $results/console.txt)"
    run_emulator "$results" {lock}>&-
    trap 'kill -KILL $emulator 2>/dev/null; exit 143' TERM HUP
    trap 'kill -KILL $emulator 2>/dev/null; exit 130' INT
    trap 'kill -KILL $emulator 2>/dev/null || true' EXIT
    follow_emulator "$results" || status=1
    kill -KILL "$emulator" 2>/dev/null || true
    wait "$emulator" 2>/dev/null || true
    local last
    last=$(tr -d '\r' <"$results/results.txt" 2>/dev/null | tail -n1)
    if ((status == 0)) && [[ ! $last =~ ^vm:\ all\ [0-9]+\ checks\ are\ ok$ ]]; then
        [[ $last == vm:*failed ]] || say "the machine ended before its tests did; see $results/console.txt"
        status=1
    fi
    return "$status"
}
