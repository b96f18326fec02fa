# Neither executable nor with a first line that names a shell: both are common, and both run.
url=$(aws --endpoint-url=http://localhost:4566 --region eu-west-1 sqs get-queue-url --queue-name invoices --output text)
awslocal --region eu-west-1 sqs send-message --queue-url "$url" --message-body 'from an init script'
