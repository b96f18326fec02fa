#!/usr/bin/env bash
# The README's shell commands, word for word: the block `start` brings pipit up on port 3000, the others talk to it.
# Wants `aws` in PATH, a built dist and port 3000 free.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/scenarios/checks.sh

blocks() { # blocks: the names of all shell blocks; blocks NAME: that block's code
  node --input-type=module --eval '
    import { isAlone, readmeBlocks } from "./dist/test/scenarios/readme-blocks.js"
    const blocks = readmeBlocks().filter((block) => block.language === "bash" && isAlone(block))
    const [name] = process.argv.slice(1)
    console.log(blocks.filter((each) => !name || each.name === name).map((each) => (name ? each.code : each.name)).join("\n"))
  ' "$@"
}

# As `npm install --global` makes it.
commands=$(mktemp -d)
printf '#!/bin/sh\nexec node %q "$@"\n' "$PWD/dist/bundle/cli.js" >"$commands/pipit"
chmod +x "$commands/pipit"
PATH=$commands:$PATH

# A session of its own: npm puts a shell between, and all three must go at the end.
code=$(blocks start)
log=$(mktemp)
setsid bash -euo pipefail -c "$code" >"$log" 2>&1 </dev/null &
started=$!
trap 'kill -- -"$started" 2>/dev/null || true' EXIT
for _ in $(seq 300); do
  grep -q 'http://localhost:3000' "$log" && break
  kill -0 "$started" 2>/dev/null || break
  sleep 0.2
done
check_matches 'the block "start" brings pipit up' 'http://localhost:3000' "$(cat "$log")"

for name in $(blocks); do
  [[ $name == start ]] || check "the block \"$name\" runs as it stands" bash -euo pipefail -c "$(blocks "$name")"
done

kill -- -"$started"
wait "$started" || true
checks_done
