# bootlace-cli.bash: completion for bash, which asks bootlace-cli itself
#
# SPDX-License-Identifier: GPL-3.0-or-later

_bootlace_cli ()
{
  local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]} word=${COMP_WORDS[COMP_CWORD]} words=''

  if ((COMP_CWORD == 1)) || [[ $COMP_CWORD == 2 && $command == help ]]; then
    words=$("$program" help 2>/dev/null | sed -nE 's/^  ([a-z]+) .*/\1/p')
    ((COMP_CWORD == 2)) || words+=' help'
  elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == @(-p|--path) ]]; then
    words=$("$program" list --all --json 2>/dev/null | sed -nE 's/.*"path" : "([^"]+)".*/\1/p')
  elif [[ $word == -* ]]; then
    words=$("$program" help "$command" 2>/dev/null | sed -nE 's/^  (-., )?(--[a-z-]+).*/\2/p')
  elif ((COMP_CWORD == 2)); then
    # What it is to do, such as “add|check|remove”; what is given to it stands in capitals.
    words=$("$program" help "$command" 2>/dev/null |
      sed -nE '2s/.* (([a-z]+\|)+[a-z]+) .*/\1/p' | tr '|' ' ')
  fi

  # Whatever else it is, is a file.
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o bashdefault -o default -F _bootlace_cli bootlace-cli
