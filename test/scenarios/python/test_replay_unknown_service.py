"""A service that pipit knows nothing of, recorded and played: DynamoDB, of moto or of the few lines below."""

import json
import os
import threading
import time
import urllib.request
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from gateway import Gateway

THROUGH = os.environ.get("PIPIT_THROUGH", "")
if THROUGH not in ("", "moto") or os.environ.get("THROUGH_MONITOR") == "1":
    pytest.skip("recordings are made against a table of its own, and against moto", allow_module_level=True)


class Table(BaseHTTPRequestHandler):
    """As much of DynamoDB as the suite asks for."""

    protocol_version = "HTTP/1.1"
    items = {}

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, told = getattr(self, self.headers["X-Amz-Target"].split(".")[-1])(**asked)
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("x-amzn-RequestId", str(uuid.uuid4()))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def CreateTable(self, TableName, **more):
        return 200, {"TableDescription": {"TableName": TableName, "TableId": str(uuid.uuid4()), **more}}

    def PutItem(self, Item, ConditionExpression=None, **_):
        if ConditionExpression is not None and Item["id"]["S"] in self.items:
            kind = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"
            return 400, {"__type": kind, "message": "The conditional request failed"}
        self.items[Item["id"]["S"]] = Item
        return 200, {}

    def GetItem(self, Key, **_):
        item = self.items.get(Key["id"]["S"])
        return 200, {} if item is None else {"Item": item}

    def DeleteItem(self, Key, **_):
        self.items.pop(Key["id"]["S"], None)
        return 200, {}

    def log_message(self, *_):
        pass


@contextmanager
def table():
    if THROUGH == "moto":
        moto_server = pytest.importorskip("moto.server", reason="moto is not installed here")
        far = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        far.start()
        host, port = far.get_host_and_port()
        # What one server of moto's holds all of a process have.
        reset = urllib.request.Request(f"http://{host}:{port}/moto-api/reset", method="POST")
        urllib.request.urlopen(reset).close()
        yield f"http://{host}:{port}"
        far.stop()
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), Table)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def client(url):
    return boto3.client(
        "dynamodb",
        endpoint_url=url,
        region_name="eu-west-1",
        aws_access_key_id="fake",
        aws_secret_access_key="fake",
        config=Config(retries={"total_max_attempts": 3}),
    )


def suite(dynamodb, looks=1):
    dynamodb.create_table(
        TableName="orders",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    ids = [str(uuid.uuid4()) for _ in range(2)]
    for each in ids:
        item = {"id": {"S": each}, "at": {"N": str(int(time.time() * 1000))}, "state": {"S": "new"}}
        dynamodb.put_item(TableName="orders", Item=item, ConditionExpression="attribute_not_exists(id)")
        for _ in range(looks):
            found = dynamodb.get_item(TableName="orders", Key={"id": {"S": each}})["Item"]
            assert (found["id"]["S"], found["state"]["S"]) == (each, "new")
    with pytest.raises(ClientError) as refused:
        dynamodb.put_item(TableName="orders", Item=item, ConditionExpression="attribute_not_exists(id)")
    assert refused.value.response["Error"]["Code"] == "ConditionalCheckFailedException"
    dynamodb.put_item(TableName="orders", Item=item | {"state": {"S": "paid"}})
    for _ in range(looks):
        assert dynamodb.get_item(TableName="orders", Key={"id": {"S": ids[1]}})["Item"]["state"]["S"] == "paid"
    dynamodb.delete_item(TableName="orders", Key={"id": {"S": ids[0]}})
    for _ in range(looks):
        assert "Item" not in dynamodb.get_item(TableName="orders", Key={"id": {"S": ids[0]}})


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    """Two of them, of the same suite."""
    folders = [tmp_path_factory.mktemp("fixtures") for _ in range(2)]
    for folder in folders:
        Table.items = {}
        with table() as url:
            recorder = Gateway("--mode", "record", "--upstream", url, "--fixture", "orders", "--fixtures", str(folder))
            suite(client(recorder.url))
            assert recorder.stop() == 0
    return folders


def test_two_recordings_have_no_difference(recordings):
    first, second = ((folder / "orders.json").read_text() for folder in recordings)
    assert first == second
    assert "{{uuid.1}}" in first and "fake" not in first


@pytest.mark.parametrize("looks", [1, 3])
def test_it_is_played_with_other_ids_and_as_many_looks_as_anybody_wants(recordings, looks):
    player = Gateway("--mode", "replay", "--fixture", "orders", "--fixtures", str(recordings[0]))
    try:
        suite(client(player.url), looks)
    finally:
        code = player.stop()
    assert code == 0, "".join(player.printed)


def test_what_was_not_recorded_is_a_miss_in_one_attempt(recordings):
    player = Gateway("--mode", "replay", "--fixture", "orders", "--fixtures", str(recordings[0]))
    with pytest.raises(ClientError) as refused:
        client(player.url).get_item(TableName="refunds", Key={"id": {"S": str(uuid.uuid4())}})
    error = refused.value.response
    assert error["Error"]["Code"] == "PipitFixtureMiss"
    assert 'TableName "orders", and here it is "refunds"' in error["Error"]["Message"]
    assert error["ResponseMetadata"]["RetryAttempts"] == 0
    assert player.stop() == 4
