"""Recordings of the JavaScript SDK's suites (../suites/suites.ts), played to boto3; and boto3's own, recorded and played."""

import json
import os
import subprocess
import threading
import time
import uuid

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from gateway import PROJECT, Gateway

COMMITTED = str(PROJECT / "fixtures")


def client(url):
    return boto3.client(
        "sqs",
        endpoint_url=url + "/sqs/",
        region_name="eu-west-1",
        aws_access_key_id="fake",
        aws_secret_access_key="fake",
        config=Config(max_pool_connections=20),
    )


def one(sqs, queue, **more):
    for _ in range(50):
        answer = sqs.receive_message(QueueUrl=queue, AttributeNames=["All"], MessageAttributeNames=["All"], **more)
        if messages := answer.get("Messages"):
            (message,) = messages
            return message
    raise AssertionError("nothing has come")


def checkout(sqs, polls=0):
    orders = sqs.create_queue(QueueName="orders", Attributes={"VisibilityTimeout": "30"})["QueueUrl"]
    mails = sqs.create_queue(QueueName="mails")["QueueUrl"]
    for _ in range(polls):
        assert "Messages" not in sqs.receive_message(QueueUrl=orders)
    order = {
        "id": str(uuid.uuid4()),
        "at": "2026-11-22T10:00:00.123Z",
        "lines": [{"sku": "mug", "count": 2}],
        "card": {"token": uuid.uuid4().hex},
    }
    body = json.dumps(order)
    sqs.send_message(
        QueueUrl=orders,
        MessageBody=body,
        MessageAttributes={"kind": {"DataType": "String", "StringValue": "checkout"}},
    )
    first = one(sqs, orders)
    sqs.change_message_visibility(QueueUrl=orders, ReceiptHandle=first["ReceiptHandle"], VisibilityTimeout=0)
    again = one(sqs, orders, MaxNumberOfMessages=10)
    assert (again["MessageId"], again["Body"]) == (first["MessageId"], body)
    assert again["Attributes"]["ApproximateReceiveCount"] == "2"
    sqs.send_message(QueueUrl=mails, MessageBody=json.dumps({"order": order["id"], "sent": int(time.time() * 1000)}))
    sqs.delete_message(QueueUrl=orders, ReceiptHandle=again["ReceiptHandle"])
    assert json.loads(one(sqs, mails)["Body"])["order"] == order["id"]
    attributes = sqs.get_queue_attributes(QueueUrl=orders, AttributeNames=["All"])["Attributes"]
    assert attributes["ApproximateNumberOfMessages"] == "0"
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        sqs.get_queue_url(QueueName="refunds")


@pytest.mark.parametrize("polls", [0, 2])
def test_a_recording_of_the_javascript_sdk_is_played_to_boto3(polls):
    gateway = Gateway("--mode", "replay", "--fixture", "orders/checkout", "--fixtures", COMMITTED)
    try:
        checkout(client(gateway.url), polls)
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


def test_a_recording_is_played_to_the_aws_cli():
    gateway = Gateway("--mode", "replay", "--fixture", "orders/checkout", "--fixtures", COMMITTED)
    keys = {"AWS_ACCESS_KEY_ID": "fake", "AWS_SECRET_ACCESS_KEY": "fake", "AWS_DEFAULT_REGION": "eu-west-1"}

    def aws(*words):
        command = ["aws", "--endpoint-url", gateway.url + "/sqs/", "sqs", *words]
        told = subprocess.run(command, env=os.environ | keys, capture_output=True, text=True, check=True).stdout
        return json.loads(told) if told.strip() else {}

    try:
        orders = aws("create-queue", "--queue-name", "orders", "--attributes", "VisibilityTimeout=30")["QueueUrl"]
        body = {"id": str(uuid.uuid4()), "at": "2026-11-22T10:00:00Z", "lines": [{"sku": "mug", "count": 2}]}
        body["card"] = {"token": "x"}
        kind = json.dumps({"kind": {"DataType": "String", "StringValue": "checkout"}})
        sent = ["--message-body", json.dumps(body, indent=1), "--message-attributes", kind]
        aws("send-message", "--queue-url", orders, *sent)
        (message,) = aws("receive-message", "--queue-url", orders)["Messages"]
        assert message["Body"] == json.dumps(body, indent=1)
        with pytest.raises(subprocess.CalledProcessError) as refused:
            aws("purge-queue", "--queue-url", orders)
        assert "PipitFixtureMiss" in refused.value.stderr
    finally:
        assert gateway.stop() == 4
