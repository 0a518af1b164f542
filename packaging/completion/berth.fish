# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of berth in fish. What fits is decided by berth itself: see src/cli/completion.

function __berth_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l reply (command berth __complete -- $words[2..] $current 2>/dev/null)
    test (count $reply) -gt 0; or return
    if test (count $reply) -gt 1
        printf '%s\n' $reply[1..-2]
    end
    switch $reply[-1]
        case :files
            __fish_complete_path $current
        case :folders
            __fish_complete_directories $current
    end
end

complete -c berth -f -a '(__berth_complete)'
