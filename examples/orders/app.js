// A consumer as it runs in production: it takes orders and answers each with a mail. Nothing here knows pipit: the
// endpoint, the region and the keys come from the environment (AWS_ENDPOINT_URL_SQS and its like).
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { Consumer } from 'sqs-consumer'

const sqs = new SQSClient()
const urlOf = async (QueueName) => (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl
const [orders, emails] = [await urlOf('orders'), await urlOf('emails')]

const consumer = Consumer.create({
  sqs,
  queueUrl: orders,
  handleMessage: async (message) => {
    const { id, items } = JSON.parse(message.Body)
    if (!(items > 0)) throw new Error(`order ${id} is empty`)
    const MessageBody = JSON.stringify({ subject: `Order ${id}: ${items} on the way` })
    await sqs.send(new SendMessageCommand({ QueueUrl: emails, MessageBody }))
    return message
  },
})
consumer.on('processing_error', (error) => console.log(error.message))
consumer.on('error', (error) => console.error(error))
process.on('SIGTERM', () => consumer.stop({ abort: true }))
consumer.start()
console.log(`consuming ${orders}`)
