# Completion in bash for tcpsm and tcpsm-viz. What there is to complete is asked of the programs, by --help and list, so
# that it cannot be out of step with them.

# The lines of a section of the help on standard input.
_tcpsm_section() { sed -n "/^$1:/,/^\$/s/^  //p"; }

# The names of the scenarios that tcpsm lists, here or in a folder.
_tcpsm_names() { "$@" 2>/dev/null | sed -n 's/^\([^ ][^ ]*\)  .*/\1/p'; }

# Completes a file: what stands for it in this word, if anything does, else any file.
_tcpsm_scenario()
{
    local command=${1%-viz} subcommand=$2 word=$3 claims
    claims=$(type -P -- "$command") && claims=${claims%/*}/../share/tcpsm/claims
    if [ "$subcommand" != claims ]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_tcpsm_names "$command" list)" -- "$word")
    fi
    if [ ${#COMPREPLY[@]} = 0 ]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_tcpsm_names "$command" list "$claims")" -- "$word")
    fi
    if [ ${#COMPREPLY[@]} = 0 ]; then
        compopt -o default
    elif [ -n "$word" ]; then
        compopt -o filenames
        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$word")
    fi
}

_tcpsm()
{
    local program=${1/#\~/$HOME} word=$2 before=$3 help subcommands subcommand='' value i
    COMPREPLY=()
    # To bash, the = of --format=json is a word of its own.
    if [ "$before" = = ]; then before=${COMP_WORDS[COMP_CWORD - 2]}; fi
    if [ "${COMP_WORDS[COMP_CWORD]}" = = ]; then word=; fi

    help=$("$program" --help 2>/dev/null)
    subcommands=$(_tcpsm_section Subcommands <<<"$help" | sed 's/ .*//')
    for ((i = 1; i < COMP_CWORD; ++i)); do
        if [ -n "$subcommands" ] && grep -qxF -e "${COMP_WORDS[i]}" <<<"$subcommands"; then
            subcommand=${COMP_WORDS[i]}
            help=$("$program" "$subcommand" --help 2>/dev/null)
            break
        fi
    done

    if [[ $before == --* ]]; then
        # One blank separates an option from what its value is; a flag has more after it.
        value=$(_tcpsm_section Options <<<"$help" | sed -n "s/^\(-.,\)\?$before \([^ ][^ ]*\).*/\2/p")
        case $value in
            "") ;;
            FILE | OUT.*) compopt -o default; return ;;
            *"|"*) mapfile -t COMPREPLY < <(compgen -W "${value//|/ }" -- "$word"); return ;;
            *) return ;;
        esac
    fi
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(
            compgen -W "$(_tcpsm_section Options <<<"$help" | sed -n 's/^\(-.,\)\?\(--[a-z-]*\).*/\2/p')" -- "$word")
    elif [ -n "$subcommands" ] && [ -z "$subcommand" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$subcommands help" -- "$word")
    else
        case $subcommand,$(_tcpsm_section Arguments <<<"$help") in
            new,*) compopt -o default ;;
            *,DIR*) mapfile -t COMPREPLY < <(compgen -d -- "$word"); compopt -o filenames ;;
            *,FILE*) _tcpsm_scenario "$program" "$subcommand" "$word" ;;
        esac
    fi
}

complete -F _tcpsm tcpsm tcpsm-viz
