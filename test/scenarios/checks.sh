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

start_gateway() { # start_gateway NAME=VALUE...: sets gateway_url and gateway_pid; ended with the script
  local log
  log=$(mktemp)
  env "$@" node dist/src/cli.js --port 0 >"$log" 2>&1 </dev/null &
  gateway_pid=$!
  trap 'kill "$gateway_pid" 2>/dev/null || true' EXIT
  for _ in $(seq 200); do
    gateway_url=$(grep -oE 'https?://[^/ ]+:[0-9]+' "$log" | head -n 1 || true)
    [[ -n $gateway_url ]] && break
    sleep 0.1
  done
  [[ -n $gateway_url ]] || { cat "$log"; echo 'the gateway did not start'; return 1; }
}
