"""Recordings of the JavaScript SDK's suites (../suites/suites.ts), played to boto3; and boto3's own, recorded and played."""

import json
import threading
import time
import uuid

import pytest
from botocore.exceptions import ClientError

import replay_suites
from gateway import PROJECT, Gateway
from replay_suites import AWS, Cli, checkout

COMMITTED = str(PROJECT / "fixtures")


def client(url):
    return replay_suites.client(url + "/sqs/")


@pytest.mark.parametrize("polls", [0, 2])
def test_a_recording_of_the_javascript_sdk_is_played_to_boto3(polls):
    gateway = Gateway("--mode", "replay", "--fixture", "orders/checkout", "--fixtures", COMMITTED)
    try:
        checkout(client(gateway.url), polls=polls)
    finally:
        code = gateway.stop()
    assert code == 0, "".join(gateway.printed)


def workers(sqs, count):
    """Several workers on one queue, fresh ids and times in every body."""
    queue = sqs.create_queue(QueueName=f"jobs-{uuid.uuid4().hex}", Attributes={"VisibilityTimeout": "20"})["QueueUrl"]
    done, failures = [], []

    def work():
        while len(done) < 9:
            answer = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=2, WaitTimeSeconds=1 if len(done) < 6 else 0)
            for message in answer.get("Messages", []):
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                done.append(json.loads(message["Body"])["id"])

    def guarded():
        try:
            work()
        except ClientError as error:
            failures.append(error)
            done.extend([None] * 9)

    threads = [threading.Thread(target=guarded) for _ in range(count)]
    for thread in threads:
        thread.start()
    ids = [str(uuid.uuid4()) for _ in range(9)]
    for number, each in enumerate(ids):
        sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"id": each, "n": number % 3, "at": time.time()}))
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(done) == sorted(ids)


def test_a_suite_with_fresh_ids_is_recorded_and_played_by_more_workers(tmp_path):
    upstream = Gateway()
    recorder = Gateway(
        "--mode", "record", "--upstream", upstream.url + "/sqs", "--fixture", "jobs", "--fixtures", str(tmp_path)
    )
    workers(client(recorder.url), 2)
    assert recorder.stop() == 0
    upstream.stop()
    for count in (1, 4):
        player = Gateway("--mode", "replay", "--fixture", "jobs", "--fixtures", str(tmp_path))
        try:
            workers(client(player.url), count)
        finally:
            code = player.stop()
        assert code == 0, "".join(player.printed)


@pytest.mark.parametrize("drained", [1, 2])
def test_a_send_whose_answer_was_lost_upstream_is_played_as_the_one_send_that_it_was(tmp_path, drained):
    """Two messages are in the queue when it is recorded, and the client has heard of one of them only."""

    def suite(sqs, most):
        queue = sqs.create_queue(QueueName="jobs")["QueueUrl"]
        body = json.dumps({"id": str(uuid.uuid4())})
        sqs.send_message(QueueUrl=queue, MessageBody=body)
        seen = []
        while len(seen) < drained:
            answer = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=most)
            for message in answer.get("Messages", []):
                assert message["Body"] == body
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                seen.append(message["MessageId"])

    upstream = Gateway("--fault", "sqs.SendMessage attempt=1 reset after-commit")
    recorder = Gateway(
        "--mode", "record", "--upstream", upstream.url + "/sqs", "--fixture", "lost", "--fixtures", str(tmp_path)
    )
    suite(client(recorder.url), 1)
    assert recorder.stop() == 0
    assert upstream.stop() == 0
    assert any("DUPLICATE in queue" in line for line in upstream.printed)
    for most in (1, 10, 1):
        player = Gateway("--mode", "replay", "--fixture", "lost", "--fixtures", str(tmp_path))
        try:
            suite(client(player.url), most)
        finally:
            code = player.stop()
        assert code == 0, "".join(player.printed)


