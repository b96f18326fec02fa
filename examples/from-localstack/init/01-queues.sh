#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=eu-west-1

dlq=$(awslocal sqs create-queue --queue-name invoices-dlq --query QueueUrl --output text)
arn=$(awslocal sqs get-queue-attributes --queue-url "$dlq" --attribute-names QueueArn \
  --query Attributes.QueueArn --output text)
awslocal sqs create-queue --queue-name invoices --attributes '{
  "VisibilityTimeout": "1",
  "RedrivePolicy": "{\"deadLetterTargetArn\":\"'"$arn"'\",\"maxReceiveCount\":\"1\"}"
}'
awslocal sqs create-queue --queue-name events.fifo --attributes FifoQueue=true,ContentBasedDeduplication=true
