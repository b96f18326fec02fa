"""A celery worker on pipit: tasks run, a failing one is retried, the queue is empty in the end."""

import os
import subprocess
import sys
import time
from pathlib import Path

import boto3
import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "python"))

from gateway import Gateway  # noqa: E402

EXPECTED = sorted([f"add {i + 1}" for i in range(20)] + ["attempt 0", "attempt 1"])
PATIENCE_SECONDS = 40


@pytest.fixture(scope="module")
def gateway():
    running = Gateway(PIPIT_QUEUES="work")
    yield running
    assert running.stop() == 0, "the gateway ended badly:\n" + "".join(running.printed)


@pytest.mark.parametrize("predefined", ["", "1"], ids=["queues that celery makes", "predefined queues"])
def test_a_worker_empties_its_queue(gateway, tmp_path, predefined):
    results = tmp_path / "results"
    results.touch()
    env = os.environ | {"BROKER": gateway.url, "PREDEFINED": predefined, "RESULTS": str(results)}
    send = "import tasks\nfor i in range(20): tasks.add.delay(i, 1)\ntasks.fails_once.delay()"
    subprocess.run([sys.executable, "-B", "-c", send], cwd=HERE, env=env, check=True, timeout=PATIENCE_SECONDS)
    worker = subprocess.Popen(
        [sys.executable, "-B", "-m", "celery", "-A", "tasks", "worker", "--pool=solo", "--without-mingle", "--without-gossip"],
        cwd=HERE,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(results.read_text().splitlines()) < len(EXPECTED) and time.monotonic() < deadline:
            time.sleep(0.2)
    finally:
        worker.terminate()
        output, _ = worker.communicate(timeout=PATIENCE_SECONDS)
    assert sorted(results.read_text().splitlines()) == EXPECTED, output
    sqs = boto3.client(
        "sqs",
        endpoint_url=gateway.url,
        region_name="moon-base-alpha",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    url = sqs.get_queue_url(QueueName="work")["QueueUrl"]
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    names = ["", "NotVisible", "Delayed"]
    assert [counts[f"ApproximateNumberOfMessages{name}"] for name in names] == ["0", "0", "0"], output
