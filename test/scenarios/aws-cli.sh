#!/usr/bin/env bash
# The AWS CLI against a gateway of its own: what a person types. Wants `aws` in PATH and a built dist.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/scenarios/checks.sh

start_gateway PIPIT_QUEUES='orders?VisibilityTimeout=5'
export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_PAGER='' AWS_EC2_METADATA_DISABLED=true
sqs() { aws --endpoint-url "$gateway_url/sqs/" --region mock-region --output text sqs "$@"; }

orders=$(sqs get-queue-url --queue-name orders)
check_is 'a declared queue is found in a made-up region' "$gateway_url/sqs/000000000000/orders" "$orders"
check_is 'it has its declared attribute' '5' \
  "$(sqs get-queue-attributes --queue-url "$orders" --attribute-names VisibilityTimeout --query Attributes.VisibilityTimeout)"

sent=$(sqs send-message --queue-url "$orders" --message-body 'hello from a shell' \
  --message-attributes 'kind={DataType=String,StringValue=greeting}' --query MessageId)
check_is 'what was sent is received' "$sent"$'\thello from a shell\tgreeting' \
  "$(sqs receive-message --queue-url "$orders" --message-attribute-names All --visibility-timeout 0 \
    --query 'Messages[0].[MessageId, Body, MessageAttributes.kind.StringValue]')"
handle=$(sqs receive-message --queue-url "$orders" --query 'Messages[0].ReceiptHandle')
check 'it is deleted' sqs delete-message --queue-url "$orders" --receipt-handle "$handle"
check_is 'nothing is left' 'None' "$(sqs receive-message --queue-url "$orders" --query 'Messages')"

mails=$(sqs create-queue --queue-name mails --attributes DelaySeconds=0 --tags team=moon --query QueueUrl)
check_is 'a made queue is listed' "$mails" "$(sqs list-queues --queue-name-prefix mails --query 'QueueUrls')"
check_is 'its tags are kept' 'moon' "$(sqs list-queue-tags --queue-url "$mails" --query Tags.team)"
check_is 'a batch is sent' $'a\tb' "$(sqs send-message-batch --queue-url "$mails" \
  --entries Id=a,MessageBody=one Id=b,MessageBody=two --query 'Successful[].Id')"
check 'a queue is purged' sqs purge-queue --queue-url "$mails"
check 'a queue is deleted' sqs delete-queue --queue-url "$mails"
check_matches 'a missing queue is an error with its code' 'AWS.SimpleQueueService.NonExistentQueue' \
  "$(sqs get-queue-url --queue-name mails 2>&1 || true)"
check_matches 'a bad parameter is an error with its text' 'Must be between 1 and 10, if provided' \
  "$(sqs receive-message --queue-url "$orders" --max-number-of-messages 11 2>&1 || true)"

checks_done