def test_what_s3_would_send_comes_when_the_client_has_done_what_makes_it_come(tmp_path):
    """A message whose send nobody has recorded, between two that the client sends itself."""
    upstream = Gateway()

    def s3_event(key):
        s3 = {"bucket": {"name": "uploads"}, "object": {"key": key, "eTag": uuid.uuid4().hex, "size": 1024}}
        at = time.strftime("%Y-%m-%dT%H:%M:%S.123Z", time.gmtime())
        return json.dumps({"Records": [{"eventSource": "aws:s3", "eventTime": at, "s3": s3}]})

    def suite(sqs, upload, most=10):
        uploads = sqs.create_queue(QueueName="uploads")["QueueUrl"]
        assert "Messages" not in sqs.receive_message(QueueUrl=uploads)
        key = f"photos/{uuid.uuid4()}.png"
        sqs.send_message(QueueUrl=uploads, MessageBody=json.dumps({"expect": key}))
        expected = replay_suites.only(sqs, uploads, most=most)
        assert json.loads(expected["Body"]) == {"expect": key}
        sqs.delete_message(QueueUrl=uploads, ReceiptHandle=expected["ReceiptHandle"])
        upload(key)
        event = replay_suites.only(sqs, uploads, most=most, waits=1)
        (record,) = json.loads(event["Body"])["Records"]
        assert record["s3"]["object"]["key"] == key, "the key is the one of this run"
        assert event["Attributes"]["ApproximateReceiveCount"] == "1"
        sqs.change_message_visibility(QueueUrl=uploads, ReceiptHandle=event["ReceiptHandle"], VisibilityTimeout=0)
        again = replay_suites.only(sqs, uploads, most=most)
        assert (again["MessageId"], again["Body"]) == (event["MessageId"], event["Body"])
        sqs.delete_message(QueueUrl=uploads, ReceiptHandle=again["ReceiptHandle"])
        sqs.send_message(QueueUrl=uploads, MessageBody=json.dumps({"done": key}))
        assert json.loads(replay_suites.only(sqs, uploads, most=most)["Body"]) == {"done": key}

    def from_outside(key):
        there = client(upstream.url)
        there.send_message(QueueUrl=there.get_queue_url(QueueName="uploads")["QueueUrl"], MessageBody=s3_event(key))

    recorder = Gateway(
        "--mode", "record", "--upstream", upstream.url + "/sqs", "--fixture", "s3", "--fixtures", str(tmp_path)
    )
    suite(client(recorder.url), from_outside)
    assert recorder.stop() == 0
    upstream.stop()
    for most in (10, 1):
        player = Gateway("--mode", "replay", "--fixture", "s3", "--fixtures", str(tmp_path))
        try:
            suite(client(player.url), lambda key: None, most)
        finally:
            code = player.stop()
        assert code == 0, "".join(player.printed)


def test_a_miss_costs_one_attempt_and_says_what_is_different():
    gateway = Gateway("--mode", "replay", "--fixture", "orders/checkout", "--fixtures", COMMITTED)
    sqs = client(gateway.url)
    started = time.monotonic()
    with pytest.raises(ClientError) as refused:
        sqs.create_queue(QueueName="orders", Attributes={"VisibilityTimeout": "31"})
    assert time.monotonic() - started < 2
    error = refused.value.response["Error"]
    assert error["Code"] == "PipitFixtureMiss"
    assert 'has Attributes.VisibilityTimeout "30", and here it is "31"' in error["Message"]
    assert refused.value.response["ResponseMetadata"]["RetryAttempts"] == 0
    assert gateway.stop() == 4


@pytest.mark.skipif(AWS is None, reason="the AWS CLI is not installed here")
def test_a_recording_is_played_to_the_aws_cli():
    gateway = Gateway("--mode", "replay", "--fixture", "orders/checkout", "--fixtures", COMMITTED)
    aws = Cli(gateway.url + "/sqs/")
    try:
        checkout(aws)
        with pytest.raises(Cli.Refused, match="PipitFixtureMiss"):
            aws.purge_queue(QueueUrl=gateway.url + "/sqs/000000000000/orders")
    finally:
        assert gateway.stop() == 4
