"""
Suites as people have them, for boto3: every run has other ids, times and turns, and `vary` makes it another run on purpose.
"""

import base64
import hashlib
import json
import random
import string
import threading
import time
import uuid
from dataclasses import dataclass

import pytest
from botocore.exceptions import ClientError

from replay_suites import only, receive, together


@dataclass(frozen=True)
class Vary:
    """How a run is another one than the one that was recorded."""

    most: int = 5
    waits: int = 1
    workers: int = 2
    polls: int = 0
    shuffled: bool = False

    def order(self, things):
        return random.sample(things, len(things)) if self.shuffled else list(things)


def make(sqs, name, **attributes):
    return sqs.create_queue(QueueName=name, Attributes={key: str(value) for key, value in attributes.items()})["QueueUrl"]


def arn_of(sqs, queue):
    return sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def send(sqs, queue, body, **more):
    return sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(body), **more)


def delete(sqs, queue, message):
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


def release(sqs, queue, message):
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)


def in_vain(sqs, queue, vary):
    for _ in range(vary.polls):
        assert receive(sqs, queue, vary.most) == []


def dead_letters_and_back(sqs, vary):
    """A poison message goes to the dead letters, is looked at, and comes back when the bug is mended."""
    dead = make(sqs, "work-dlq")
    policy = json.dumps({"deadLetterTargetArn": arn_of(sqs, dead), "maxReceiveCount": 3})
    work = make(sqs, "work", RedrivePolicy=policy)
    in_vain(sqs, work, vary)
    tasks = [{"task": str(uuid.uuid4()), "n": n} for n in range(6)]
    for task in vary.order(tasks):
        send(sqs, work, task)
    done, lock = set(), threading.Lock()

    def worker():
        while len(done) < 5:
            for message in receive(sqs, work, vary.most, 0):
                task, tries = json.loads(message["Body"]), int(message["Attributes"]["ApproximateReceiveCount"])
                if task["n"] == 2 or (task["n"] == 4 and tries == 1):
                    release(sqs, work, message)
                    continue
                delete(sqs, work, message)
                with lock:
                    done.add(task["task"])

    together(*[worker] * vary.workers)
    for _ in range(100):
        # Whoever looks for it moves it.
        for message in receive(sqs, work, 10, 0):
            release(sqs, work, message)
        if found := receive(sqs, dead, 1, 0):
            break
    (poison,) = found
    assert json.loads(poison["Body"])["n"] == 2
    release(sqs, dead, poison)
    handle = sqs.start_message_move_task(SourceArn=arn_of(sqs, dead))["TaskHandle"]
    assert handle
    back = only(sqs, work, waits=vary.waits)
    assert json.loads(back["Body"])["n"] == 2
    delete(sqs, work, back)


def groups_in_order(sqs, vary):
    """Groups of a FIFO queue, sent by several producers, one message twice."""
    queue = make(sqs, "ledger.fifo", FifoQueue="true", VisibilityTimeout=30)
    groups = {f"account-{n}": [f"{n}-{step}" for step in range(4)] for n in range(3)}

    def producer(group):
        def run():
            for body in groups[group]:
                key = str(uuid.uuid4())
                ids = {"MessageGroupId": group, "MessageDeduplicationId": key}
                first = sqs.send_message(QueueUrl=queue, MessageBody=body, **ids)
                if body.endswith("-1"):
                    again = sqs.send_message(QueueUrl=queue, MessageBody=body, **ids)
                    assert again["MessageId"] == first["MessageId"]

        return run

    seen, lock = {group: [] for group in groups}, threading.Lock()

    def consumer():
        while sum(map(len, seen.values())) < 12:
            messages = receive(sqs, queue, vary.most, 0)
            with lock:
                for message in messages:
                    seen[message["Attributes"]["MessageGroupId"]].append(message["Body"])
            if messages:
                entries = [{"Id": str(n), "ReceiptHandle": m["ReceiptHandle"]} for n, m in enumerate(messages)]
                assert not sqs.delete_message_batch(QueueUrl=queue, Entries=entries).get("Failed")

    together(*[producer(group) for group in vary.order(list(groups))], *[consumer] * vary.workers)
    assert seen == groups


