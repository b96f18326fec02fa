import test from 'ava'
import fc from 'fast-check'
import { parseQueuesShorthand, type QueueEntry } from '../../src/config/queues-shorthand.ts'

const understood: readonly [title: string, text: string, queues: readonly QueueEntry[]][] = [
  ['nothing is no queue', '', []],
  ['a bare name', 'orders', [{ name: 'orders', attributes: {} }]],
  [
    'a dead-letter queue',
    'orders>orders-dlq:3',
    [{ name: 'orders', attributes: {}, dlq: { name: 'orders-dlq', maxReceiveCount: 3 } }],
  ],
  [
    'attributes',
    'events.fifo?ContentBasedDeduplication=true&VisibilityTimeout=5',
    [{ name: 'events.fifo', attributes: { ContentBasedDeduplication: 'true', VisibilityTimeout: '5' } }],
  ],
  [
    'a dead-letter queue and attributes',
    'a>b:1000?DelaySeconds=1',
    [{ name: 'a', attributes: { DelaySeconds: '1' }, dlq: { name: 'b', maxReceiveCount: 1000 } }],
  ],
  [
    'several, folded over lines as in a compose file, with a trailing comma',
    'a ,\n  b > c:2 ? DelaySeconds=1,\n',
    [
      { name: 'a', attributes: {} },
      { name: 'b', attributes: { DelaySeconds: '1' }, dlq: { name: 'c', maxReceiveCount: 2 } },
    ],
  ],
  [
    'values with commas, ampersands and equals signs, percent-encoded or not',
    'a?Policy={"Version"="1"%2C"x"="%26"}&KmsMasterKeyId=alias/a=b',
    [{ name: 'a', attributes: { Policy: '{"Version"="1","x"="&"}', KmsMasterKeyId: 'alias/a=b' } }],
  ],
  ['an empty value', 'a?Policy=', [{ name: 'a', attributes: { Policy: '' } }]],
  [
    "names that are JavaScript's own",
    'constructor?__proto__=1',
    [{ name: 'constructor', attributes: Object.fromEntries([['__proto__', '1']]) }],
  ],
]

for (const [title, text, queues] of understood) {
  test(`${title}: ${JSON.stringify(text)}`, (t) => {
    t.deepEqual(parseQueuesShorthand(text), queues)
  })
}

const refused: readonly [title: string, text: string, wrong: string, message: RegExp][] = [
  [
    'no receive count',
    'a,orders>orders-dlq',
    'orders>orders-dlq',
    /receive count of 1 to 1000 like orders>orders-dlq:3/,
  ],
  ['a receive count of 0', 'a>b:0', 'a>b:0', /1 to 1000/],
  ['a receive count of 1001', 'a>b:1001', 'a>b:1001', /1 to 1000/],
  ['a receive count in words', 'a>b:three', 'a>b:three', /1 to 1000/],
  ['a nameless dead-letter queue', 'a>:3', 'a>:3', /1 to 1000/],
  ['a nameless queue', '>b:3', '>b:3', /^expected orders/],
  ['two arrows', 'a>b:3>c:3', 'a>b:3>c:3', /^expected orders/],
  ['an attribute without a value', 'a?DelaySeconds', 'a?DelaySeconds', /expected attributes like/],
  ['no attribute after the question mark', 'a?', 'a?', /expected attributes like/],
  ['an attribute twice', 'a?DelaySeconds=1&DelaySeconds=2', 'a?DelaySeconds=1&DelaySeconds=2', /each once/],
  ['a broken escape', 'a?Policy=%zz', 'a?Policy=%zz', /expected attributes like/],
  ['a queue twice', 'a,b,a?DelaySeconds=1', 'a?DelaySeconds=1', /"a" is declared twice/],
]

for (const [title, text, wrong, message] of refused) {
  test(`refused: ${title}: ${text}`, (t) => {
    const mistake = parseQueuesShorthand(text)
    if (!('wrong' in mistake)) return t.fail('it was understood')
    t.is(mistake.wrong, wrong)
    t.regex(mistake.message, message)
  })
}

const queueName = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}(\.fifo)?$/)
const queue = fc.record(
  {
    name: queueName,
    attributes: fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,12}$/), fc.string({ unit: 'grapheme' }), {
      noNullPrototype: true,
    }),
    dlq: fc.record({ name: queueName, maxReceiveCount: fc.integer({ min: 1, max: 1000 }) }),
  },
  { requiredKeys: ['name', 'attributes'] },
)

function written({ name, attributes, dlq }: QueueEntry): string {
  const redrive = dlq === undefined ? '' : `>${dlq.name}:${dlq.maxReceiveCount}`
  const pairs = Object.entries(attributes).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
  return `${name}${redrive}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
}

test('what is written with percent-encoded values is read back as it was', (t) => {
  const queues = fc.uniqueArray(queue, { selector: (entry) => entry.name, maxLength: 5 })
  fc.assert(
    fc.property(queues, (entries) => {
      t.deepEqual(parseQueuesShorthand(entries.map(written).join(',')), entries)
    }),
  )
})

test('any text is either understood or refused with the part that is wrong', (t) => {
  const soup = fc.string({ unit: fc.constantFrom('a', 'b', '>', ':', '?', '=', '&', ',', '%', '3', ' ', '\n') })
  fc.assert(
    fc.property(soup, (text) => {
      const parsed = parseQueuesShorthand(text)
      if ('wrong' in parsed) t.true(parsed.wrong !== '' && text.includes(parsed.wrong))
      else t.true(parsed.every((entry) => entry.name !== '' && !/[,>?]/.test(entry.name)))
    }),
  )
})
