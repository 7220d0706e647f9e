# bash completion of soatin: the commands, verbs and options that --help lists, so that they are always those of the program; the numbers
# of items where a command takes items; else files.
_soatin_listed() { "$@" --help 2>/dev/null | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'; }
_soatin_options() { "$@" --help 2>/dev/null | grep -oE -e '(^|[ [])--?[a-z0-9][a-z-]*' | tr -d ' ['; }
_soatin() {
	local program=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} before='' words='' word named=()
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case $before in --config | --queue | --color) ;; *) [[ $word == -* ]] || named+=("$word") ;; esac
		before=$word
	done
	case ${named[0]-}/${#named[@]}/$current in
	/0/-*) words="$(_soatin_options "$program") --version" ;;
	/0/*) words=$(_soatin_listed "$program") ;;
	*/-*) words=$(_soatin_options "$program" "${named[@]:0:2}") ;;
	queue/1/*) words='list backup export import stats' ;;
	feeds/1/* | rules/1/*) words=$(_soatin_listed "$program" "${named[0]}") ;;
	show/* | take/* | answer/* | dismiss/* | refer/* | reopen/* | note/*) words=$("$program" queue --all -0 2>/dev/null | tr '\0' ' ') ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o bashdefault -o default -F _soatin soatin
