import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import type { Shape } from '../../src/core/shapes.ts'
import { optionValue } from '../../src/awslocal/option-value.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'

const files: Readonly<Record<string, string>> = { body: 'from a file', 'a.json': '{"VisibilityTimeout":"5"}' }
const readFile = (path: string): Buffer => {
  const text = files[path]
  if (text === undefined) throw new PipitError('usage', `${path} cannot be read`)
  return Buffer.from(text)
}
const memberOf = (operation: string, member: string): Shape =>
  sqsShapes.operations[operation]?.input.members[member] as Shape
const value = (shape: Shape, ...words: string[]): unknown => optionValue('--it', words, shape, readFile)

const string: Shape = { type: 'string' }
const attributes = memberOf('CreateQueue', 'Attributes')
const names = memberOf('GetQueueAttributes', 'AttributeNames')
const entries = memberOf('SendMessageBatch', 'Entries')
const messageAttributes = memberOf('SendMessage', 'MessageAttributes')

test('scalars are read by their shape', (t) => {
  t.is(value(string, '007'), '007')
  t.is(value({ type: 'integer' }, '5'), 5)
  t.is(value({ type: 'boolean' }, 'TRUE'), true)
  t.is(value({ type: 'blob' }, 'aGk='), 'aGk=')
})

test('files are read, bytes as base64', (t) => {
  t.is(value(string, 'file://body'), 'from a file')
  t.is(value({ type: 'blob' }, 'fileb://body'), Buffer.from('from a file').toString('base64'))
  t.deepEqual(value(attributes, 'file://a.json'), { VisibilityTimeout: '5' })
})

test('lists are words or JSON', (t) => {
  t.deepEqual(value(names, 'All', 'Policy'), ['All', 'Policy'])
  t.deepEqual(value(names, '["All"]'), ['All'])
})

test('maps and structures are shorthand or JSON, and their numbers are numbers', (t) => {
  t.deepEqual(value(attributes, 'DelaySeconds=5,VisibilityTimeout=30'), { DelaySeconds: '5', VisibilityTimeout: '30' })
  t.deepEqual(value(attributes, '{"DelaySeconds":"5"}'), { DelaySeconds: '5' })
  t.deepEqual(value(entries, 'Id=1,MessageBody=a,DelaySeconds=3', 'Id=2,MessageBody="b, c"'), [
    { Id: '1', MessageBody: 'a', DelaySeconds: 3 },
    { Id: '2', MessageBody: 'b, c' },
  ])
  t.deepEqual(value(messageAttributes, 'trace={DataType=String,StringValue=x}'), {
    trace: { DataType: 'String', StringValue: 'x' },
  })
})

const wrong: readonly [title: string, shape: Shape, words: readonly string[], message: RegExp][] = [
  ['no value', string, [], /^--it: expected one value$/],
  ['two values', string, ['a', 'b'], /^--it: unknown word "b" behind it$/],
  ['a word for a number', { type: 'integer' }, ['x'], /expected a whole number, got "x"/],
  ['a word for a switch', { type: 'boolean' }, ['maybe'], /expected true or false/],
  ['broken JSON', attributes, ['{"a"'], /expected JSON/],
  ['an unknown key', entries, ['Idd=1'], /unknown key "Idd", expected one of Id, /],
  ['text for a map', attributes, ['x'], /expected key=value pairs or JSON/],
  ['a file that is not there', string, ['file://nothing'], /nothing cannot be read/],
]
for (const [title, shape, words, message] of wrong)
  test(`${title} is refused by the option's name`, (t) => {
    t.throws(() => value(shape, ...words), { instanceOf: PipitError, message })
  })
