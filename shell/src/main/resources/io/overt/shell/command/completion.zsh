#compdef overt
# Completion of overt for zsh: eval "$(overt completion zsh)"
_overt() {
  local -a found
  found=("${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=(${found:#})
  (( ${#found} )) && compadd -- "${found[@]}" || _files
}
compdef _overt overt ./overt
