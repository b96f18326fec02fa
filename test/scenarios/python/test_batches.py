"""Batches: ten at a time, each entry with its own end."""

import pytest
from botocore.exceptions import ClientError


def entries(*bodies):
    return [{"Id": f"id-{n}", "MessageBody": body} for n, body in enumerate(bodies)]


def test_a_batch_is_sent_hidden_and_deleted(sqs, queue, receive, counts):
    sent = sqs.send_message_batch(QueueUrl=queue, Entries=entries("a", "b", "c"))
    assert [each["Id"] for each in sent["Successful"]] == ["id-0", "id-1", "id-2"]
    assert "Failed" not in sent
    messages = receive(MaxNumberOfMessages=10)
    assert [message["MessageId"] for message in messages] == [each["MessageId"] for each in sent["Successful"]]
    handles = [{"Id": str(n), "ReceiptHandle": message["ReceiptHandle"]} for n, message in enumerate(messages)]
    changed = sqs.change_message_visibility_batch(
        QueueUrl=queue, Entries=[handle | {"VisibilityTimeout": 60} for handle in handles]
    )
    assert [each["Id"] for each in changed["Successful"]] == ["0", "1", "2"]
    deleted = sqs.delete_message_batch(QueueUrl=queue, Entries=handles)
    assert [each["Id"] for each in deleted["Successful"]] == ["0", "1", "2"]
    assert counts() == (0, 0, 0)


def test_a_bad_entry_fails_alone(sqs, queue, receive):
    sent = sqs.send_message_batch(QueueUrl=queue, Entries=entries("good", "bad \x01", "also good"))
    assert [each["Id"] for each in sent["Successful"]] == ["id-0", "id-2"]
    (failed,) = sent["Failed"]
    assert (failed["Id"], failed["Code"], failed["SenderFault"]) == ("id-1", "InvalidMessageContents", True)
    assert [message["Body"] for message in receive(MaxNumberOfMessages=10)] == ["good", "also good"]


def test_a_bad_handle_fails_alone(sqs, queue, receive, counts):
    sqs.send_message(QueueUrl=queue, MessageBody="x")
    (message,) = receive()
    ended = sqs.delete_message_batch(
        QueueUrl=queue,
        Entries=[
            {"Id": "good", "ReceiptHandle": message["ReceiptHandle"]},
            {"Id": "bad", "ReceiptHandle": "garbage"},
        ],
    )
    assert [each["Id"] for each in ended["Successful"]] == ["good"]
    assert [(each["Id"], each["Code"]) for each in ended["Failed"]] == [("bad", "ReceiptHandleIsInvalid")]
    assert counts() == (0, 0, 0)


@pytest.mark.parametrize(
    "batch, code",
    [
        ([], "EmptyBatchRequest"),
        (entries(*"abcdefghijk"), "TooManyEntriesInBatchRequest"),
        (entries("a") * 2, "BatchEntryIdsNotDistinct"),
        ([{"Id": "not legal!", "MessageBody": "a"}], "InvalidBatchEntryId"),
        (entries("x" * 600_000, "y" * 600_000), "BatchRequestTooLong"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_batch_that_cannot_be_taken_fails_whole(sqs, queue, counts, batch, code):
    with pytest.raises(ClientError) as caught:
        sqs.send_message_batch(QueueUrl=queue, Entries=batch)
    assert caught.value.response["Error"]["Code"] == f"AWS.SimpleQueueService.{code}"
    assert counts() == (0, 0, 0)
