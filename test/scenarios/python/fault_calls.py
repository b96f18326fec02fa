"""What boto3 makes of a call with a fault in its way: every row of the matrix, in a session of its own, side by side."""

import json
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ROWS = json.loads((Path(__file__).parents[1] / "faults" / "matrix.json").read_text())
# Where it is not the waiting that is looked at, a machine with much to do must not look like a fault.
PATIENCE = 20
MODES = ["legacy", "standard"]
# Clients are made one after the other: boto3's loaders are shared.
_making = Lock()


def every_call(url):
    """Tries that reached the gateway, what the caller saw, messages stored: by row and mode."""
    keys = [(index, mode) for index in range(len(ROWS)) for mode in MODES]
    with ThreadPoolExecutor(len(keys)) as pool:
        calls = pool.map(lambda key: one_call(url, f"{key[1]}-{key[0]}", key[1], ROWS[key[0]]), keys)
        return dict(zip(keys, calls))


def one_call(url, session, mode, row):
    world = f"{url}/s/{session}"
    rule = {"id": "fault", "on": {"operation": "SendMessage"}, "do": row["do"]}
    control(f"{world}/_pipit/faults", json.dumps(rule).encode())
    with _making:
        sqs = boto3.client(
            "sqs",
            endpoint_url=f"{world}/sqs/",
            region_name="us-east-1",
            aws_access_key_id="any",
            aws_secret_access_key="any",
            config=Config(
                connect_timeout=PATIENCE,
                read_timeout=row.get("patienceSeconds", PATIENCE),
                retries={"mode": mode, "total_max_attempts": 3},
            ),
        )
    sees = sent(sqs)
    return [tries(world), sees, stored(world)]


def sent(sqs):
    try:
        answer = sqs.send_message(QueueUrl="/000000000000/orders", MessageBody="hello")
    except ClientError as error:
        return error.response["Error"]["Code"]
    except Exception as error:
        return type(error).__name__
    return "success" if "MessageId" in answer else "success without MessageId"


def tries(world):
    before = -1
    while True:
        seen = len(control(f"{world}/_pipit/journal?filter=op=SendMessage")["exchanges"])
        if seen == before:
            return seen
        before = seen
        # A try that its client gave up is written down a moment after the client went.
        time.sleep(0.2)


def stored(world):
    queues = control(f"{world}/_pipit/sqs/queues")["queues"]
    return sum(queue["counts"]["visible"] for queue in queues if queue["name"] == "orders")


def control(url, body=None):
    with urllib.request.urlopen(url, body) as answer:
        return json.loads(answer.read())
