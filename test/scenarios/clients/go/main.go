// The AWS SDK for Go v2 against a running pipit (ENDPOINT): a line a check, then `N passed, N failed`.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/aws/smithy-go"
)

var (
	ctx    = context.Background()
	passed int
	failed int
)

func check(title string, run func() error) {
	if err := run(); err != nil {
		failed++
		fmt.Printf("  FAIL  %s\n        %v\n", title, err)
		return
	}
	passed++
	fmt.Printf("  ok    %s\n", title)
}

func expect(ok bool, format string, values ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf(format, values...)
}

func main() {
	client := sqs.New(sqs.Options{
		Region:       "eu-west-3",
		BaseEndpoint: aws.String(os.Getenv("ENDPOINT")),
		Credentials:  credentials.NewStaticCredentialsProvider("any", "any", ""),
	})
	queue := func(name string, attributes map[string]string) *string {
		made, err := client.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: &name, Attributes: attributes})
		if err != nil {
			fmt.Printf("  FAIL  create %s\n        %v\n", name, err)
			os.Exit(1)
		}
		return made.QueueUrl
	}
	standard := queue("go", nil)
	fifo := queue("go.fifo", map[string]string{"FifoQueue": "true", "ContentBasedDeduplication": "true"})

	check("a message goes there and back, its MD5s checked by the SDK", func() error {
		attributes := map[string]types.MessageAttributeValue{
			"text":   {DataType: aws.String("String"), StringValue: aws.String("grüße")},
			"number": {DataType: aws.String("Number.int"), StringValue: aws.String("42")},
			"bytes":  {DataType: aws.String("Binary"), BinaryValue: []byte{0, 1, 255}},
		}
		sent, err := client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: standard, MessageBody: aws.String("a <b> \r\n ü 🔧"), MessageAttributes: attributes})
		if err != nil {
			return err
		}
		got, err := client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: standard, MessageAttributeNames: []string{"All"},
			MessageSystemAttributeNames: []types.MessageSystemAttributeName{types.MessageSystemAttributeNameAll}})
		if err != nil {
			return err
		}
		message := got.Messages[0]
		ok := *message.MessageId == *sent.MessageId && *message.Body == "a <b> \r\n ü 🔧" &&
			bytes.Equal(message.MessageAttributes["bytes"].BinaryValue, []byte{0, 1, 255}) &&
			*message.MD5OfMessageAttributes == *sent.MD5OfMessageAttributes && message.Attributes["ApproximateReceiveCount"] == "1"
		if err := expect(ok, "%+v", message); err != nil {
			return err
		}
		_, err = client.DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: standard, ReceiptHandle: message.ReceiptHandle})
		return err
	})
	check("a missing queue is the SDK's own typed error", func() error {
		_, err := client.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: aws.String("nowhere")})
		var missing *types.QueueDoesNotExist
		return expect(errors.As(err, &missing), "%v", err)
	})
	check("a garbage receipt handle is the SDK's own typed error", func() error {
		_, err := client.DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: standard, ReceiptHandle: aws.String("garbage")})
		var invalid *types.ReceiptHandleIsInvalid
		return expect(errors.As(err, &invalid), "%v", err)
	})
	check("a parameter out of range has its code", func() error {
		_, err := client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: standard, MaxNumberOfMessages: 11})
		var api smithy.APIError
		return expect(errors.As(err, &api) && api.ErrorCode() == "InvalidParameterValue", "%v", err)
	})
	check("a batch is sent, its bad entry fails alone", func() error {
		sent, err := client.SendMessageBatch(ctx, &sqs.SendMessageBatchInput{QueueUrl: standard, Entries: []types.SendMessageBatchRequestEntry{
			{Id: aws.String("good"), MessageBody: aws.String("1")}, {Id: aws.String("bad"), MessageBody: aws.String("\x02")}}})
		if err != nil {
			return err
		}
		return expect(len(sent.Successful) == 1 && len(sent.Failed) == 1 && *sent.Failed[0].Id == "bad", "%+v", sent)
	})
	check("a long poll is woken by a message", func() error {
		empty := queue("go-idle", nil)
		go func() {
			time.Sleep(200 * time.Millisecond)
			_, _ = client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: empty, MessageBody: aws.String("wake")})
		}()
		started := time.Now()
		got, err := client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: empty, WaitTimeSeconds: 20})
		if err != nil {
			return err
		}
		return expect(len(got.Messages) == 1 && time.Since(started) < 5*time.Second, "%d messages in %s", len(got.Messages), time.Since(started))
	})
	check("FIFO keeps the order of a group and drops duplicates", func() error {
		for _, body := range []string{"1", "2", "2", "3"} {
			if _, err := client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: fifo, MessageBody: aws.String(body), MessageGroupId: aws.String("g")}); err != nil {
				return err
			}
		}
		got, err := client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: fifo, MaxNumberOfMessages: 10})
		if err != nil {
			return err
		}
		order := ""
		for _, message := range got.Messages {
			order += *message.Body
		}
		return expect(order == "123", "received %s", order)
	})
	checkFaults(strings.TrimSuffix(os.Getenv("ENDPOINT"), "/sqs/"))
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}
