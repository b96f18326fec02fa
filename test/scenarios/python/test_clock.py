"""Days of a queue's life in the time of a request: the clock is moved on over HTTP while boto3 polls."""

import json
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from gateway import Gateway

SECONDS_ALLOWED = 1.0


@pytest.fixture(scope="module")
def strict():
    running = Gateway(PIPIT_STRICT="1")
    yield running
    assert running.stop() == 0


@pytest.fixture
def world(strict, name):
    return World(strict.url, name)


class World:
    def __init__(self, url, session):
        self.url = f"{url}/s/{session}"
        self.sqs = boto3.client(
            "sqs",
            endpoint_url=f"{self.url}/sqs/",
            region_name="us-east-1",
            aws_access_key_id="any",
            aws_secret_access_key="any",
            config=Config(retries={"total_max_attempts": 1}),
        )

    def advance(self, by):
        request = urllib.request.Request(
            f"{self.url}/_pipit/clock", data=json.dumps({"advance": by}).encode(), method="POST"
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def receive(self, queue, **options):
        return [m["Body"] for m in self.sqs.receive_message(QueueUrl=queue, **options).get("Messages", [])]


def code_of(refused):
    return refused.value.response["Error"]["Code"]


def test_all_of_it_takes_no_time(world):
    started = time.monotonic()
    sqs = world.sqs

    # 14 days of retention
    kept = sqs.create_queue(QueueName="kept", Attributes={"MessageRetentionPeriod": str(14 * 86400)})["QueueUrl"]
    sqs.send_message(QueueUrl=kept, MessageBody="old")
    world.advance("13d23h59m")
    assert world.receive(kept, VisibilityTimeout=0) == ["old"]
    world.advance("1m")
    assert world.receive(kept) == []

    # 12 hours of visibility
    sqs.send_message(QueueUrl=kept, MessageBody="hidden")
    assert world.receive(kept, VisibilityTimeout=43200) == ["hidden"]
    world.advance("11h59m59s")
    assert world.receive(kept) == []
    world.advance("1s")
    assert world.receive(kept) == ["hidden"]

    # the five minutes of deduplication
    fifo = sqs.create_queue(QueueName="once.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    send = lambda body: sqs.send_message(
        QueueUrl=fifo, MessageBody=body, MessageGroupId="g", MessageDeduplicationId="d"
    )["MessageId"]
    first = send("one")
    world.advance("4m59s")
    assert send("two") == first
    world.advance("2s")
    assert send("three") != first

    # the sixty seconds between purges, and before a name is free again
    sqs.purge_queue(QueueUrl=kept)
    with pytest.raises(ClientError) as refused:
        sqs.purge_queue(QueueUrl=kept)
    assert code_of(refused) == "AWS.SimpleQueueService.PurgeQueueInProgress"
    sqs.delete_queue(QueueUrl=kept)
    with pytest.raises(ClientError) as refused:
        sqs.create_queue(QueueName="kept")
    assert code_of(refused) == "AWS.SimpleQueueService.QueueDeletedRecently"
    world.advance("61s")
    sqs.create_queue(QueueName="kept")

    assert time.monotonic() - started < 5 * SECONDS_ALLOWED


def test_a_poll_that_waits_gets_what_time_brings(world):
    queue = world.sqs.create_queue(QueueName="later")["QueueUrl"]
    world.sqs.send_message(QueueUrl=queue, MessageBody="in ten seconds", DelaySeconds=10)
    with ThreadPoolExecutor(1) as threads:
        poll = threads.submit(world.receive, queue, WaitTimeSeconds=20)
        while not poll.done():
            world.advance("1s")
        assert poll.result() == ["in ten seconds"]
