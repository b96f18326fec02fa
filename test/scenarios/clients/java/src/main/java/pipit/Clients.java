package pipit;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The AWS SDK for Java v2 against a running pipit (ENDPOINT): a line a check, then `N passed, N failed`. */
public final class Clients {
  private static int passed = 0;
  private static int failed = 0;

  private static void check(String title, Callable<Boolean> run) {
    try {
      if (!run.call()) throw new IllegalStateException("not as expected");
      passed++;
      System.out.println("  ok    " + title);
    } catch (Exception error) {
      failed++;
      System.out.println("  FAIL  " + title + "\n        " + error);
    }
  }

  private static String queue(SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
    return sqs.createQueue(request -> request.queueName(name).attributes(attributes)).queueUrl();
  }

  private static <E extends SqsException> boolean throwsError(Class<E> kind, String code, Runnable run) {
    try {
      run.run();
      return false;
    } catch (SqsException error) {
      if (kind.isInstance(error) && code.equals(error.awsErrorDetails().errorCode())) return true;
      throw error;
    }
  }

  public static void main(String[] arguments) {
    SqsClient sqs =
        SqsClient.builder()
            .endpointOverride(URI.create(System.getenv("ENDPOINT")))
            .region(Region.of("ap-south-2"))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build();
    String standard = queue(sqs, "java", Map.of());
    String fifo =
        queue(
            sqs,
            "java.fifo",
            Map.of(QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));

    check(
        "a message goes there and back, body and attribute MD5s checked by the SDK",
        () -> {
          Map<String, MessageAttributeValue> attributes =
              Map.of(
                  "text", MessageAttributeValue.builder().dataType("String").stringValue("grüße").build(),
                  "number", MessageAttributeValue.builder().dataType("Number.java.lang.Long").stringValue("42").build(),
                  "bytes",
                      MessageAttributeValue.builder()
                          .dataType("Binary")
                          .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, -1}))
                          .build());
          String id =
              sqs.sendMessage(r -> r.queueUrl(standard).messageBody("a <b> \r\n ü 🔧").messageAttributes(attributes))
                  .messageId();
          Message message =
              sqs.receiveMessage(
                      r ->
                          r.queueUrl(standard)
                              .messageAttributeNames("All")
                              .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                  .messages()
                  .get(0);
          sqs.deleteMessage(r -> r.queueUrl(standard).receiptHandle(message.receiptHandle()));
          return message.messageId().equals(id)
              && message.body().equals("a <b> \r\n ü 🔧")
              && message.messageAttributes().equals(attributes)
              && "1".equals(message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        });
    check(
        "a missing queue is the SDK's own typed error, with AWS's code",
        () ->
            throwsError(
                QueueDoesNotExistException.class,
                "AWS.SimpleQueueService.NonExistentQueue",
                () -> sqs.getQueueUrl(r -> r.queueName("nowhere"))));
    check(
        "a garbage receipt handle is the SDK's own typed error",
        () ->
            throwsError(
                ReceiptHandleIsInvalidException.class,
                "ReceiptHandleIsInvalid",
                () -> sqs.deleteMessage(r -> r.queueUrl(standard).receiptHandle("garbage"))));
    check(
        "a parameter out of range has its code",
        () ->
            throwsError(
                SqsException.class,
                "InvalidParameterValue",
                () -> sqs.receiveMessage(r -> r.queueUrl(standard).maxNumberOfMessages(11))));
    check(
        "a batch is sent, its bad entry fails alone",
        () -> {
          var sent =
              sqs.sendMessageBatch(
                  r -> r.queueUrl(standard).entries(e -> e.id("good").messageBody("1"), e -> e.id("bad").messageBody("\u0002")));
          return sent.successful().size() == 1 && sent.failed().get(0).id().equals("bad") && sent.failed().get(0).senderFault();
        });
    check(
        "a long poll is woken by a message",
        () -> {
          String idle = queue(sqs, "java-idle", Map.of());
          long startedNs = System.nanoTime();
          var polling = CompletableFuture.supplyAsync(() -> sqs.receiveMessage(r -> r.queueUrl(idle).waitTimeSeconds(20)));
          Thread.sleep(200);
          sqs.sendMessage(r -> r.queueUrl(idle).messageBody("wake"));
          return polling.get().messages().size() == 1 && System.nanoTime() - startedNs < 5_000_000_000L;
        });
    check(
        "FIFO keeps the order of a group and drops duplicates",
        () -> {
          for (String body : List.of("1", "2", "2", "3"))
            sqs.sendMessage(r -> r.queueUrl(fifo).messageBody(body).messageGroupId("g"));
          return sqs.receiveMessage(r -> r.queueUrl(fifo).maxNumberOfMessages(10)).messages().stream()
              .map(Message::body)
              .collect(Collectors.joining())
              .equals("123");
        });
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(failed > 0 ? 1 : 0);
  }
}
