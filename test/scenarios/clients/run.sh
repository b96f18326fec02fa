#!/usr/bin/env bash
# run.sh go|java|javascript-sdks: the scenario of one more client against a gateway of its own. Wants a built dist.
set -euo pipefail
cd "$(dirname "$0")/../../.."
source test/scenarios/checks.sh
work=${CI_WORK:-$(mktemp -d)}

start_gateway PIPIT_LOG_LEVEL=info
export ENDPOINT=$gateway_url/sqs/
case ${1:-} in
  go) (cd test/scenarios/clients/go && go run .) ;;
  java) (cd test/scenarios/clients/java && mvn -q -B "-Dbuild.folder=$work/java" compile exec:java) ;;
  javascript-sdks)
    # The last and an old release of both SDKs: v3new and v2new speak JSON, v3old and v2old query. Their 32 checks are
    # kept beside the project, like the Docker engine; without them this stage cannot say what it is asked.
    [[ -d ../shared/clients ]] || { echo 'the checks are not beside this checkout: ../shared/clients'; exit 1; }
    npm install --prefix "$work/sdks" --no-audit --no-fund --silent \
      v3new@npm:@aws-sdk/client-sqs@3.1169.0 v3old@npm:@aws-sdk/client-sqs@3.398.0 \
      v2new@npm:aws-sdk@2.1693.0 v2old@npm:aws-sdk@2.1400.0
    for endpoint in "$gateway_url" "$gateway_url/sqs"; do
      for client in v3new v3old v2new v2old; do
        results=$(CLIENTS=$work/sdks ENDPOINT=$endpoint ../shared/clients/run-client-matrix.sh "$client")
        printf '%s\n' "$results" | grep -v '^ok' || true
        check_is "$client at $endpoint: 32 checks" "$client: 32 passed, 0 failed" "$(tail -n 1 <<<"$results")"
      done
    done
    checks_done
    ;;
  *)
    sed -n 2p "$0"
    exit 2
    ;;
esac
