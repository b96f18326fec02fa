"""FIFO queues, dead-letter queues and the way back."""

import json
import time

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def fifo(sqs, name):
    attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    return sqs.create_queue(QueueName=f"{name}.fifo", Attributes=attributes)["QueueUrl"]


def bodies(sqs, queue, **options):
    messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, **options).get("Messages", [])
    return [message["Body"] for message in messages]


def arn(sqs, queue):
    return sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def test_a_group_keeps_its_order_and_waits_for_its_head(sqs, fifo):
    for body in ("1", "2", "3"):
        sqs.send_message(QueueUrl=fifo, MessageBody=body, MessageGroupId="a")
    (head,) = sqs.receive_message(QueueUrl=fifo)["Messages"]
    assert head["Body"] == "1"
    sqs.send_message(QueueUrl=fifo, MessageBody="other group", MessageGroupId="b")
    assert bodies(sqs, fifo) == ["other group"]
    sqs.delete_message(QueueUrl=fifo, ReceiptHandle=head["ReceiptHandle"])
    assert bodies(sqs, fifo) == ["2", "3"]


def test_the_same_message_twice_is_one(sqs, fifo):
    first = sqs.send_message(QueueUrl=fifo, MessageBody="once", MessageGroupId="a")
    again = sqs.send_message(QueueUrl=fifo, MessageBody="once", MessageGroupId="a")
    assert (again["MessageId"], again["SequenceNumber"]) == (first["MessageId"], first["SequenceNumber"])
    assert bodies(sqs, fifo) == ["once"]


def test_a_fifo_message_needs_its_group(sqs, fifo):
    with pytest.raises(ClientError) as caught:
        sqs.send_message(QueueUrl=fifo, MessageBody="x")
    assert caught.value.response["Error"]["Code"] == "MissingParameter"


def test_what_is_received_too_often_goes_to_the_dead_letter_queue_and_back(sqs, queue, name):
    dead = sqs.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
    policy = {"deadLetterTargetArn": arn(sqs, dead), "maxReceiveCount": 2}
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": json.dumps(policy)})
    assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [queue]
    sqs.send_message(QueueUrl=queue, MessageBody="poison")
    for expected in (["poison"], ["poison"], []):
        assert bodies(sqs, queue, VisibilityTimeout=0) == expected
    assert bodies(sqs, dead, VisibilityTimeout=0) == ["poison"]

    sqs.start_message_move_task(SourceArn=arn(sqs, dead))
    assert bodies(sqs, queue, WaitTimeSeconds=5) == ["poison"]
    deadline = time.monotonic() + 5
    while (task := sqs.list_message_move_tasks(SourceArn=arn(sqs, dead))["Results"][0])["Status"] == "RUNNING":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert (task["Status"], task["ApproximateNumberOfMessagesMoved"]) == ("COMPLETED", 1)
