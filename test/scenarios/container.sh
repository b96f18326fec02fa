#!/usr/bin/env bash
# The image and the compose file, built and run for real. Wants a docker engine that is up, curl, and port 3000 free.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/scenarios/checks.sh

containers=()
cleanup() {
  docker compose down --timeout 1 >/dev/null 2>&1 || true
  ((${#containers[@]} == 0)) || docker rm -f "${containers[@]}" >/dev/null 2>&1 || true
}
trap cleanup EXIT

run() { # run NAME DOCKER-ARGUMENTS...: in the background, removed with the script
  docker rm -f "$1" >/dev/null 2>&1 || true
  containers+=("$1")
  docker run --detach --name "$@" >/dev/null
}

wait_healthy() { # wait_healthy CONTAINER: prints the milliseconds it took; fails after 10 s
  local started
  started=$(now_ms)
  while (($(now_ms) - started < 10000)); do
    if [[ $(docker inspect --format '{{.State.Health.Status}}' "$1") == healthy ]]; then
      echo $(($(now_ms) - started))
      return
    fi
    sleep 0.1
  done
  docker logs "$1" >&2
  docker inspect --format '{{json .State}}' "$1" >&2
  return 1
}

stop_ms() { # stop_ms CONTAINER: prints the milliseconds that docker stop took
  local started
  started=$(now_ms)
  docker stop "$1" >/dev/null
  echo $(($(now_ms) - started))
}

inside() { docker run --rm --entrypoint sh pipit -c "$1" 2>&1; }

echo 'the image'
docker build --tag pipit . >/dev/null 2>&1 || docker build --tag pipit .
base_bytes=$(docker image inspect --format '{{.Size}}' node:24-slim)
image_bytes=$(docker image inspect --format '{{.Size}}' pipit)
check_below 'it adds less than 16 MiB to its base image, in KiB' 16384 $(((image_bytes - base_bytes) / 1024))
check_is 'it is labelled' 'pipit MIT' "$(docker image inspect --format \
  '{{index .Config.Labels "org.opencontainers.image.title"}} {{index .Config.Labels "org.opencontainers.image.licenses"}}' pipit)"
check_is 'its version is that of package.json' "$(node -p 'require("./package.json").version')" \
  "$(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.version"}}' pipit)"
check_is 'it runs as node, in /pipit' 'node /pipit' "$(inside 'echo "$(id -un) $(pwd)"')"
check_is 'it holds no development dependency, no source map and no cache' '' \
  "$(inside 'ls -d /app/node_modules/typescript /app/node_modules/ava /app/src /app/test /root/.npm 2>/dev/null; find /app/dist -name "*.map"')"
check 'pipit is on PATH' docker run --rm pipit --version

echo 'docker compose up'
docker compose up --detach --build >/dev/null 2>&1 || docker compose up --detach
container=$(docker compose ps --quiet pipit)
check_below 'it is healthy soon after its start, in milliseconds' 3000 "$(wait_healthy "$container")"
check_is 'it is published for this machine only' '127.0.0.1:3000' "$(docker port "$container" 3000)"
sqs='http://localhost:3000/sqs/'
check_matches 'a declared queue is there, under the address that the host uses' \
  '<QueueUrl>http://localhost:3000/sqs/000000000000/orders</QueueUrl>' \
  "$(curl --silent "$sqs?Action=GetQueueUrl&QueueName=orders")"
check_matches 'another container finds it, under the address that containers use' \
  '<QueueUrl>http://pipit:3000/sqs/000000000000/orders</QueueUrl>' \
  "$(docker compose run --rm -T --entrypoint node pipit --eval \
    'fetch("http://pipit:3000/sqs/?Action=GetQueueUrl&QueueName=orders").then((r) => r.text()).then(console.log)' 2>&1)"
check_matches 'a message sent from outside' '<MessageId>' "$(curl --silent "${sqs}000000000000/orders?Action=SendMessage&MessageBody=hello")"
check_matches 'is received' '<Body>hello</Body>' "$(curl --silent "${sqs}000000000000/orders?Action=ReceiveMessage")"
check 'pipit health answers inside' docker compose exec -T pipit pipit health

echo 'docker stop'
polls=$(mktemp)
curl --no-progress-meter --parallel --parallel-immediate --parallel-max 100 --output /dev/null --write-out '%{http_code}\n' \
  "${sqs}000000000000/emails?Action=ReceiveMessage&WaitTimeSeconds=20&poll=[1-100]" >"$polls" &
polling=$!
sleep 1
check_below 'it stops quickly with 100 long polls open, in milliseconds' 1000 "$(stop_ms "$container")"
wait "$polling" || true
check_is 'each of them got its empty answer' '100 200' "$(sort "$polls" | uniq -c | xargs)"
check_is 'it ended well' '0' "$(docker inspect --format '{{.State.ExitCode}}' "$container")"
docker start "$container" >/dev/null
check_below 'it starts again, in milliseconds' 3000 "$(wait_healthy "$container")"
docker compose down --timeout 1 >/dev/null 2>&1

echo 'locked down'
run pipit-locked-down --user 12345:12345 --read-only --cap-drop ALL --network none --env PORT=8080 pipit
check_below 'any user, read-only root, no capability, no network, another port: healthy, in milliseconds' 3000 \
  "$(wait_healthy pipit-locked-down)"
check_below 'and it stops quickly, in milliseconds' 1000 "$(stop_ms pipit-locked-down)"

checks_done
