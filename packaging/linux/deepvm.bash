# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion of deepvm for bash; installed as share/bash-completion/completions/deepvm. It needs nothing of the package
# bash-completion but being found. A test compares it with what the program itself says.

# Prints the options of a subcommand; "deepvm" is the program without one.
_deepvm_options() {
    local question="--dataset --provider --region --preset --architectures --objective --workload --precision
        --utilisation --overlap --hosts --min-efficiency --observed-prices-only --max-nodes --top
        --checkpoint-size-100mb --buffer-size --checkpoint-gib --buffer-depth --spot-quota --on-demand-quota
        --epochs --samples --flop --deadline --confidence --revocations --monthly-revocations --lifetimes
        --workloads --measurements --disk-gbs --store-gbs --store-price --provisioning"
    case $1 in
        deepvm) echo "--help --version --catalog" ;;
        plan) echo "--help --catalog $question --budget --format" ;;
        frontier) echo "--help --catalog $question --from --to --format" ;;
        flopp | speeds) echo "--help --catalog $question --format" ;;
        export) echo "--help --catalog $question --budget --as --rank --bucket --checkpoint-every --output" ;;
        simulate) echo "--help --catalog $question --budget --runs --seed --format" ;;
        validate) echo "--help --catalog --data --format" ;;
        open) echo "--help --catalog --format" ;;
        compare) echo "--help --catalog --runs --seed --format --output" ;;
        glossary) echo "--help --catalog" ;;
        "catalog build") echo "--help --catalog --from --output" ;;
        "catalog offers") echo "--help --catalog --dataset --provider --region --workload --filter --format" ;;
        "catalog import")
            echo "--help --catalog --into --format --provider --date --allow-older --dry-run --report"
            ;;
        "catalog diff") echo "--help --catalog --as" ;;
        "lesson list") echo "--help --catalog --lessons --format" ;;
        "lesson check") echo "--help --catalog --lessons --seed --format --texts" ;;
        "lesson key") echo "--help --catalog --lessons --seed --output" ;;
        "lesson grade") echo "--help --catalog --lessons --format" ;;
        catalog* | lesson*) echo "--help --catalog" ;;
    esac
}

# Prints the words that may stand behind an option ($2) of a subcommand ($1), where they are few.
_deepvm_values() {
    case "$1 $2" in
        "catalog import --format")
            echo "skypilot aws-spot-history aws-price-list aws-spot-advisor azure-retail ec2instances deepvm-data csv"
            ;;
        "catalog import --report" | "catalog diff --as") echo "text json" ;;
        "export --as") echo "json csv lp mps skypilot launch" ;;
        "frontier --format" | "flopp --format" | "speeds --format" | "catalog offers --format") echo "text csv json" ;;
        "lesson grade --format") echo "text json csv" ;;
        "compare --format") echo "text csv" ;;
        *" --format") echo "text json" ;;
        "catalog import --provider") echo "aws azure gcp lambda" ;;
        *" --provider") echo "aws azure gcp lambda any" ;;
        *" --dataset") echo "deepvm-paper deepvm-simulated" ;;
        *" --region") echo "any" ;;
        *" --preset") echo "published corrected" ;;
        *" --architectures")
            echo "single-anchor tiering on-demand spot-bucket parameter-server mixed-workers"
            ;;
        *" --objective") echo "deepvm throughput job-cost job-time" ;;
        *" --precision") echo "fp32 tf32 tensor fp8" ;;
        *" --hosts") echo "x86 any" ;;
        *" --revocations") echo "low middle high" ;;
        *" --lifetimes") echo "k80 p100 v100" ;;
        *" --workload")
            echo "resnet18-cifar10 resnet50-imagenet bert-large-squad gpt2-xl-openwebtext llama2-7b-finetune
                gpt2-124m-openwebtext tinyllama-1b-pretrain vit-b16-imagenet bert-large-pretrain-128
                llama3-8b-finetune llama3-8b-lora llama3-70b-lora mixtral-8x7b-finetune sd2-unet-512"
            ;;
    esac
}

