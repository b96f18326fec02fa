"""
The suites of ../suites/suites.ts as a Python program has them, for whatever speaks as a boto3 client does: boto3, and the
AWS CLI behind the same words. What they assert they assert wherever they run.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import boto3
from botocore.config import Config

from gateway import PROJECT

REGION = "eu-west-1"
KEYS = {"AWS_ACCESS_KEY_ID": "fake", "AWS_SECRET_ACCESS_KEY": "fake", "AWS_DEFAULT_REGION": REGION}
AWS = shutil.which("aws", path=Path(sys.executable).parent)


def client(url):
    return boto3.client(
        "sqs",
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id="fake",
        aws_secret_access_key="fake",
        config=Config(max_pool_connections=20),
    )


class Cli:
    """`aws sqs send-message` as `send_message`."""

    class Refused(Exception):
        pass

    def __init__(self, url):
        self._url = url

    def __getattr__(self, name):
        def call(**members):
            words = ["--endpoint-url", self._url, "--output", "json", "sqs", name.replace("_", "-")]
            env = os.environ | KEYS | {"AWS_PAGER": "", "AWS_EC2_METADATA_DISABLED": "true"}
            done = subprocess.run(
                [AWS, *words, "--cli-input-json", json.dumps(members)], env=env, capture_output=True, text=True
            )
            if done.returncode != 0:
                raise Cli.Refused(done.stderr.strip())
            return json.loads(done.stdout) if done.stdout.strip() else {}

        return call


def receive(sqs, queue, most=10, waits=0):
    answer = sqs.receive_message(
        QueueUrl=queue,
        MaxNumberOfMessages=most,
        WaitTimeSeconds=waits,
        AttributeNames=["All"],
        MessageAttributeNames=["All"],
    )
    return answer.get("Messages", [])


def only(sqs, queue, **more):
    for _ in range(50):
        if messages := receive(sqs, queue, **more):
            (message,) = messages
            return message
    raise AssertionError("nothing has come")


def checkout(sqs, most=10, waits=1, polls=0):
    orders = sqs.create_queue(QueueName="orders", Attributes={"VisibilityTimeout": "30"})["QueueUrl"]
    mails = sqs.create_queue(QueueName="mails")["QueueUrl"]
    for _ in range(polls):
        assert receive(sqs, orders, most) == []
    order = {
        "id": str(uuid.uuid4()),
        "at": time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.time_ns() // 1_000_000 % 1000:03}Z",
        "lines": [{"sku": "mug", "count": 2}],
        "card": {"token": str(uuid.uuid4())},
    }
    body = json.dumps(order)
    kind = {"kind": {"DataType": "String", "StringValue": "checkout"}}
    sqs.send_message(QueueUrl=orders, MessageBody=body, MessageAttributes=kind)
    first = only(sqs, orders, most=most, waits=waits)
    sqs.change_message_visibility(QueueUrl=orders, ReceiptHandle=first["ReceiptHandle"], VisibilityTimeout=0)
    again = only(sqs, orders, most=most, waits=waits)
    assert (again["MessageId"], again["Body"]) == (first["MessageId"], body)
    assert again["Attributes"]["ApproximateReceiveCount"] == "2"
    assert again["MessageAttributes"]["kind"]["StringValue"] == "checkout"
    sqs.send_message(QueueUrl=mails, MessageBody=json.dumps({"order": order["id"], "sent": int(time.time() * 1000)}))
    sqs.delete_message(QueueUrl=orders, ReceiptHandle=again["ReceiptHandle"])
    assert json.loads(only(sqs, mails, most=most, waits=waits)["Body"])["order"] == order["id"]
    attributes = sqs.get_queue_attributes(QueueUrl=orders, AttributeNames=["All"])["Attributes"]
    assert (attributes["ApproximateNumberOfMessages"], attributes["VisibilityTimeout"]) == ("0", "30")
    try:
        sqs.get_queue_url(QueueName="refunds")
    except Exception as error:
        assert "NonExistentQueue" in str(error) or "QueueDoesNotExist" in str(error), error
    else:
        raise AssertionError("there are no refunds")


def rush(sqs, most=3, waits=1, workers=2, backwards=False):
    """Several workers on one queue, batches, a poison message and a FIFO queue."""
    dead = sqs.create_queue(QueueName="rush-dlq")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 2})
    rushed = sqs.create_queue(QueueName="rush", Attributes={"RedrivePolicy": redrive})["QueueUrl"]
    fifo = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    events = sqs.create_queue(QueueName="rush-events.fifo", Attributes=fifo)["QueueUrl"]
    orders = [{"id": str(uuid.uuid4()), "n": n, "poison": n == 5} for n in range(8)]
    sent = orders[::-1] if backwards else orders
    done, seen = set(), {}

    def work():
        while len(done) < len(orders):
            for message in receive(sqs, rushed, most, waits if len(done) < len(orders) - 1 else 0):
                order = json.loads(message["Body"])
                seen[order["id"]] = seen.get(order["id"], 0) + 1
                handle = {"QueueUrl": rushed, "ReceiptHandle": message["ReceiptHandle"]}
                if order["poison"]:
                    sqs.change_message_visibility(**handle, VisibilityTimeout=0)
                    if seen[order["id"]] == 2:
                        done.add(order["id"])
                    continue
                sqs.delete_message(**handle)
                done.add(order["id"])

    def produce():
        for order in sent[:3]:
            sqs.send_message(QueueUrl=rushed, MessageBody=json.dumps(order))
        entries = [{"Id": str(index), "MessageBody": json.dumps(order)} for index, order in enumerate(sent[3:])]
        assert len(sqs.send_message_batch(QueueUrl=rushed, Entries=entries)["Successful"]) == 5

    def in_order():
        for body in ["created", "paid", "shipped"]:
            sqs.send_message(QueueUrl=events, MessageBody=body, MessageGroupId="order-1")
        bodies = []
        while len(bodies) < 3:
            if messages := receive(sqs, events, 10, 1):
                bodies.extend(message["Body"] for message in messages)
                entries = [{"Id": str(n), "ReceiptHandle": each["ReceiptHandle"]} for n, each in enumerate(messages)]
                sqs.delete_message_batch(QueueUrl=events, Entries=entries)
        assert bodies == ["created", "paid", "shipped"]

    together(produce, in_order, *[work] * workers)
    # Looking for a message that has come often enough moves it.
    receive(sqs, rushed, most)
    poisoned = only(sqs, dead, most=most, waits=waits)
    assert json.loads(poisoned["Body"])["n"] == 5
    sqs.delete_message(QueueUrl=dead, ReceiptHandle=poisoned["ReceiptHandle"])
    for queue in [rushed, dead, events]:
        sqs.delete_queue(QueueUrl=queue)


def jobs(sqs, most=2, waits=2, workers=1, count=4):
    """A few jobs and workers that end when all are done: short enough for a client that starts a process for each call."""
    queue = sqs.create_queue(QueueName="jobs")["QueueUrl"]
    ids = [str(uuid.uuid4()) for _ in range(count)]
    done = []

    def work():
        while len(done) < count:
            for message in receive(sqs, queue, most, waits):
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                done.append(json.loads(message["Body"])["id"])

    def produce():
        for each in ids:
            sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"id": each, "at": time.time()}))

    together(produce, *[work] * workers)
    assert sorted(done) == sorted(ids)


def together(*runs):
    """All at once; what one of them throws ends it."""
    failures = []

    def guarded(run):
        try:
            run()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(run,), daemon=True) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive() and not failures:
            thread.join(0.05)
    if failures:
        raise failures[0]


def javascript(url, suite, **variation):
    """The suite of the same name, by the JavaScript SDK. Its variations have other names."""
    names = {"most": "max", "polls": "vainPolls", "backwards": "isReversed"}
    script = """
        const { clientOf, ...suites } = await import(process.argv[1])
        const client = clientOf(process.argv[2])
        await suites[process.argv[3]](client, JSON.parse(process.argv[4]))
        client.destroy()
    """
    told = json.dumps({names.get(name, name): value for name, value in variation.items()})
    module = (PROJECT / "dist/test/scenarios/suites/suites.js").as_uri()
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script, module, url, suite, told], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


SUITES = {"checkout": checkout, "rush": rush, "jobs": jobs}
SDKS = {
    "boto3": lambda url, suite, **variation: SUITES[suite](client(url), **variation),
    "cli": lambda url, suite, **variation: SUITES[suite](Cli(url), **variation),
    "javascript": javascript,
}
