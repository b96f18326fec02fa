#!/usr/bin/env bash
# The image and the compose file, built and run for real. Wants a docker engine that is up, curl, and port 3000 free.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/scenarios/checks.sh

containers=()
folder=$(mktemp -d)
cleanup() {
  docker compose down --timeout 1 >/dev/null 2>&1 || true
  rm -rf "$folder"
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

start_ms() { # start_ms: from the engine's start of a container to the start screen, which comes when the ports are open
  run pipit-start pipit
  for _ in $(seq 100); do
    [[ -n $(docker logs pipit-start 2>&1) ]] && break
    sleep 0.05
  done
  local began said
  began=$(date --date "$(docker inspect --format '{{.State.StartedAt}}' pipit-start)" +%s%3N)
  said=$(date --date "$(docker logs --timestamps pipit-start 2>&1 | head -n 1 | cut -d ' ' -f 1)" +%s%3N)
  docker rm -f pipit-start >/dev/null
  echo $((said - began))
}

inside() { docker run --rm --entrypoint sh pipit -c "$1" 2>&1; }

echo 'the image'
docker build --tag pipit . >/dev/null 2>&1 || docker build --tag pipit .
base_bytes=$(docker image inspect --format '{{.Size}}' node:24-slim)
image_bytes=$(docker image inspect --format '{{.Size}}' pipit)
printf '  size: %s MiB, of which %s MiB on top of the base image\n' \
  $((image_bytes / 1048576)) $(((image_bytes - base_bytes) / 1048576))
# Half of it signs for AWS and finds credentials: only a gateway that forwards loads that, but it must be there.
check_below 'it adds less than 24 MiB to its base image, in KiB' 24576 $(((image_bytes - base_bytes) / 1024))
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
printf '  start: the process answers %s ms after its container was started\n' "$(start_ms)"
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

echo 'one mount'
cat >"$folder/pipit.yaml" <<'YAML'
services: { sqs: { queues: { mounted: { VisibilityTimeout: 7 } } } }
YAML
mkdir "$folder/plugins"
cat >"$folder/plugins/greeter.service.ts" <<'TS'
import { defineService } from 'pipit'

type Said = { Name: string }

export default defineService({
  name: 'greeter',
  operations: { Say: ({ Name }: Said) => ({ Greeting: `Hello ${Name}` }) },
})
TS
chmod -R a+rX "$folder"
run pipit-mounted --volume "$folder:/pipit:ro" pipit
wait_healthy pipit-mounted >/dev/null
check_is 'a pipit.yaml in /pipit applies' 7 "$(docker exec pipit-mounted awslocal sqs get-queue-attributes \
  --queue-url mounted --attribute-names VisibilityTimeout --query Attributes.VisibilityTimeout --output text)"
check_matches 'it listens in the places of LocalStack and ElasticMQ, too' ':4566.*:9324' \
  "$(docker logs pipit-mounted 2>&1 | tr '\n' ' ')"
check_matches 'and so does a service in TypeScript in its plugins' 'Hello Ada' "$(docker exec pipit-mounted node -e \
  'fetch("http://localhost:3000/greeter/?Action=Say&Name=Ada").then((answer) => answer.text()).then(console.log)')"

echo 'every port'
run pipit-8080 --env PORT=8080 pipit
check_below 'with PORT=8080 it is healthy, in milliseconds' 3000 "$(wait_healthy pipit-8080)"
check_is 'and that is where it listens, and only there' 'pipit http://localhost:8080' \
  "$(docker logs pipit-8080 2>&1 | grep -oE '^pipit|http://localhost:[0-9]+$' | xargs)"
run pipit-listen --env PIPIT_LISTEN=:8081,:8082 --env PORT=8080 pipit
check_below 'with PIPIT_LISTEN it is healthy, in milliseconds' 3000 "$(wait_healthy pipit-listen)"

echo 'locked down'
run pipit-locked-down --user 12345:12345 --read-only --cap-drop ALL --network none --env PORT=8080 \
  --env PIPIT_TLS_LISTEN=:443 pipit
check_below 'any user, read-only root, no capability, no network, another port: healthy, in milliseconds' 3000 \
  "$(wait_healthy pipit-locked-down)"
check_matches 'HTTPS on 443 needs no privilege either' 'BEGIN CERTIFICATE' "$(docker exec pipit-locked-down pipit ca 2>&1)"
check_below 'and it stops quickly, in milliseconds' 1000 "$(stop_ms pipit-locked-down)"

checks_done
