"""Between a client and the gateway: `pipit monitor`, by its own name and by the one that people know from other tools."""

import re
import sys
import threading
import urllib.request

import boto3
import pytest

from gateway import PROJECT, Pipit


class PortForward(Pipit):
    command = [sys.executable, str(PROJECT / "test" / "integration" / "port_forward.py")]


@pytest.fixture
def forwarded(gateway):
    running = PortForward("0", "localhost", gateway.url.rsplit(":", 1)[1])
    yield running
    assert running.stop() == 0


@pytest.fixture
def sqs(forwarded):
    return boto3.client(
        "sqs",
        endpoint_url=forwarded.url + "/sqs/",
        region_name="moon-base-alpha",
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="wJalrXUtnFEMI",
        aws_session_token="IQoJb3JpZ2luX2Vj",
    )


def printed(running, what):
    """The lines that were printed, once one of them fits."""
    for _ in range(100):
        if any(re.search(what, line) for line in running.printed):
            return list(running.printed)
        threading.Event().wait(0.05)
    raise AssertionError(f"nothing like {what}:\n" + "".join(running.printed))


def test_calls_are_told_of_and_queue_urls_lead_back_through_it(sqs, forwarded, name):
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    assert url.startswith(forwarded.url)
    sqs.send_message(QueueUrl=url, MessageBody="hello")
    lines = printed(forwarded, rf"← 200 .*SendMessage {name} 5B id=")
    came = next(line for line in lines if "→" in line and "SendMessage" in line)
    assert re.search(rf" c\d+ #\d+ → POST sqs SendMessage {name} \d+B \(boto3 ", came)


def test_a_long_poll_is_told_of_before_its_answer(sqs, forwarded, name):
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    poll = threading.Thread(target=lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=3))
    poll.start()
    lines = printed(forwarded, r"… waiting 1\.\ds sqs ReceiveMessage")
    assert any(re.search(r"→ POST sqs ReceiveMessage", line) for line in lines)
    assert not any("← 200" in line and "ReceiveMessage" in line for line in lines)
    poll.join()
    printed(forwarded, rf"← 200 .* 3\.\ds sqs ReceiveMessage {name} empty")


def test_no_credential_is_printed(sqs, forwarded, name):
    sqs.create_queue(QueueName=name)
    text = "".join(printed(forwarded, "← 200 .*CreateQueue"))
    assert not re.search("AKIAIOSFODNN7EXAMPLE|wJalrXUtnFEMI|IQoJb3JpZ2luX2Vj|Signature", text)


def test_a_target_that_is_down_is_one_line_and_the_forward_lives_on():
    monitor = Pipit("monitor", "0", "localhost", "9")
    try:
        for _ in range(2):
            with pytest.raises(OSError), urllib.request.urlopen(monitor.url.replace("localhost", "127.0.0.1"), timeout=5):
                pass
        lines = printed(monitor, "#2 ✗")
        assert len([line for line in lines if "✗" in line]) == 2
        assert "localhost:9 refuses connections" in "".join(lines)
    finally:
        assert monitor.stop() == 0
