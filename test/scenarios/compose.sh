#!/usr/bin/env bash
# Suites of several containers, as users have them: this repository's own, the examples, and clients inside and outside
# of one network. Wants a docker engine that is up, python3 with boto3 in PATH, and ports 3000, 3001, 4566, 8443, 9324 free.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/scenarios/checks.sh

log=$(mktemp)
folder=$(mktemp -d)
here=test/scenarios/compose

cleanup() {
  docker compose --profile test --profile monitor down --volumes --timeout 1 >/dev/null 2>&1 || true
  for example in examples/*/docker-compose.yml; do
    docker compose --file "$example" down --volumes --timeout 1 >/dev/null 2>&1 || true
  done
  docker compose --file "$here/inside-and-outside.yml" down --volumes --timeout 1 >/dev/null 2>&1 || true
  docker rmi localstack/localstack:4.4 >/dev/null 2>&1 || true
  rm -rf "$folder" "$log"
}
trap cleanup EXIT

suite() { # suite EXPECTED-EXIT TITLE COMPOSE-ARGUMENTS...: brought up, run to the end of its tests, taken down
  local expected=$1 title=$2 status=0
  shift 2
  timeout 120 docker compose "$@" up --abort-on-container-exit --exit-code-from tests >"$log" 2>&1 </dev/null || status=$?
  # Of a container that others waited for in vain, `up` shows nothing.
  if ((status != 0)); then docker compose "$@" logs --no-color >>"$log" 2>&1; fi
  docker compose "$@" down --volumes --timeout 1 >/dev/null 2>&1
  if ((status == expected)); then
    pass "$title"
  else
    fail "$title" "it ended with $status instead of $expected"
    cat "$log"
  fi
}

echo 'building'
docker build --tag pipit . >"$log" 2>&1 || { cat "$log"; exit 1; }
docker compose --profile test build >"$log" 2>&1 || { cat "$log"; exit 1; }
docker build --tag pipit-boto3 --file "$here/python.Dockerfile" "$here" >"$log" 2>&1 || { cat "$log"; exit 1; }

echo 'the suite of docker-compose.yml'
suite 0 'an app and its tests, in containers of their own' --profile test
suite 1 'a test that fails makes it end with 1' --file docker-compose.yml --file "$here/failing-test.yml" --profile test
suite 0 'in a network without a way out' --file docker-compose.yml --file "$here/internal-network.yml" --profile test

echo 'the monitor'
docker compose --profile monitor up --detach >"$log" 2>&1 || cat "$log"
monitor=$(docker compose --profile monitor ps --quiet monitor)
for _ in $(seq 100); do
  [[ $(docker inspect --format '{{.State.Health.Status}}' "$monitor") == healthy ]] && break
  sleep 0.2
done
check_is 'a container that forwards a port becomes healthy' healthy \
  "$(docker inspect --format '{{.State.Health.Status}}' "$monitor")"
AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1 \
  AWS_ENDPOINT_URL_SQS=http://localhost:3001/sqs/ python3 -B "$here/same_queue.py" send 'by the side door' >"$log" 2>&1 || cat "$log"
check_matches 'and shows what goes through' 'POST sqs SendMessage emails.*200 .*sqs SendMessage emails 16B' \
  "$(docker compose --profile monitor logs --no-color monitor 2>&1 | tr '\n' ' ')"
docker compose --profile monitor down --volumes --timeout 1 >/dev/null 2>&1

echo 'from LocalStack'
check_is 'what differs is the image, in one line' '1 of 1' "$(diff <(grep -v '^#' examples/from-localstack/before.yml) \
  <(grep -v '^#' examples/from-localstack/docker-compose.yml) | awk '/^</ { old++ } /^>/ { new++ } END { print new " of " old }')"
for example in from-localstack from-elasticmq tls record-replay; do
  docker compose --file "examples/$example/docker-compose.yml" build >"$log" 2>&1 || cat "$log"
done
suite 0 'on pipit, init scripts and health check included' --file examples/from-localstack/docker-compose.yml
docker tag pipit localstack/localstack:4.4
suite 0 'even the old file, unchanged, with pipit behind the name of the old image' --file examples/from-localstack/before.yml
docker rmi localstack/localstack:4.4 >/dev/null

echo 'from ElasticMQ'
check 'the old file is one that compose reads' docker compose --file examples/from-elasticmq/before.yml config --quiet
suite 0 'on pipit, with its pipit.yaml' --file examples/from-elasticmq/docker-compose.yml

echo 'TLS'
suite 0 'an app without any endpoint setting, which verifies certificates' --file examples/tls/docker-compose.yml

echo 'record once, replay offline'
played=examples/record-replay
recording=(--file $played/docker-compose.yml --file $played/record.yml --file "$here/another-upstream.yml")
export UPSTREAM=http://aws:3000/sqs
record() { # record FOLDER USER: the example's suite against another pipit in AWS's place; the fixtures go to the folder
  mkdir "$1" && chown "$2" "$1"
  RECORDED=$1 RUN_AS=$2 suite 0 "recorded by user $2" "${recording[@]}"
}
replay() { # replay EXPECTED-EXIT TITLE OVERRIDE...: the example as it stands, on its network without a way out
  local files=(--file $played/docker-compose.yml)
  for override in "${@:3}"; do files+=(--file "$here/$override"); done
  suite "$1" "$2" "${files[@]}"
}
chmod 711 "$folder"
record "$folder/first" 1234:4321
check_is 'the fixture is on the host, and belongs to that user' '1234:4321 644' \
  "$(stat --format '%u:%g %a' "$folder/first/orders/checkout.json")"
record "$folder/second" 1000:1000
check 'two recordings have no difference' diff -r -x .journal "$folder/first" "$folder/second"
check 'and are what is committed' diff -r -x .journal "$folder/first" $played/fixtures
mkdir "$folder/of-root"
RECORDED=$folder/of-root RUN_AS=1234 suite 1 'a folder of somebody else is no place to record' "${recording[@]}"
check_matches 'and the log says what to do' 'fixtures.*: may not be written or read: give it to the user' "$(cat "$log")"
replay 0 'replayed on a network without a way out, the fixtures read-only'
replay 1 'a call that was never recorded, and an app that does not care, fail it' careless-app.yml
check_matches 'and the log says which call' \
  'ListQueues.* is not in the fixture orders/checkout: .*' "$(grep tests_1 "$log" || true)"
replay 1 'what was never recorded does not replay' never-recorded.yml
check_matches 'and the log says what to do' \
  'there is no fixture orders/never \(fixtures/orders/never.json\): record it first' "$(cat "$log")"

echo 'boto3 inside and outside'
export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_EC2_METADATA_DISABLED=true
keys=(--env AWS_ACCESS_KEY_ID --env AWS_SECRET_ACCESS_KEY --env AWS_EC2_METADATA_DISABLED)
docker compose --file "$here/inside-and-outside.yml" up --detach >"$log" 2>&1 || cat "$log"
for _ in $(seq 100); do
  docker compose --file "$here/inside-and-outside.yml" exec -T pipit pipit health >/dev/null 2>&1 && break
  sleep 0.1
done
docker compose --file "$here/inside-and-outside.yml" exec -T pipit pipit ca >"$folder/ca.pem"
chmod -R a+rX "$folder"

inside() { # inside VARIABLE=VALUE... ACTION TEXT: boto3 in a container of the network
  local arguments=()
  while [[ $1 == *=* ]]; do arguments+=(--env "$1") && shift; done
  docker run --rm --network pipit-inside-and-outside --volume "$folder:/ca:ro" \
    "${keys[@]}" --env AWS_DEFAULT_REGION=us-east-1 "${arguments[@]}" pipit-boto3 "$@" 2>&1
}
outside() { # outside VARIABLE=VALUE... ACTION TEXT: boto3 on this machine
  local arguments=()
  while [[ $1 == *=* ]]; do arguments+=("$1") && shift; done
  env AWS_DEFAULT_REGION=us-east-1 "${arguments[@]}" python3 -B "$here/same_queue.py" "$@" 2>&1
}

container_url=http://pipit:3000/sqs/000000000000/emails
host_url=http://localhost:3000/sqs/000000000000/emails
check_is 'sent inside, to an address that works there' "$container_url" \
  "$(inside AWS_ENDPOINT_URL_SQS=http://pipit:3000/sqs/ send 'from inside')"
check_is 'received outside, from an address that works there' "$host_url" \
  "$(outside AWS_ENDPOINT_URL_SQS=http://localhost:3000/sqs/ receive 'from inside')"
check_is 'and the other way: sent outside' "$host_url" \
  "$(outside AWS_ENDPOINT_URL_SQS=http://localhost:3000/sqs/ send 'from outside')"
check_is 'received inside' "$container_url" \
  "$(inside AWS_ENDPOINT_URL_SQS=http://pipit:3000/sqs/ receive 'from outside')"
check_is 'inside without an endpoint setting, over TLS, verified strictly' \
  'https://sqs.us-east-1.amazonaws.com/000000000000/emails' "$(inside AWS_CA_BUNDLE=/ca/ca.pem send 'over TLS')"
check_is 'outside over TLS, verified strictly' 'https://localhost:8443/sqs/000000000000/emails' \
  "$(outside AWS_CA_BUNDLE="$folder/ca.pem" AWS_ENDPOINT_URL_SQS=https://localhost:8443/sqs/ receive 'over TLS')"
check_matches 'without the CA, boto3 refuses' 'CERTIFICATE_VERIFY_FAILED' \
  "$(outside AWS_ENDPOINT_URL_SQS=https://localhost:8443/sqs/ send never || true)"
check_matches 'and pipit says what to do' 'does not trust the certificate: give it the CA' \
  "$(docker compose --file "$here/inside-and-outside.yml" logs --no-color pipit 2>&1)"

checks_done