def fan_out(sqs, vary):
    """Each event goes to two queues; what is made of it comes together in a third one."""
    billing, shipping, audit = (make(sqs, name) for name in ["billing", "shipping", "audit"])
    events = [{"event": str(uuid.uuid4()), "n": n, "at": time.time()} for n in range(4)]
    stop = threading.Event()

    def consumer(name, queue):
        def run():
            while not stop.is_set():
                for message in receive(sqs, queue, vary.most, 0):
                    event = json.loads(message["Body"])
                    send(sqs, audit, {"by": name, "of": event["event"], "message": message["MessageId"]})
                    delete(sqs, queue, message)

        return run

    def test():
        for event in vary.order(events):
            for queue in (billing, shipping):
                send(sqs, queue, event)
        told = []
        while len(told) < 8:
            for message in receive(sqs, audit, vary.most, vary.waits):
                body = json.loads(message["Body"])
                told.append((body["by"], body["of"]))
                delete(sqs, audit, message)
        stop.set()
        assert sorted(told) == sorted((by, event["event"]) for by in ("billing", "shipping") for event in events)

    consumers = [consumer("billing", billing), consumer("shipping", shipping)] * (vary.workers // 2 or 1)
    together(test, *consumers)


def partial_failures(sqs, vary):
    """Batches of which some entries fail; only those are tried again."""
    queue = make(sqs, "batches")
    entries = [{"Id": f"e{n}", "MessageBody": json.dumps({"n": n, "id": str(uuid.uuid4())})} for n in range(5)]
    entries[3]["DelaySeconds"] = 901
    answer = sqs.send_message_batch(QueueUrl=queue, Entries=vary.order(entries))
    assert {each["Id"] for each in answer["Successful"]} == {"e0", "e1", "e2", "e4"}
    (failed,) = answer["Failed"]
    assert (failed["Id"], failed["SenderFault"]) == ("e3", True)
    again = {**entries[3], "DelaySeconds": 0}
    assert not sqs.send_message_batch(QueueUrl=queue, Entries=[again]).get("Failed")
    left = 5
    while left > 0:
        messages = receive(sqs, queue, vary.most, vary.waits)
        if not messages:
            continue
        handles = [{"Id": m["MessageId"], "ReceiptHandle": m["ReceiptHandle"]} for m in messages]
        answer = sqs.delete_message_batch(QueueUrl=queue, Entries=handles)
        assert {each["Id"] for each in answer["Successful"]} == {m["MessageId"] for m in messages}
        left -= len(messages)
    answer = sqs.delete_message_batch(QueueUrl=queue, Entries=[{"Id": "x", "ReceiptHandle": "garbage"}])
    assert answer["Failed"][0]["Code"] == "ReceiptHandleIsInvalid"


def random_suffix(sqs, vary):
    """Queues of a test's own: names that are others in every run."""
    suffix = "".join(random.choices(string.ascii_lowercase + string.digits, k=5))
    queue = make(sqs, f"orders-{suffix}")
    other = make(sqs, f"mails-{uuid.uuid4().hex}")
    in_vain(sqs, queue, vary)
    send(sqs, queue, {"queue": f"orders-{suffix}", "reply": other.split("/")[-1]})
    message = only(sqs, queue, most=vary.most, waits=vary.waits)
    assert json.loads(message["Body"])["queue"] == f"orders-{suffix}"
    delete(sqs, queue, message)
    send(sqs, other, {"done": f"all of orders-{suffix}"})
    assert sqs.get_queue_url(QueueName=f"orders-{suffix}")["QueueUrl"] == queue
    listed = sqs.list_queues(QueueNamePrefix=f"orders-{suffix}").get("QueueUrls", [])
    assert listed == [queue]
    for each in (queue, other):
        sqs.delete_queue(QueueUrl=each)


def heartbeat(sqs, vary):
    """A worker asks for more time, as often as it happens to need; nobody else gets the message meanwhile."""
    queue = make(sqs, "slow", VisibilityTimeout=5)
    send(sqs, queue, {"job": str(uuid.uuid4())})
    message = only(sqs, queue, most=vary.most, waits=vary.waits)
    for _ in range(1 + vary.polls + random.randrange(3)):
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=30)
        assert receive(sqs, queue, vary.most) == []
    delete(sqs, queue, message)
    assert receive(sqs, queue, vary.most) == []


