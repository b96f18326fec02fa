package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/smithy-go"
)

// One row of the matrix: a fault, and what this SDK makes of it.
type row struct {
	Fault string
	Do    any
	// How long to wait for an answer, where that matters.
	PatienceSeconds int
	Go              []any `json:"go v2"`
}

// checkFaults sends one message for every row, each in a session of its own, side by side.
func checkFaults(url string) {
	var rows []row
	text, err := os.ReadFile("../../faults/matrix.json")
	if err == nil {
		err = json.Unmarshal(text, &rows)
	}
	if err != nil {
		check("the matrix of faults is there", func() error { return err })
		return
	}
	seen := make([]string, len(rows))
	var waiting sync.WaitGroup
	for i := range rows {
		waiting.Go(func() { seen[i] = callWithFault(fmt.Sprintf("%s/s/go-%d", url, i), rows[i]) })
	}
	waiting.Wait()
	for i, each := range rows {
		wanted, _ := json.Marshal(each.Go)
		check("fault: "+each.Fault, func() error {
			return expect(seen[i] == string(wanted), "it came to %s, not %s", seen[i], wanted)
		})
	}
}

// callWithFault: tries that reached the gateway, what the caller saw, messages stored; as JSON.
func callWithFault(world string, of row) string {
	rule, _ := json.Marshal(map[string]any{"id": "fault", "on": map[string]string{"operation": "SendMessage"}, "do": of.Do})
	answer, err := http.Post(world+"/_pipit/faults", "application/json", strings.NewReader(string(rule)))
	if err != nil {
		return err.Error()
	}
	answer.Body.Close()
	patience := 20 * time.Second
	if of.PatienceSeconds > 0 {
		patience = time.Duration(of.PatienceSeconds) * time.Second
	}
	client := sqs.New(sqs.Options{
		Region:           "us-east-1",
		BaseEndpoint:     aws.String(world + "/sqs/"),
		Credentials:      credentials.NewStaticCredentialsProvider("any", "any", ""),
		RetryMaxAttempts: 3,
		HTTPClient:       awshttp.NewBuildableClient().WithTimeout(patience),
	})
	if _, err := client.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String("orders")}); err != nil {
		return err.Error()
	}
	sees := "success"
	sent, err := client.SendMessage(ctx, &sqs.SendMessageInput{
		QueueUrl:    aws.String("/000000000000/orders"),
		MessageBody: aws.String("hello"),
	})
	if err != nil {
		sees = nameOf(err)
	} else if sent.MessageId == nil {
		sees = "success without MessageId"
	}
	seen, _ := json.Marshal([]any{tries(world), sees, stored(world)})
	return string(seen)
}

func nameOf(err error) string {
	var api smithy.APIError
	var timeout net.Error
	var unread *smithy.DeserializationError
	switch {
	case errors.Is(err, syscall.ECONNRESET):
		return "connection reset"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "unexpected EOF"
	case errors.Is(err, io.EOF):
		return "EOF"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.As(err, &api):
		return api.ErrorCode()
	case strings.Contains(err.Error(), "malformed"):
		return "malformed HTTP"
	case strings.Contains(err.Error(), "checksum"):
		return "checksum mismatch"
	case errors.As(err, &unread):
		return "DeserializationError"
	}
	return err.Error()
}

func tries(world string) int {
	for before := -1; ; {
		var journal struct{ Exchanges []any }
		read(world+"/_pipit/journal?filter=op=SendMessage", &journal)
		if len(journal.Exchanges) == before {
			return before
		}
		before = len(journal.Exchanges)
		// A try that its client gave up is written down a moment after the client went.
		time.Sleep(200 * time.Millisecond)
	}
}

func stored(world string) int {
	var found struct {
		Queues []struct {
			Name   string
			Counts struct{ Visible int }
		}
	}
	read(world+"/_pipit/sqs/queues", &found)
	for _, queue := range found.Queues {
		if queue.Name == "orders" {
			return queue.Counts.Visible
		}
	}
	return 0
}

func read(url string, into any) {
	answer, err := http.Get(url)
	if err != nil {
		return
	}
	defer answer.Body.Close()
	_ = json.NewDecoder(answer.Body).Decode(into)
}
