#compdef berth
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of berth in zsh. What fits is decided by berth itself: see src/cli/completion.

_berth() {
    local -a reply finished unfinished
    local line candidate description
    reply=("${(@f)$(command berth __complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    for line in "${(@)reply[1,-2]}"; do
        candidate=${line%%$'\t'*}
        description=${line#*$'\t'}
        # _describe takes the text before the first bare colon.
        line=${candidate//:/\\:}:$description
        # A value, a path or a tag still follows these.
        if [[ $candidate == *[=:/,] ]]; then unfinished+=("$line"); else finished+=("$line"); fi
    done
    (( $#finished )) && _describe -V candidate finished
    (( $#unfinished )) && _describe -V candidate unfinished -S ''
    case $reply[-1] in
        :files) compset -P '--*='; _files ;;
        :folders) compset -P '--*='; _files -/ ;;
    esac
}

_berth "$@"