def idle_consumer(sqs, vary):
    """A consumer that polls all the time, and a test that sends now and then."""
    queue, results = make(sqs, "requests"), make(sqs, "results")
    stop = threading.Event()

    def consumer():
        while not stop.is_set():
            for message in receive(sqs, queue, vary.most, 0):
                number = json.loads(message["Body"])["number"]
                send(sqs, results, {"square": number * number})
                delete(sqs, queue, message)
            time.sleep(random.random() / 50)

    def test():
        for number in range(4):
            time.sleep(random.random() / 20)
            send(sqs, queue, {"number": number, "at": time.time()})
            answer = only(sqs, results, most=vary.most, waits=vary.waits)
            assert json.loads(answer["Body"]) == {"square": number * number}
            delete(sqs, results, answer)
        stop.set()

    together(test, *[consumer] * vary.workers)


def delayed(sqs, vary):
    """Messages that come later than they are sent."""
    queue = make(sqs, "later", DelaySeconds=1)
    send(sqs, queue, {"n": "by the queue"})
    send(sqs, queue, {"n": "at once"}, DelaySeconds=0)
    send(sqs, queue, {"n": "by itself"}, DelaySeconds=2)
    first = only(sqs, queue, most=1, waits=0)
    assert json.loads(first["Body"]) == {"n": "at once"}
    assert receive(sqs, queue, vary.most) == []
    delete(sqs, queue, first)
    bodies = []
    while len(bodies) < 2:
        for message in receive(sqs, queue, vary.most, vary.waits):
            bodies.append(json.loads(message["Body"])["n"])
            delete(sqs, queue, message)
    assert bodies == ["by the queue", "by itself"]


def attributes(sqs, vary):
    """Attributes of all kinds; what comes back is what was sent, MD5s included, which boto3 checks."""
    queue = make(sqs, "typed")
    trace = f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]}"
    given = {
        "kind": {"DataType": "String", "StringValue": "order"},
        "count": {"DataType": "Number.int", "StringValue": "3"},
        "blob": {"DataType": "Binary.png", "BinaryValue": b"\x00\x01\xfe\xff"},
        "trace.id": {"DataType": "String", "StringValue": str(uuid.uuid4())},
    }
    system = {"AWSTraceHeader": {"DataType": "String", "StringValue": trace}}
    send(sqs, queue, ["ünï", "{{not a token}}", "\u2028"], MessageAttributes=given, MessageSystemAttributes=system)
    for names, expected in [(["All"], set(given)), (["trace.*"], {"trace.id"}), ([], set())]:
        answer = sqs.receive_message(
            QueueUrl=queue, MessageAttributeNames=names, AttributeNames=["AWSTraceHeader", "SentTimestamp"]
        )
        (message,) = answer["Messages"]
        assert json.loads(message["Body"]) == ["ünï", "{{not a token}}", "\u2028"]
        assert set(message.get("MessageAttributes", {})) == expected
        for name in expected:
            value = {key: each for key, each in message["MessageAttributes"][name].items() if each is not None}
            assert value == given[name]
        assert message["Attributes"]["AWSTraceHeader"] == trace
        assert abs(int(message["Attributes"]["SentTimestamp"]) / 1000 - time.time()) < 3600
        release(sqs, queue, message)
    delete(sqs, queue, only(sqs, queue))


def until_it_is_empty(sqs, vary):
    """A script that drains a queue, and stops when it was empty three times."""
    queue = make(sqs, "backlog")
    bodies = [str(uuid.uuid4()) for _ in range(7)]
    for start in range(0, 7, 4):
        entries = [{"Id": str(n), "MessageBody": body} for n, body in enumerate(vary.order(bodies[start : start + 4]))]
        sqs.send_message_batch(QueueUrl=queue, Entries=entries)
    drained, empties = [], 0
    while empties < 3 + vary.polls:
        messages = receive(sqs, queue, vary.most, 0)
        empties = 0 if messages else empties + 1
        for message in messages:
            drained.append(message["Body"])
            delete(sqs, queue, message)
    assert sorted(drained) == sorted(bodies)


