import test from 'ava'
import { optionValue } from '../../src/awslocal/option-value.ts'
import { PipitError } from '../../src/core/errors.ts'
import type { Shape } from '../../src/core/shapes.ts'

const string: Shape = { type: 'string' }
const strings: Shape = { type: 'list', member: string, queryName: 'S' }
const attributes: Shape = { type: 'map', value: string, queryName: 'A', keyName: 'Name', valueName: 'Value' }
const entry: Shape = {
  type: 'structure',
  members: { Id: string, DelaySeconds: { type: 'integer' }, Names: strings, Bytes: { type: 'blob' } },
}
const entries: Shape = { type: 'list', member: entry, queryName: 'E' }

const files: Readonly<Record<string, string>> = { 'a.json': '{"A":"1"}', body: 'from a file\n', list: '[{"Id":"1"}]' }
const readFile = (path: string): Buffer => Buffer.from(files[path] ?? '')

const read: readonly [words: readonly string[], shape: Shape, value: unknown][] = [
  [['hello'], string, 'hello'],
  [[''], string, ''],
  [['{"not": "parsed"}'], string, '{"not": "parsed"}'],
  [['file://body'], string, 'from a file\n'],
  [['fileb://body'], { type: 'blob' }, Buffer.from('from a file\n').toString('base64')],
  [['aGk='], { type: 'blob' }, 'aGk='],
  [['-5'], { type: 'integer' }, -5],
  [['1700000000000'], { type: 'long' }, 1_700_000_000_000],
  [['True'], { type: 'boolean' }, true],
  [['false'], { type: 'boolean' }, false],
  [['All', 'x'], strings, ['All', 'x']],
  [['["All"]'], strings, ['All']],
  [['A=1,B=2'], attributes, { A: '1', B: '2' }],
  [['A=a,b'], attributes, { A: 'a,b' }],
  [['{"A":"{\\"b\\":1}"}'], attributes, { A: '{"b":1}' }],
  [['file://a.json'], attributes, { A: '1' }],
  [
    ['Id=1,DelaySeconds=2', 'Id=2,Names=a,b', 'Id=3,Names=c'],
    entries,
    [
      { Id: '1', DelaySeconds: 2 },
      { Id: '2', Names: ['a', 'b'] },
      { Id: '3', Names: ['c'] },
    ],
  ],
  [['{"Id":"1"}', '{"Id":"2"}'], entries, [{ Id: '1' }, { Id: '2' }]],
  [['file://list'], entries, [{ Id: '1' }]],
  [['Id=1,Bytes=aGk='], entries, [{ Id: '1', Bytes: 'aGk=' }]],
]

for (const [words, shape, value] of read)
  test(`${words.join(' ')} for a ${shape.type} is ${JSON.stringify(value)}`, (t) => {
    t.deepEqual(optionValue('--x', words, shape, readFile), value)
  })

const refused: readonly [words: readonly string[], shape: Shape, message: RegExp][] = [
  [[], string, /^--x: expected one value$/],
  [['a', 'b'], string, /^--x: unknown word "b" behind it$/],
  [['1.5'], { type: 'integer' }, /^--x: expected a whole number, got "1.5"$/],
  [['yes'], { type: 'boolean' }, /^--x: expected true or false, got "yes"$/],
  [['{"A":'], attributes, /^--x: expected JSON: /],
  [['[1,'], strings, /^--x: expected JSON: /],
  [['A'], attributes, /^--x: expected key=value pairs or JSON, got "A"/],
  [['Idd=1'], entries, /^--x: unknown key "Idd", expected one of Id, DelaySeconds, Names, Bytes$/],
  [['toString=1'], entries, /^--x: unknown key "toString"/],
  [['Id={a=1}'], entries, /^--x: expected text$/],
  [
    ['A=1'],
    { type: 'map', value: entry, queryName: 'M', keyName: 'K', valueName: 'V' },
    /^--x: expected key=value pairs$/,
  ],
]

for (const [words, shape, message] of refused)
  test(`${JSON.stringify(words)} for a ${shape.type} is refused: ${message.source}`, (t) => {
    t.throws(() => optionValue('--x', words, shape, readFile), { instanceOf: PipitError, code: 'usage', message })
  })

test('a bug is no complaint about what was written', (t) => {
  const broken = (): never => {
    throw new TypeError('a bug')
  }
  t.throws(() => optionValue('--x', ['file://a'], string, broken), { instanceOf: TypeError })
})
