import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import test, { type ExecutionContext } from 'ava'
import { sqsShapes } from '../../../src/sqs/shapes.ts'
import { Client } from './client.ts'
import { openEndpoint, type Endpoint } from './endpoint.ts'
import { jsonWire } from './json-wire.ts'
import { Matcher } from './matcher.ts'
import { queryWire } from './query-wire.ts'
import type { Answer } from './send.ts'

interface Recording {
  readonly content: Readonly<Record<string, unknown>>
}

/** By scenario. `npm test` runs in the project's root. */
export const recordings = JSON.parse(readFileSync('test/data/aws-answers.json', 'utf8')) as Readonly<
  Record<string, Recording>
>

/** Titles of the scenarios that were registered. */
export const registered = new Set<string>()

/** Paths in an answer that are not compared, each with the reason. */
export type LeftOut = Readonly<Record<string, string>>

export interface Story {
  readonly t: ExecutionContext
  /** Speaks the scenario's own protocol. */
  readonly sqs: Client
  /** Speaks JSON, whatever the scenario's protocol: for answers that were recorded so. */
  readonly json: Client
  readonly query: Client
  readonly parameter: string
  /** A new queue of the given attributes; its URL. `.fifo` is added to the name by FifoQueue. */
  readonly queue: (attributes?: Readonly<Record<string, string>>) => Promise<string>
  /** Compares with what the real service answered under this key. */
  readonly recorded: (key: string, actual: unknown, leftOut?: LeftOut) => void
  readonly pass: (seconds: number) => Promise<void>
}

export interface Variants {
  /** Recorded in both protocols unless told otherwise. */
  readonly protocols?: readonly ('sqs' | 'sqs_query')[] | undefined
  readonly parameters?: readonly string[]
}

/** Without a suffix in its title: recorded once, in JSON. */
export const ONCE: Variants = { protocols: [] }

/** Registers a test for each of the scenario's recordings. It fails also when a recorded answer was not asked for. */
export function scenario(name: string, run: (story: Story) => Promise<void>, variants: Variants = {}): void {
  const protocols = variants.protocols ?? ['sqs', 'sqs_query']
  for (const protocol of protocols.length === 0 ? [undefined] : protocols)
    for (const parameter of variants.parameters ?? [undefined]) {
      const suffix = [protocol, parameter].filter((part) => part !== undefined).join('-')
      const title = suffix === '' ? name : `${name}[${suffix}]`
      const recording = recordings[title]
      if (recording === undefined) throw new Error(`${title} was never recorded`)
      registered.add(title)
      test(title, async (t) => {
        const endpoint = openEndpoint()
        t.teardown(() => endpoint.close())
        const wanted = new Set(Object.keys(recording.content))
        await run(
          openStory({ t, endpoint, recording, wanted, parameter: parameter ?? '', isQuery: protocol === 'sqs_query' }),
        )
        t.deepEqual([...wanted], [], 'recorded answers that were not asked for')
      })
    }
}

interface StoryInit {
  readonly t: ExecutionContext
  readonly endpoint: Endpoint
  readonly recording: Recording
  readonly wanted: Set<string>
  readonly parameter: string
  readonly isQuery: boolean
}

function openStory({ t, endpoint, recording, wanted, parameter, isQuery }: StoryInit): Story {
  const json = new Client(jsonWire(sqsShapes), endpoint.send)
  const query = new Client(queryWire(sqsShapes), endpoint.send)
  const sqs = isQuery ? query : json
  const matcher = new Matcher()
  return {
    t,
    sqs,
    json,
    query,
    parameter,
    async queue(attributes = {}) {
      const name = newName() + (attributes['FifoQueue'] === undefined ? '' : '.fifo')
      const { QueueUrl } = await sqs.must('CreateQueue', { QueueName: name, Attributes: attributes })
      t.teardown(async () => {
        // Gone already where the scenario deleted it.
        await sqs.ask('DeleteQueue', { QueueUrl })
      })
      return QueueUrl as string
    },
    recorded(key, actual, leftOut = {}) {
      if (!wanted.delete(key)) throw new Error(`${key} was not recorded, or is asked for twice`)
      const differences = matcher
        .differences(recording.content[key], actual, key)
        .filter(({ path }) => !(path.slice(key.length + 1) in leftOut))
      t.deepEqual(differences, [])
    },
    pass: (seconds) => endpoint.pass(seconds),
  }
}

/** A queue name that nobody else uses, even where the endpoint outlives the test. */
export function newName(): string {
  return `pipit-${randomUUID()}`
}

/** What the scenarios read of a receive's answer. */
export function messages(answer: Answer): readonly { readonly ReceiptHandle: string; readonly Body: string }[] {
  return (answer['Messages'] ?? []) as { ReceiptHandle: string; Body: string }[]
}

export function firstHandle(answer: Answer): string {
  const first = messages(answer)[0]
  if (first === undefined) throw new Error(`no message in ${JSON.stringify(answer)}`)
  return first.ReceiptHandle
}

export async function queueArn(client: Client, queueUrl: string): Promise<string> {
  const { Attributes } = await client.must('GetQueueAttributes', { QueueUrl: queueUrl, AttributeNames: ['QueueArn'] })
  return (Attributes as Readonly<Record<string, string>>)['QueueArn'] as string
}
