# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion of deepvm-explorer for bash; installed as share/bash-completion/completions/deepvm-explorer. A test compares
# it with what the program itself says.

# _deepvm_explorer_files BEGINNING SUFFIX... answers with files of these suffixes and with folders.
_deepvm_explorer_files() {
    local beginning=$1 suffix
    shift
    mapfile -t COMPREPLY < <(
        compgen -d -- "$beginning"
        for suffix; do
            # Folders are there already.
            compgen -f -X "!*$suffix" -- "$beginning" | while IFS= read -r file; do
                [[ -d $file ]] || printf '%s\n' "$file"
            done
        done
    )
    compopt -o filenames 2>/dev/null
}

_deepvm_explorer() {
    local options="--help --help-all --version --catalog --budget --dark --light --size --page --tab --lesson
        --screenshot"
    local pages="explore explain risk compare catalog learn start"
    local tabs="why-this what-if feasible-region model scaling futures checkpoints catalog workload import"
    local lessons="flop-dollar one-machine-more the-anchor tiering linear-program revocation done-by-friday deepcheck reproduce-a-paper"
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()

    # Bash takes "--page=risk" for three words.
    if [[ $current == = ]]; then
        current=""
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi

    case $before in
        --catalog) _deepvm_explorer_files "$current" .db ;;
        --screenshot) _deepvm_explorer_files "$current" .png ;;
        --page) mapfile -t COMPREPLY < <(compgen -W "$pages" -- "$current") ;;
        --tab) mapfile -t COMPREPLY < <(compgen -W "$tabs" -- "$current") ;;
        --lesson) mapfile -t COMPREPLY < <(compgen -W "$lessons" -- "$current") ;;
        --budget | --size) ;;
        *)
            if [[ $current == -* ]]; then
                mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
            else
                _deepvm_explorer_files "$current" .deepvm .json
            fi
            ;;
    esac
}

complete -F _deepvm_explorer deepvm-explorer
