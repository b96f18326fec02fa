import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import test from 'ava'

interface FilterPolicy {
  readonly policyComplaint: (text: string, scope: string) => string | undefined
  readonly passes: (
    filter: { policy: string | undefined; scope?: string },
    message: { attributes: object; body: string },
  ) => boolean
}

const { policyComplaint, passes } = (await import(
  pathToFileURL(resolve('examples/sns/filter-policy.js')).href
)) as FilterPolicy

const LETTERS = Array.from('abcdefghijklm')

const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue })
const ATTRIBUTES = {
  store: text('example_corp'),
  price: text('210.75', 'Number'),
  interests: text('["soccer","rugby",7,true,null]', 'String.Array'),
  address: text('10.0.0.12'),
  bytes: { DataType: 'Binary', BinaryValue: Buffer.from('x') },
}

for (const [policy, isMet] of [
  [{}, true],
  [{ store: ['example_corp'] }, true],
  [{ store: ['other', 'example_corp'] }, true],
  [{ store: ['Example_corp'] }, false],
  [{ store: ['example_corp'], missing: ['x'] }, false],
  [{ store: [{ prefix: 'example' }] }, true],
  [{ store: [{ prefix: 'corp' }] }, false],
  [{ store: [{ suffix: '_corp' }] }, true],
  [{ store: [{ 'equals-ignore-case': 'EXAMPLE_CORP' }] }, true],
  [{ store: [{ 'anything-but': 'other' }] }, true],
  [{ store: [{ 'anything-but': ['other', 'example_corp'] }] }, false],
  [{ store: [{ 'anything-but': { prefix: 'exa' } }] }, false],
  [{ store: [{ 'anything-but': { suffix: 'x' } }] }, true],
  [{ missing: [{ 'anything-but': 'x' }] }, false],
  [{ store: [{ exists: true }] }, true],
  [{ store: [{ exists: false }] }, false],
  [{ missing: [{ exists: false }] }, true],
  [{ missing: [{ exists: true }] }, false],
  [{ price: [210.75] }, true],
  [{ price: ['210.75'] }, false],
  [{ price: [{ numeric: ['=', 210.75] }] }, true],
  [{ price: [{ numeric: ['>', 200, '<=', 300] }] }, true],
  [{ price: [{ numeric: ['>', 210.75] }] }, false],
  [{ price: [{ numeric: ['<', 200] }] }, false],
  [{ price: [{ numeric: ['>=', 210.75] }] }, true],
  [{ store: [{ numeric: ['>', 0] }] }, false],
  [{ interests: ['rugby'] }, true],
  [{ interests: [7] }, true],
  [{ interests: [null] }, true],
  [{ interests: ['tennis'] }, false],
  [{ interests: [{ 'anything-but': ['soccer'] }] }, true],
  [{ address: [{ cidr: '10.0.0.0/24' }] }, true],
  [{ address: [{ cidr: '10.0.1.0/24' }] }, false],
  [{ bytes: [{ exists: true }] }, false],
  [{ $or: [{ store: ['other'] }, { price: [{ numeric: ['>', 1] }] }] }, true],
  [{ $or: [{ store: ['other'] }, { missing: ['x'] }] }, false],
] as const)
  test(`attributes ${isMet ? 'pass' : 'do not pass'} ${JSON.stringify(policy)}`, (t) => {
    t.is(policyComplaint(JSON.stringify(policy), 'MessageAttributes'), undefined)
    t.is(passes({ policy: JSON.stringify(policy) }, { attributes: ATTRIBUTES, body: '{}' }), isMet)
  })

const BODY = JSON.stringify({
  store: { name: 'corp', open: true },
  items: [
    { kind: 'book', price: 5 },
    { kind: 'pen', price: 50 },
  ],
  tags: ['a', 'b'],
})

for (const [policy, isMet] of [
  [{ store: { name: ['corp'] } }, true],
  [{ store: { name: ['corp'], open: [false] } }, false],
  [{ tags: ['b'] }, true],
  [{ items: { kind: ['pen'], price: [{ numeric: ['>', 10] }] } }, true],
  [{ items: { kind: ['book'], price: [{ numeric: ['>', 10] }] } }, false],
  [{ nothing: { here: [{ exists: false }] } }, true],
  [{ nothing: { here: ['x'] } }, false],
] as const)
  test(`a body ${isMet ? 'passes' : 'does not pass'} ${JSON.stringify(policy)}`, (t) => {
    const text = JSON.stringify(policy)
    t.is(policyComplaint(text, 'MessageBody'), undefined)
    t.is(passes({ policy: text, scope: 'MessageBody' }, { attributes: {}, body: BODY }), isMet)
  })

test('a body that is no JSON object passes no policy for bodies, and without a policy everything passes', (t) => {
  for (const body of ['hello', '[]', '7'])
    t.false(passes({ policy: '{"a":["b"]}', scope: 'MessageBody' }, { attributes: {}, body }))
  t.true(passes({ policy: undefined }, { attributes: {}, body: 'hello' }))
  t.true(passes({ policy: '' }, { attributes: {}, body: 'hello' }))
})

for (const [policy, complaint] of [
  ['{', 'FilterPolicy: failed to parse JSON.'],
  ['[]', 'FilterPolicy: Filter policy must be an object'],
  ['{"a":"b"}', 'FilterPolicy: "a" must be an object or an array'],
  ['{"a":[]}', 'FilterPolicy: Empty arrays are not allowed'],
  ['{"a":{"b":["c"]}}', 'Filter policy scope MessageAttributes does not support nested filter policy'],
  ['{"a":[["b"]]}', 'FilterPolicy: Match value must be String, number, true, false, or null'],
  ['{"a":[{"prefix":"b","suffix":"c"}]}', 'FilterPolicy: Only one key allowed in match expression'],
  ['{"a":[{"starts":"b"}]}', 'FilterPolicy: Unrecognized match type starts'],
  ['{"a":[{"prefix":7}]}', 'FilterPolicy: prefix match pattern must be a string'],
  ['{"a":[{"exists":"yes"}]}', 'FilterPolicy: exists match pattern must be either true or false.'],
  ['{"a":[{"anything-but":{"cidr":"x"}}]}', 'FilterPolicy: Unsupported anything-but pattern: cidr'],
  ['{"a":[{"numeric":[]}]}', 'FilterPolicy: Invalid member in numeric match: ]'],
  ['{"a":[{"numeric":["!",1]}]}', 'FilterPolicy: Unrecognized numeric range operator: !'],
  ['{"a":[{"numeric":["=","1"]}]}', 'FilterPolicy: Value of equals must be numeric'],
  ['{"a":[{"numeric":["<",1,"<",2]}]}', 'FilterPolicy: Too many elements in numeric expression'],
  ['{"a":[{"numeric":[">",2,"<",1]}]}', 'FilterPolicy: Bottom must be less than top'],
  ['{"a":[{"cidr":"10.0.0.0"}]}', "FilterPolicy: Malformed CIDR, one '/' required"],
  ['{"a":[{"cidr":"10.0.0.256/8"}]}', 'FilterPolicy: Nonstandard IP address: 10.0.0.256'],
  [
    '{"a":["x"],"b":["x"],"c":["x"],"d":["x"],"e":["x"],"f":["x"]}',
    'FilterPolicy: Filter policy can not have more than 5 keys',
  ],
  [JSON.stringify({ a: LETTERS, b: LETTERS }), 'FilterPolicy: Filter policy is too complex'],
] as const)
  test(`${policy} is refused: ${complaint}`, (t) => {
    t.is(policyComplaint(policy, 'MessageAttributes'), complaint)
  })
