"""Two tests on one port with one queue name: each has its own world, by each of the three ways to name it."""

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

WAYS = {
    "path": lambda session: {"path": f"/s/{session}/sqs/"},
    "access key": lambda session: {"key": f"pipit-{session}"},
    # What AWS_SDK_UA_APP_ID and user_agent_appid write; older botocore has neither.
    "user agent": lambda session: {"user_agent_extra": f"app/pipit-{session}"},
}


@pytest.mark.parametrize("way", WAYS)
def test_two_sessions_never_meet(connect, name, way):
    def story(session):
        sqs = connect(**WAYS[way](f"{name}-{session}"))
        queue = sqs.create_queue(QueueName="same-name")["QueueUrl"]
        sent = [f"{session} {i}" for i in range(20)]
        for body in sent:
            sqs.send_message(QueueUrl=queue, MessageBody=body)
        seen = []
        while len(seen) < len(sent):
            seen += [m["Body"] for m in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]]
        assert sorted(seen) == sorted(sent)
        assert "Messages" not in sqs.receive_message(QueueUrl=queue)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(story, ["one", "two"]))


def test_a_session_that_was_made_says_how_to_reach_it(gateway, connect, name):
    request = urllib.request.Request(
        f"{gateway.url}/_pipit/sessions", data=json.dumps({"name": name}).encode(), method="POST"
    )
    with urllib.request.urlopen(request) as answer:
        made = json.load(answer)
    sqs = connect(path=made["endpoint"].removeprefix(gateway.url))
    assert sqs.create_queue(QueueName="mine")["QueueUrl"] == f"{made['endpoint']}000000000000/mine"
    urllib.request.urlopen(urllib.request.Request(f"{gateway.url}/_pipit/sessions/{name}", method="DELETE"))
    assert "QueueUrls" not in connect(path=f"/s/{name}/").list_queues(QueueNamePrefix="mine")
