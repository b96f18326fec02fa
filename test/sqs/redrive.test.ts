import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { seededRandom } from '../../src/core/random.ts'
import { settingsOf } from '../../src/sqs/attributes.ts'
import { Engine } from '../../src/sqs/engine/engine.ts'
import { arnOf } from '../../src/sqs/engine/queue-key.ts'
import type { Queue } from '../../src/sqs/engine/queue.ts'
import { checkRedriveAllowPolicy, checkRedriveTarget, parseRedrivePolicy, redrivesTo } from '../../src/sqs/redrive.ts'
import { thrownBy } from './sqs-client.ts'

const ACCOUNT = '000000000000'
const REGION = 'eu-west-1'
const DLQ = `arn:aws:sqs:${REGION}:${ACCOUNT}:dlq`
const SOURCE = `arn:aws:sqs:${REGION}:${ACCOUNT}:orders`

test('42 and "42" are the same maxReceiveCount', (t) => {
  for (const maxReceiveCount of [42, '42'])
    t.deepEqual(parseRedrivePolicy(JSON.stringify({ deadLetterTargetArn: DLQ, maxReceiveCount })), {
      targetArn: DLQ,
      maxReceiveCount: 42,
    })
})

const REFUSED: ReadonlyArray<readonly [policy: unknown, reason: string]> = [
  [{ maxReceiveCount: 1 }, 'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.'],
  [{ deadLetterTargetArn: DLQ }, 'Redrive policy does not contain mandatory attribute: maxReceiveCount.'],
  ...[0, 1001, -1, 1.5, '0', '1001', 'x', '', true, null].map(
    (maxReceiveCount) =>
      [
        { deadLetterTargetArn: DLQ, maxReceiveCount },
        `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
      ] as const,
  ),
  [{ deadLetterTargetArn: 'dlq', maxReceiveCount: 1 }, 'Invalid value for deadLetterTargetArn.'],
  [{ deadLetterTargetArn: 7, maxReceiveCount: 1 }, 'Invalid value for deadLetterTargetArn.'],
  [[], "Amazon SQS can't create the redrive policy, as it's in an unsupported format."],
  ['text', "Amazon SQS can't create the redrive policy, as it's in an unsupported format."],
]

for (const [policy, reason] of REFUSED) {
  test(`a redrive policy ${JSON.stringify(policy)} is refused: ${reason}`, (t) => {
    const text = JSON.stringify(policy)
    const error = thrownBy(() => parseRedrivePolicy(text))
    t.is(error.code, 'InvalidParameterValue')
    t.is(error.message, `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`)
  })
}

function world(): { engine: Engine; make: (name: string, attributes?: Record<string, string>) => Queue } {
  const engine = new Engine({ clock: new VirtualClock(), random: seededRandom(1) })
  return {
    engine,
    make(name, attributes = {}) {
      const map = new Map(Object.entries(attributes))
      const queue = engine.create({ account: ACCOUNT, region: REGION, name }, settingsOf(map, name.endsWith('.fifo')))
      for (const [key, value] of map) queue.attributes.set(key, value)
      return queue
    },
  }
}

function policyTo(deadLetterTargetArn: string): string {
  return JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 })
}

const TARGETS: ReadonlyArray<readonly [title: string, arn: string, reason: string | undefined]> = [
  ['a standard queue beside it', DLQ, undefined],
  ['a queue by another partition', DLQ.replace('aws', 'aws-cn'), undefined],
  ['a queue that is not there', `${DLQ}-2`, 'Dead letter target does not exist.'],
  ['a queue of another region', DLQ.replace(REGION, 'us-east-1'), 'Dead letter target does not exist.'],
  [
    'a queue of another account',
    DLQ.replace(ACCOUNT, '111111111111'),
    'Dead-letter target owner should be same as the source.',
  ],
  ['a FIFO queue', `${DLQ}.fifo`, 'Dead-letter queue must be same type of queue as the source.'],
  [
    'a queue that denies all',
    `${DLQ}-closed`,
    'The redrive allow policy of the dead letter target does not permit this source queue.',
  ],
  [
    'a queue that allows others',
    `${DLQ}-others`,
    'The redrive allow policy of the dead letter target does not permit this source queue.',
  ],
  ['a queue that allows this one', `${DLQ}-ours`, undefined],
  ['a queue that allows all', `${DLQ}-open`, undefined],
]

for (const [title, arn, reason] of TARGETS) {
  test(`a standard queue ${reason === undefined ? 'may' : 'may not'} send its dead letters to ${title}`, (t) => {
    const { engine, make } = world()
    const byQueue = (source: string): Record<string, string> => ({
      RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [source] }),
    })
    make('dlq')
    make('dlq.fifo')
    make('dlq-closed', { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' })
    make('dlq-open', { RedriveAllowPolicy: '{"redrivePermission":"allowAll"}' })
    make('dlq-others', byQueue(`${SOURCE}-2`))
    make('dlq-ours', byQueue(SOURCE))
    const key = { account: ACCOUNT, region: REGION, name: 'orders' }
    const check = (): void =>
      checkRedriveTarget({ key, isFifo: false, arn: arnOf(key) }, policyTo(arn), (target) => engine.find(target))
    if (reason === undefined) t.notThrows(check)
    else t.true(thrownBy(check).message.endsWith(`Reason: ${reason}`))
  })
}

test('a queue redrives to the one that its policy names', (t) => {
  const { make } = world()
  const target = make('dlq')
  t.true(redrivesTo(make('orders', { RedrivePolicy: policyTo(DLQ) }), target))
  t.false(redrivesTo(make('others', { RedrivePolicy: policyTo(`${DLQ}-2`) }), target))
  t.false(redrivesTo(make('plain'), target))
})

const ALLOW: ReadonlyArray<readonly [policy: unknown, legal: boolean]> = [
  [{ redrivePermission: 'allowAll' }, true],
  [{ redrivePermission: 'denyAll' }, true],
  [{ redrivePermission: 'byQueue', sourceQueueArns: [SOURCE] }, true],
  [{ redrivePermission: 'byQueue', sourceQueueArns: Array(10).fill(SOURCE) }, true],
  [{ redrivePermission: 'byQueue', sourceQueueArns: Array(11).fill(SOURCE) }, false],
  [{ redrivePermission: 'byQueue', sourceQueueArns: [] }, false],
  [{ redrivePermission: 'byQueue' }, false],
  [{ redrivePermission: 'byQueue', sourceQueueArns: ['orders'] }, false],
  [{ redrivePermission: 'byQueue', sourceQueueArns: SOURCE }, false],
  [{ redrivePermission: 'allowAll', sourceQueueArns: [SOURCE] }, false],
  [{ redrivePermission: 'all' }, false],
  [{}, false],
  [[], false],
]

for (const [policy, legal] of ALLOW) {
  const text = JSON.stringify(policy)
  test(`a redrive allow policy ${text.slice(0, 120)} is ${legal ? 'kept as it came' : 'refused'}`, (t) => {
    if (legal) t.is(checkRedriveAllowPolicy(text), text)
    else t.is(thrownBy(() => checkRedriveAllowPolicy(text)).code, 'InvalidParameterValue')
  })
}