def crashed_worker(sqs, vary):
    """A worker that is gone: its message comes to another one when its time is over."""
    queue = make(sqs, "fragile", VisibilityTimeout=1)
    send(sqs, queue, {"job": str(uuid.uuid4())})
    lost = only(sqs, queue, most=vary.most)
    found = only(sqs, queue, most=vary.most, waits=2)
    assert found["MessageId"] == lost["MessageId"]
    assert found["Attributes"]["ApproximateReceiveCount"] == "2"
    assert found["ReceiptHandle"] != lost["ReceiptHandle"]
    delete(sqs, queue, found)


def counted(sqs, vary):
    """The same body several times; what is left is counted."""
    queue = make(sqs, "pings")

    def count():
        told = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["ApproximateNumberOfMessages"])
        return int(told["Attributes"]["ApproximateNumberOfMessages"])

    for _ in range(2 + vary.polls):
        assert count() == 0
    sqs.send_message(QueueUrl=queue, MessageBody="ping")
    assert count() == 1
    for _ in range(2):
        sqs.send_message(QueueUrl=queue, MessageBody="ping")
    assert count() == 3
    first = only(sqs, queue, most=1)
    delete(sqs, queue, first)
    assert count() == 2
    sqs.purge_queue(QueueUrl=queue)
    assert count() == 0
    assert receive(sqs, queue, vary.most) == []


def signed(sqs, vary):
    """A body with a signature of the rest of it: declared volatile, since nobody can know it."""
    queue = make(sqs, "signed")
    body = {"id": str(uuid.uuid4()), "amount": 12.5}
    digest = hashlib.sha256(json.dumps(body).encode()).digest()
    body["sig"] = base64.b64encode(digest).decode()
    send(sqs, queue, body)
    message = only(sqs, queue, most=vary.most, waits=vary.waits)
    assert json.loads(message["Body"]) == body
    delete(sqs, queue, message)


def request_and_reply(sqs, vary):
    """A client makes a queue for its answers, and says its URL in the request."""
    requests = make(sqs, "rpc")
    stop = threading.Event()

    def server():
        while not stop.is_set():
            for message in receive(sqs, requests, vary.most, 0):
                asked = json.loads(message["Body"])
                send(sqs, asked["replyTo"], {"id": asked["id"], "answer": asked["question"][::-1]})
                delete(sqs, requests, message)

    def caller():
        replies = make(sqs, f"replies-{uuid.uuid4()}")
        for question in vary.order(["one", "two", "three"]):
            asked = {"id": str(uuid.uuid4()), "question": question, "replyTo": replies}
            send(sqs, requests, asked)
            answer = only(sqs, replies, most=vary.most, waits=vary.waits)
            assert json.loads(answer["Body"]) == {"id": asked["id"], "answer": question[::-1]}
            delete(sqs, replies, answer)
        sqs.delete_queue(QueueUrl=replies)
        stop.set()

    together(caller, *[server] * vary.workers)


def two_consumers_give_back(sqs, vary):
    """Two consumers that both give some messages back, whichever of them gets them."""
    queue = make(sqs, "tries")
    jobs = [{"n": n, "id": str(uuid.uuid4())} for n in range(5)]
    for job in vary.order(jobs):
        send(sqs, queue, job)
    done, lock = set(), threading.Lock()

    def consumer():
        while len(done) < 5:
            for message in receive(sqs, queue, vary.most, 0):
                job, tries = json.loads(message["Body"]), int(message["Attributes"]["ApproximateReceiveCount"])
                if tries <= job["n"] % 3:
                    release(sqs, queue, message)
                    continue
                delete(sqs, queue, message)
                with lock:
                    done.add(job["id"])

    together(*[consumer] * vary.workers)


