import { sign } from './signature.js'

/**
 * A notification as AWS writes it into a queue, with its spaces: some parsers are regular expressions.
 *
 *     {
 *       "Type" : "Notification",
 *       "MessageId" : "63a3f6b6-d533-4a47-aef9-fcf5cf758c76",
 *       …
 *     }
 *
 * Those of FIFO topics have a sequence number, and are not signed.
 */
export function envelope(message, { arn }, context) {
  const { topic, MessageId, SequenceNumber, subject, body, attributes, nowMs } = message
  const url = context.url.endsWith('/sns') ? context.url : `${context.url}/sns`
  const notification = {
    Type: 'Notification',
    MessageId,
    ...(SequenceNumber !== undefined && { SequenceNumber }),
    TopicArn: topic.arn,
    ...(subject !== undefined && { Subject: subject }),
    Message: body,
    Timestamp: new Date(nowMs).toISOString(),
  }
  const version = topic.attributes.get('SignatureVersion') ?? '1'
  const signature = topic.isFifo ? {} : sign(notification, version, context.exchange.origin)
  const told = attributesTold(attributes)
  return written({
    ...notification,
    ...signature,
    UnsubscribeURL: `${url}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(Object.keys(told).length > 0 && { MessageAttributes: told }),
  })
}

function attributesTold(attributes) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: BinaryValue === undefined ? StringValue : BinaryValue.toString('base64') },
    ]),
  )
}

function written(members) {
  const lines = Object.entries(members).map(([name, value]) => {
    if (name !== 'MessageAttributes') return `  ${JSON.stringify(name)} : ${JSON.stringify(value)}`
    const attributes = Object.entries(value).map(
      ([attribute, { Type, Value }]) =>
        `    ${JSON.stringify(attribute)} : {"Type":${JSON.stringify(Type)},"Value":${JSON.stringify(Value)}}`,
    )
    return `  "MessageAttributes" : {\n${attributes.join(',\n')}\n  }`
  })
  return `{\n${lines.join(',\n')}\n}`
}
