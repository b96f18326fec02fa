import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'

await new SQSClient().send(new ListQueuesCommand({ QueueNamePrefix: 'careless' })).catch(() => {})
await import('../orders/app.js')
