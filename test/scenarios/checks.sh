# Sourced by the shell scenarios: one line per check, and at the end `N passed, N failed`.
checks_passed=0
checks_failed=0
gateway_pid=

check() { # check TITLE COMMAND...: the command succeeds
  local title=$1 output
  shift
  if output=$("$@" 2>&1); then pass "$title"; else fail "$title" "$* ended with $?: $output"; fi
}

check_is() { # check_is TITLE EXPECTED ACTUAL
  if [[ $2 == "$3" ]]; then pass "$1"; else fail "$1" "expected '$2', got '$3'"; fi
}

check_matches() { # check_matches TITLE REGEX ACTUAL
  if [[ $3 =~ $2 ]]; then pass "$1"; else fail "$1" "expected to match '$2', got '$3'"; fi
}

check_below() { # check_below TITLE LIMIT ACTUAL
  if (($3 < $2)); then pass "$1 ($3)"; else fail "$1" "$3 is not below $2"; fi
}

pass() {
  checks_passed=$((checks_passed + 1))
  printf '  ok    %s\n' "$1"
}

fail() {
  checks_failed=$((checks_failed + 1))
  printf '  FAIL  %s\n        %s\n' "$1" "$2"
}

checks_done() {
  printf '%s passed, %s failed\n' "$checks_passed" "$checks_failed"
  ((checks_failed == 0))
}

now_ms() { date +%s%3N; }

# Sets gateway_url and gateway_pid; ended with the script. With THROUGH_MONITOR=1 clients reach it through pipit monitor.
start_gateway() { # start_gateway NAME=VALUE...
  trap 'kill "$gateway_pid" ${monitor_pid:-} 2>/dev/null || true' EXIT
  start_pipit --port 0 -- "$@"
  gateway_pid=$started_pid gateway_url=$started_url
  if [[ ${THROUGH_MONITOR:-} == 1 ]]; then
    start_pipit monitor 0 "$gateway_url" --
    monitor_pid=$started_pid gateway_url=$started_url
  fi
}

start_pipit() { # start_pipit ARGUMENT... -- NAME=VALUE...: sets started_url and started_pid
  local log arguments=()
  log=$(mktemp)
  while [[ $1 != -- ]]; do
    arguments+=("$1")
    shift
  done
  env "${@:2}" node dist/bundle/cli.js "${arguments[@]}" >"$log" 2>&1 </dev/null &
  started_pid=$!
  for _ in $(seq 200); do
    started_url=$(grep -oE 'https?://[^/ ]+:[0-9]+' "$log" | head -n 1 || true)
    [[ -n $started_url ]] && return
    sleep 0.1
  done
  cat "$log"
  echo 'pipit did not start'
  return 1
}
