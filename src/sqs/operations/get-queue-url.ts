import { type OperationContext, type Output, existingQueue, inputOf, regionOf, urlOf } from './operation.ts'

interface GetQueueUrlInput {
  readonly QueueName: string
  readonly QueueOwnerAWSAccountId: string
}

export function getQueueUrl(context: OperationContext): Output {
  const { QueueName: name = '', QueueOwnerAWSAccountId: owner } = inputOf<GetQueueUrlInput>(context)
  const account = owner ?? context.exchange.caller.account
  return { QueueUrl: urlOf(context, existingQueue(context, { account, region: regionOf(context), name })) }
}
