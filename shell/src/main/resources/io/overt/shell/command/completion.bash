# Completion of overt for bash: eval "$(overt completion bash)"
_overt() {
  local words=("${COMP_WORDS[@]:1:COMP_CWORD}") program=${COMP_WORDS[0]} line
  COMPREPLY=()
  # bash tells "--option=value" apart at the equals sign; what it calls the word is what follows.
  while IFS= read -r line; do
    [ -z "$line" ] || COMPREPLY+=("$(printf '%q' "$line")")
  done < <("$program" __complete -- "${words[@]}" 2>/dev/null)
  if [ ${#COMPREPLY[@]} -eq 1 ]; then
    case ${COMPREPLY[0]} in *= | */) compopt -o nospace 2>/dev/null ;; esac
  fi
}
complete -o default -F _overt overt ./overt