# Prints the words that the glossary explains, each as one word.
_deepvm_terms() {
    echo "accelerator anchor architecture batch binding-limit branch-and-bound breakpoint budget checkpoint
        checkpoint-interval cluster deadline effective-nodes efficiency epoch expected feasible-region flop
        flopp frontier future hourly-price interruption-band knee limit linear-program mixed-workers node
        object-store objective on-demand-machine overhead p95 parameter-server precision proven quota
        relaxation remote-memory remote-node revocation rollback sample saturation scaling shadow-price
        single-anchor slack spot-bucket spot-machine stall tflop-s throughput tiering utilisation vcpu worker
        workload young-daly-interval"
}

# _deepvm_files BEGINNING SUFFIX... answers with files of these suffixes and with folders; "*" is any suffix.
_deepvm_files() {
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

# _deepvm_lessons BEGINNING answers with the lessons of the program and with files that may be one.
_deepvm_lessons() {
    local beginning=$1 names="flop-dollar one-machine-more the-anchor tiering linear-program revocation done-by-friday
        deepcheck reproduce-a-paper"
    _deepvm_files "$beginning" .json
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$names" -- "$beginning")
}

# _deepvm_list WORDS BEGINNING answers with a list that commas divide, its last word completed.
_deepvm_list() {
    local words=$1 beginning=$2 head=""
    [[ $beginning != *,* ]] || head=${beginning%,*},
    mapfile -t COMPREPLY < <(compgen -P "$head" -W "$words" -- "${beginning##*,}")
    compopt -o nospace 2>/dev/null
}

# _deepvm_value COMMAND OPTION BEGINNING answers what may stand behind an option; fails where it takes no value.
_deepvm_value() {
    local command=$1 option=$2 beginning=$3
    case "$command $option" in
        *" --help" | *" --version" | *" --observed-prices-only" | *" --allow-older" | *" --dry-run") return 1 ;;
        *" --architectures") _deepvm_list "$(_deepvm_values "$command" "$option")" "$beginning" ;;
        *" --catalog" | *" --into" | "catalog build --output") _deepvm_files "$beginning" .db ;;
        *" --workloads" | *" --measurements") _deepvm_files "$beginning" .csv ;;
        *" --data" | *" --lessons" | "catalog build --from") _deepvm_files "$beginning" ;;
        *" --output") _deepvm_files "$beginning" "*" ;;
        *" --"*) mapfile -t COMPREPLY < <(compgen -W "$(_deepvm_values "$command" "$option")" -- "$beginning") ;;
        *) return 1 ;;
    esac
}

_deepvm() {
    local commands="plan frontier flopp speeds export validate simulate open compare catalog glossary lesson"
    local actions="build check info datasets offers import diff" lessons="list check new key grade quantities"
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=deepvm word index
    COMPREPLY=()

    # Bash takes "--format=json" for three words.
    if [[ $current == = ]]; then
        current=""
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi

    for ((index = 1; index < COMP_CWORD; ++index)); do
        word=${COMP_WORDS[index]}
        if [[ $word == --catalog ]]; then
            index=$((index + 1))
            [[ ${COMP_WORDS[index]} != = ]] || index=$((index + 1))
        elif [[ $command == deepvm && " $commands " == *" $word "* ]]; then
            command=$word
        elif [[ $command == catalog && " $actions " == *" $word "* ]]; then
            command="catalog $word"
        elif [[ $command == lesson && " $lessons " == *" $word "* ]]; then
            command="lesson $word"
        fi
    done

    if [[ $before == --* ]] && _deepvm_value "$command" "$before" "$current"; then
        return
    fi
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_deepvm_options "$command")" -- "$current")
        return
    fi
    case $command in
        deepvm) mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current") ;;
        catalog) mapfile -t COMPREPLY < <(compgen -W "$actions" -- "$current") ;;
        glossary) mapfile -t COMPREPLY < <(compgen -W "$(_deepvm_terms)" -- "$current") ;;
        lesson) mapfile -t COMPREPLY < <(compgen -W "$lessons" -- "$current") ;;
        "lesson check" | "lesson key") _deepvm_lessons "$current" ;;
        "lesson new" | "lesson grade") _deepvm_files "$current" .json ;;
        open | compare) _deepvm_files "$current" .deepvm .json ;;
        "catalog import") _deepvm_files "$current" "*" ;;
        "catalog diff") _deepvm_files "$current" .db ;;
    esac
}

complete -F _deepvm deepvm
