import type { WrittenRule } from './rule.ts'

export interface Preset {
  readonly summary: string
  readonly rules: readonly WrittenRule[]
}

const SENDS = ['SendMessage', 'SendMessageBatch']
const DELETES = ['DeleteMessage', 'DeleteMessageBatch']

/** Weather that people want by name. Each is an ordinary rule or two: `pipit faults presets --json` shows them. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  'sqs-throttled': {
    summary: 'a fifth of all sends, receives and deletes is refused with RequestThrottled',
    rules: [
      {
        id: 'sqs-throttled',
        on: { service: 'sqs', operation: [...SENDS, 'ReceiveMessage', ...DELETES] },
        when: { rate: '20%' },
        do: { error: 'RequestThrottled' },
      },
    ],
  },
  'sqs-at-least-once': {
    summary: 'messages come twice now and then, and not in order',
    rules: [
      {
        id: 'sqs-at-least-once',
        on: { service: 'sqs', operation: 'ReceiveMessage' },
        when: { rate: '20%' },
        do: { 'sqs.redeliver': { copies: 1, after: '1s' } },
      },
      {
        id: 'sqs-out-of-order',
        on: { service: 'sqs', operation: 'ReceiveMessage' },
        do: { 'sqs.reorder': { window: 10 } },
      },
    ],
  },
  'sqs-lost-acks': {
    summary: 'a third of all sends and deletes is executed, and its answer lost: at the first try',
    rules: [
      {
        id: 'sqs-lost-acks',
        on: { service: 'sqs', operation: [...SENDS, ...DELETES], attempt: 1 },
        when: { rate: '33%' },
        do: { reset: 'after-commit' },
      },
    ],
  },
  'sqs-eventual': {
    summary: 'a new queue is unknown for a second, and short polls see some of the servers only',
    rules: [
      { id: 'sqs-create-lag', on: { service: 'sqs', operation: 'CreateQueue' }, do: { 'sqs.createLag': '1s' } },
      { id: 'sqs-sample', on: { service: 'sqs', operation: 'ReceiveMessage' }, do: { 'sqs.sample': {} } },
    ],
  },
  'slow-network': {
    summary: 'answers take 200 ms and more, and come at 50 kB a second',
    rules: [
      {
        id: 'slow-network',
        do: [{ latency: { lognormal: { median: '200ms', sigma: 0.4, max: '2s' } } }, { bandwidth: '50kB' }],
      },
    ],
  },
  'flaky-network': {
    summary: 'one connection in twenty is reset before, one after the execution, one in fifty in the middle',
    rules: [
      { id: 'flaky-before', when: { rate: '5%' }, do: { reset: 'before-commit' } },
      { id: 'flaky-after', when: { rate: '5%' }, do: { reset: 'after-commit' } },
      { id: 'flaky-cut', when: { rate: '2%' }, do: { cut: { fraction: 0.5, then: 'reset' } } },
    ],
  },
  'expired-credentials': {
    summary: 'every call is refused with ExpiredToken',
    rules: [{ id: 'expired-credentials', do: { credentials: 'expired' } }],
  },
  'half-open': {
    summary: 'one call in ten is never answered, on a connection that stays open',
    rules: [{ id: 'half-open', when: { rate: '10%' }, do: { hang: 'before-commit' } }],
  },
}
