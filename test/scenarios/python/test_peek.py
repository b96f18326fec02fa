"""Looking at a queue and waiting for a message from outside of the API, while boto3 uses it."""

import json
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor


def ask(gateway, path, **query):
    with urllib.request.urlopen(f"{gateway.control_url}/_pipit/sqs/queues/{path}?{urllib.parse.urlencode(query)}") as answer:
        return json.load(answer)


def test_looking_changes_nothing(gateway, sqs, queue, name, receive, counts):
    for body in ["one", "two", "three"]:
        sqs.send_message(QueueUrl=queue, MessageBody=body)
    taken = receive(VisibilityTimeout=60)[0]
    before = counts()
    for _ in range(5):
        seen = ask(gateway, f"{name}/messages", region="moon-base-alpha")["messages"]
        assert [(m["body"], m["state"]) for m in seen] == [
            ("one", "inFlight"),
            ("two", "visible"),
            ("three", "visible"),
        ]
    assert counts() == before
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=taken["ReceiptHandle"], VisibilityTimeout=0)
    again = receive(MaxNumberOfMessages=10, AttributeNames=["ApproximateReceiveCount"])
    received = {m["Body"]: m["Attributes"]["ApproximateReceiveCount"] for m in again}
    assert received == {"one": "2", "two": "1", "three": "1"}


def test_a_message_of_another_client_is_waited_for(gateway, connect, queue, name):
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(ask, gateway, f"{name}/wait", match="$.id=7", region="moon-base-alpha")
        other = connect()
        while not waiting.done():
            other.send_message(QueueUrl=queue, MessageBody='{"id": 7}')
        assert json.loads(waiting.result()["messages"][0]["body"]) == {"id": 7}
