"""same_queue.py send|receive TEXT: one side of a queue, with whatever endpoint the environment names. Prints the
QueueUrl, after it has used it as an address by itself, too."""

import os
import sys
import urllib.request

import boto3
from botocore.config import Config

action, text = sys.argv[1:]
sqs = boto3.client("sqs", config=Config(retries={"total_max_attempts": 1}))
url = sqs.get_queue_url(QueueName="emails")["QueueUrl"]
if action == "send":
    sqs.send_message(QueueUrl=url, MessageBody=text)
else:
    (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=10)["Messages"]
    assert message["Body"] == text, message
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

context = None
if url.startswith("https:"):
    import ssl

    context = ssl.create_default_context(cafile=os.environ["AWS_CA_BUNDLE"])
    # What Python does from 3.13 on.
    context.verify_flags |= ssl.VERIFY_X509_STRICT
with urllib.request.urlopen(f"{url}?Action=GetQueueAttributes&AttributeName.1=QueueArn", context=context) as answer:
    assert answer.status == 200
print(url)
