import { randomUUID } from 'node:crypto'
import type { Answer } from './connection.ts'
import { type Client, receiptHandles, type Target } from './client.ts'
import { jsonRequest } from './requests.ts'

const CYCLES = 30
export const SUITE_FIXTURE = 'bench'

/**
 * Tests, one after the other, each in a session of its own that is made for it and deleted: a queue, and messages that are
 * sent, received and deleted. Every call is another one, as it is in a real suite: a replay must not take it for a retry.
 */
export function tests({ port }: Pick<Target, 'port'>, index: number): Client {
  let number = 0
  let steps = test(port, `bench-${index}-${number}`)
  let step = steps.next().value as Step
  return {
    next: () => step.request,
    took(answer) {
      const { body, status } = answer
      if (status >= 300) throw new Error(`answered ${status}: ${body.toString().slice(0, 200)}`)
      const done = step.isCall ? 1 : 0
      let following = steps.next(answer)
      if (following.done === true) {
        steps = test(port, `bench-${index}-${++number}`)
        following = steps.next()
      }
      step = following.value as Step
      return done
    },
  }
}

export interface Step {
  readonly request: Buffer
  /** One of SQS's, not of the control plane. */
  readonly isCall: boolean
}

export function* test(port: number, session: string): Generator<Step, void, Answer> {
  const call = (operation: string, input: object): Step => ({
    request: jsonRequest(port, operation, { ...input }, { path: `/s/${session}/`, invocationId: randomUUID() }),
    isCall: true,
  })
  yield steer(port, 'POST', '/_pipit/sessions', JSON.stringify({ name: session, fixture: SUITE_FIXTURE }))
  const { body } = yield call('CreateQueue', { QueueName: 'orders' })
  const { QueueUrl } = JSON.parse(body.toString()) as { QueueUrl: string }
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    yield call('SendMessage', { QueueUrl, MessageBody: `order ${cycle}` })
    const [ReceiptHandle] = receiptHandles(yield call('ReceiveMessage', { QueueUrl }))
    yield call('DeleteMessage', { QueueUrl, ReceiptHandle })
  }
  yield steer(port, 'DELETE', `/_pipit/sessions/${session}`, '')
}

function steer(port: number, method: string, path: string, body: string): Step {
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n`
  return { request: Buffer.from(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`), isCall: false }
}
