# shellcheck shell=bash disable=SC2154
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by ./dev: where the compilers, libraries and peers come from. Debian 13 or newer and Ubuntu
# 26.04 or newer have them; on any other machine with apt, a Debian 13 root is made once, below $cache.

# The packages of these purposes; without any, those of the root and of a native machine.
packages() {
    local purposes=${*:-build run test bench}
    sed -nE "s/^(${purposes// /|}) ([^ #]+).*/\2/p" "$checkout/packaging/packages.txt"
}

# True when this machine is new enough to build and run Berth itself.
is_native() {
    local ID='' VERSION_ID=''
    # shellcheck source=/dev/null
    source /etc/os-release
    case $ID in
        debian) [[ -z $VERSION_ID || ${VERSION_ID%%.*} -ge 13 ]] ;; # testing and unstable name no version
        ubuntu) [[ ${VERSION_ID%%.*} -ge 26 ]] ;;
        *) return 1 ;;
    esac
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "$@" >&2; }

need_disk() {
    local free
    mkdir -p "$cache"
    free=$(df --output=avail -BM "$cache" | tail -n1 | tr -dc 0-9)
    ((free >= $1)) || die "$cache has $free MB free, and $1 MB are needed; free some, or set BERTH_CACHE to a folder on another disk"
}

# Sets root: "/" or the folder of the Debian 13 root.
prepare_root() {
    command -v apt-get >/dev/null || die "this needs apt (Debian, Ubuntu or a relative of theirs), and it is not here"
    if is_native; then
        install_packages
        root=/
        return
    fi
    root=$cache/root-$(packages | sha256sum | cut -c1-12)
    need_disk 1000
    [[ -d $root ]] && return
    mkdir -p "$cache"
    local lock
    exec {lock}>"$cache/root.lock"
    flock --nonblock "$lock" || { say "waiting for another ./dev that is making the Debian root"; flock "$lock"; }
    [[ -d $root ]] || make_root
    exec {lock}>&-
}

install_packages() {
    local missing
    missing=$(comm -23 <(packages | sort -u) <(dpkg-query -W -f '${Package}\n' | sort -u))
    [[ -n $missing ]] || return 0
    say "installing packages:" "${missing//$'\n'/ }"
    apt_get update
    # shellcheck disable=SC2086
    apt_get install -y --no-install-recommends $missing
}

# All the addresses in the machine's own apt configuration, with the keyring each is signed by.
apt_sources() {
    local files=(/etc/apt/sources.list /etc/apt/sources.list.d/*)
    local file
    for file in "${files[@]}"; do
        case $file in
            *.list)
                sed -nE 's/^deb +(\[[^]]*\] +)?([^ ]+) .*/\2 \1/p' "$file" 2>/dev/null \
                    | sed -E 's/^([^ ]+) .*signed-by=([^] ]+).*/\1 \2/; s/^([^ ]+) \[.*/\1/' ;;
            *.sources)
                awk -v RS= '{
                    uris = key = ""
                    n = split($0, line, "\n")
                    for (i = 1; i <= n; i++) {
                        split(line[i], part, ": *")
                        if (tolower(part[1]) == "uris") uris = substr(line[i], index(line[i], ":") + 1)
                        if (tolower(part[1]) == "signed-by") key = substr(line[i], index(line[i], ":") + 1)
                    }
                    m = split(uris, uri, " ")
                    for (i = 1; i <= m; i++) print uri[i], key
                }' "$file" 2>/dev/null ;;
        esac
    done | sort -u
}

# Prints the sources.list lines for Debian 13: each address above that really serves a wanted suite
# (asked through apt, which knows the machine's proxies). The security suite may be missing.
debian_sources() {
    local uri key suite found=
    local answer
    answer=$(mktemp -d)
    while read -r uri key; do
        for suite in trixie trixie-security; do
            if /usr/lib/apt/apt-helper download-file "${uri%/}/dists/$suite/InRelease" "$answer/InRelease" >/dev/null 2>&1 \
                && grep -q '^Origin: Debian$' "$answer/InRelease"; then
                [[ $key == /* ]] || key=/usr/share/keyrings/debian-archive-keyring.gpg
                printf 'deb [signed-by=%s] %s %s main\n' "$key" "$uri" "$suite"
                [[ $suite == trixie ]] && found=yes
            fi
            rm -f "$answer/InRelease"
        done
    done < <(apt_sources)
    rmdir "$answer"
    [[ -n $found ]]
}

# Runs mmdebstrap with the machine's own sources and apt transport settings: FILE-OR-FOLDER PACKAGE...
# The array bootstrap_options, where it is set, goes to mmdebstrap as it is.
bootstrap() {
    local target=$1 sources options
    shift
    if ! command -v mmdebstrap >/dev/null; then
        say "installing mmdebstrap"
        apt_get update
        apt_get install -y --no-install-recommends mmdebstrap
    fi
    sources=$(debian_sources) || die "no source in this machine's apt configuration serves Debian 13 (trixie); add a Debian mirror there"
    options=$(mktemp)
    apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries|ForceIPv|Check-Valid-Until|proxy)' >"$options" || true
    mmdebstrap --quiet --variant=minbase --aptopt='APT::Install-Recommends "false"' --aptopt="$options" \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt='path-exclude=/usr/share/locale/*' "${bootstrap_options[@]}" \
        --include="$(IFS=,; printf '%s' "$*")" trixie "$target" - <<<"$sources" >&2 || { rm -f "$options"; return 1; }
    rm -f "$options"
}

# Made under another name and renamed when complete: whoever sees the folder sees all of it.
make_root() {
    need_disk 5000
    say "making a Debian 13 root in $root (once, about two minutes)"
    local unfinished=$cache/unfinished-root
    rm -rf --one-file-system "$unfinished"
    local list
    mapfile -t list < <(packages)
    bootstrap "$unfinished" "${list[@]}" || { rm -rf --one-file-system "$unfinished"; die "the Debian root could not be made; the messages above say why"; }
    mv "$unfinished" "$root"
    say "the Debian root is ready ($(du -sm "$root" | cut -f1) MB)"
}

images_folder() { printf '%s/images-%s' "$cache" "$(sha256sum "$checkout/tests/system/images.sh" | cut -c1-12)"; }

# Test images, made once per version of the script that makes them. Sets images.
prepare_images() {
    local unfinished=$cache/unfinished-images lock
    images=$(images_folder)
    [[ -d $images ]] && return
    exec {lock}>"$cache/images.lock"
    flock "$lock"
    if [[ ! -d $images ]]; then
        need_disk 4000
        say "making the test images in $images (once, about two minutes)"
        rm -rf --one-file-system "$unfinished"
        mkdir -p "$unfinished"
        bootstrap "$unfinished/redis-root.tar" redis-server redis-tools || die "the redis root could not be made; the messages above say why"
        (images=$unfinished && in_private_machine images >&2) {lock}>&- || die "the test images could not be made; the messages above say why"
        mv "$unfinished" "$images"
    fi
    exec {lock}>&-
}