def recreated(sqs, vary):
    """A test that cleans up behind itself, twice in one suite; and asks for what is not there."""
    for run in range(2):
        with pytest.raises(ClientError) as missing:
            sqs.get_queue_url(QueueName="temporary")
        assert "NonExistentQueue" in str(missing.value) or "QueueDoesNotExist" in str(missing.value)
        queue = make(sqs, "temporary", VisibilityTimeout=10 + run)
        assert sqs.get_queue_url(QueueName="temporary")["QueueUrl"] == queue
        sqs.tag_queue(QueueUrl=queue, Tags={"run": str(run)})
        assert sqs.list_queue_tags(QueueUrl=queue)["Tags"] == {"run": str(run)}
        send(sqs, queue, {"run": run})
        message = only(sqs, queue, most=vary.most, waits=vary.waits)
        assert json.loads(message["Body"]) == {"run": run}
        told = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
        assert told == {"VisibilityTimeout": str(10 + run)}
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "99"})
        told = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
        assert told == {"VisibilityTimeout": "99"}
        sqs.delete_queue(QueueUrl=queue)


def startup_race(sqs, vary):
    """A consumer that begins to poll before its queue is there, and a test that waits until it is."""
    name, stop, jobs = "late", threading.Event(), []
    # It is made when it was looked for in vain: which of them is faster must not make a recording another one.
    asked = threading.Semaphore(0)

    def url():
        for _ in range(1000):
            try:
                return sqs.get_queue_url(QueueName=name)["QueueUrl"]
            except ClientError as error:
                assert "NonExistentQueue" in str(error) or "QueueDoesNotExist" in str(error)
                asked.release()
                time.sleep(0.01)
        raise AssertionError("nobody has made it")

    def consumer():
        queue = url()
        while not stop.is_set():
            for message in receive(sqs, queue, vary.most, 0):
                jobs.append(json.loads(message["Body"])["job"])
                delete(sqs, queue, message)
                stop.set()

    def maker():
        for _ in range(1 + vary.polls):
            assert asked.acquire(timeout=30)
        make(sqs, name)

    def test():
        send(sqs, url(), {"job": "one"})
        stop.wait()
        assert jobs == ["one"]

    together(test, maker, *[consumer] * vary.workers)


def provision_terraform(sqs):
    dead = make(sqs, "tf-dlq")
    policy = json.dumps({"deadLetterTargetArn": arn_of(sqs, dead), "maxReceiveCount": 2})
    make(sqs, "tf", RedrivePolicy=policy, VisibilityTimeout=40)


def provisioned(sqs, vary):
    """Queues that were there before, with dead letters that the suite never says a word of."""
    queue, dead = (sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in ["tf", "tf-dlq"])
    for n in range(3):
        send(sqs, queue, {"n": n, "id": str(uuid.uuid4())})
    done = set()

    def consumer():
        while len(done) < 3:
            for message in receive(sqs, queue, vary.most, 0):
                number = json.loads(message["Body"])["n"]
                if number == 1:
                    release(sqs, queue, message)
                    continue
                delete(sqs, queue, message)
                done.add(number)

    def janitor():
        message = only(sqs, dead, waits=1)
        assert json.loads(message["Body"])["n"] == 1
        delete(sqs, dead, message)
        done.add(1)

    together(janitor, *[consumer] * vary.workers)


def backoff(sqs, vary):
    """A message that is tried again later each time, by chance a little more or less: declared volatile."""
    queue = make(sqs, "backoff")
    send(sqs, queue, {"job": str(uuid.uuid4())})
    for attempt in range(3):
        message = only(sqs, queue, most=vary.most, waits=vary.waits)
        assert message["Attributes"]["ApproximateReceiveCount"] == str(attempt + 1)
        later = {"VisibilityTimeout": random.randrange(2)}
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], **later)
        for _ in range(100):
            if later["VisibilityTimeout"] == 0:
                break
            time.sleep(0.011)
    delete(sqs, queue, only(sqs, queue, most=vary.most, waits=2))


PROVISIONS = {provisioned: provision_terraform}

STORIES = [
    dead_letters_and_back,
    groups_in_order,
    fan_out,
    partial_failures,
    random_suffix,
    heartbeat,
    idle_consumer,
    delayed,
    attributes,
    until_it_is_empty,
    crashed_worker,
    counted,
    signed,
    request_and_reply,
    two_consumers_give_back,
    recreated,
    startup_race,
    provisioned,
    backoff,
]
