# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of berth in bash. What fits is decided by berth itself: see src/cli/completion.

_berth() {
    local line=${COMP_LINE:0:COMP_POINT} reply candidate typed prefix='' breaks=${COMP_WORDBREAKS//[^:=]/}
    COMPREPLY=()
    mapfile -t reply < <(command berth __complete --line "$line" 2>/dev/null)
    ((${#reply[@]})) || return

    # bash divides words at ":" and "=" as well, and replaces only what follows the last of them.
    typed=${line##*[[:space:]]}
    typed=${typed#[\"\']}
    if [[ $breaks && $typed == *["$breaks"]* ]]; then prefix=${typed%"${typed##*["$breaks"]}"}; fi
    for candidate in "${reply[@]:0:${#reply[@]}-1}"; do
        candidate=${candidate%%$'\t'*}
        COMPREPLY+=("${candidate#"$prefix"}")
    done
    # A value, a path or a tag still follows these.
    if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *[=:/,] ]]; then compopt -o nospace; fi
    case ${reply[-1]} in
        :files) compopt -o filenames; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "${typed#"$prefix"}") ;;
        :folders) compopt -o filenames; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "${typed#"$prefix"}") ;;
    esac
}
complete -F _berth berth
