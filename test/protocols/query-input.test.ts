import test from 'ava'
import type { Shape, StructureShape } from '../../src/core/shapes.ts'
import { readQueryInput } from '../../src/protocols/query-input.ts'
import { readParameters } from '../../src/protocols/query-parameters.ts'
import { form, plain } from './requests.ts'

const string: Shape = { type: 'string' }
const entry: Shape = { type: 'structure', members: { Id: string, Wait: { type: 'integer' } } }
const shape: StructureShape = {
  type: 'structure',
  members: {
    Text: string,
    Number: { type: 'integer' },
    Long: { type: 'long' },
    Flag: { type: 'boolean' },
    Blob: { type: 'blob' },
    Names: { type: 'list', member: string, queryName: 'Name' },
    Entries: { type: 'list', member: entry, queryName: 'Entry' },
    Tags: { type: 'map', value: string, queryName: 'Tag', keyName: 'Key', valueName: 'Value' },
    Things: { type: 'map', value: entry, queryName: 'Thing', keyName: 'Name', valueName: 'Value' },
    Wrapped: { type: 'list', member: entry },
    Pairs: { type: 'map', value: string, keyName: 'key', valueName: 'value' },
  },
}
const read = (body: string): unknown => plain(readQueryInput(shape, readParameters(form(body), true)))

for (const [title, body, input] of [
  [
    'scalars',
    'Text=x&Number=-7&Long=9007199254740991&Flag=true&Blob=aGk%3D',
    { Text: 'x', Number: -7, Long: 2 ** 53 - 1, Flag: true, Blob: Buffer.from('hi') },
  ],
  ['an empty string is a value', 'Text=', { Text: '' }],
  ['unknown parameters are ignored', 'AWSAccessKeyId=x&Signature=y&Version=2008-01-01&Text.1=z', {}],
  ['a list', 'Name.1=a&Name.2=b', { Names: ['a', 'b'] }],
  ['a list with gaps, in any order', 'Name.10=c&Name.2=b&Name.0=a', { Names: ['a', 'b', 'c'] }],
  ['a list written with member', 'Name.member.2=b&Name.member.1=a', { Names: ['a', 'b'] }],
  ['a list under the name of its member', 'Names.member.1=a', { Names: ['a'] }],
  ['a list of one without a number', 'Name=a', { Names: ['a'] }],
  ['an empty list', 'Names=', { Names: [] }],
  ['what is not numbered is no item', 'Name.x=a&Name.1=b&Name.1e1=c&Name.-1=d&Name.99999999999=e', { Names: ['b'] }],
  [
    'a list of structures',
    'Entry.1.Id=a&Entry.2.Id=b&Entry.2.Wait=3',
    { Entries: [{ Id: 'a' }, { Id: 'b', Wait: 3 }] },
  ],
  ['an item without a known member', 'Entry.1.Nope=a', { Entries: [{}] }],
  ['a map', 'Tag.1.Key=a&Tag.1.Value=x&Tag.7.Key=b&Tag.7.Value=', { Tags: { a: 'x', b: '' } }],
  ['a map of one without a number', 'Tag.Key=a&Tag.Value=x', { Tags: { a: 'x' } }],
  ['a map of structures', 'Thing.1.Name=a&Thing.1.Value.Wait=1', { Things: { a: { Wait: 1 } } }],
  ['an empty map', 'Tag=', { Tags: {} }],
  [
    'a list that is not flattened',
    'Wrapped.member.1.Id=a&Wrapped.member.2.Wait=3',
    { Wrapped: [{ Id: 'a' }, { Wait: 3 }] },
  ],
  ['a map that is not flattened', 'Pairs.entry.1.key=a&Pairs.entry.1.value=x', { Pairs: { a: 'x' } }],
] as const)
  test(title, (t) => {
    t.deepEqual(read(body), input)
  })

for (const [body, message] of [
  ['Number=', 'Value  for parameter Number is invalid. Reason: Must be an integer.'],
  ['Number=1.5', 'Value 1.5 for parameter Number is invalid. Reason: Must be an integer.'],
  ['Number=0x1', 'Value 0x1 for parameter Number is invalid. Reason: Must be an integer.'],
  ['Number=%2B1', 'Value +1 for parameter Number is invalid. Reason: Must be an integer.'],
  ['Number=2147483648', 'Value 2147483648 for parameter Number is invalid. Reason: Must be an integer.'],
  ['Long=9007199254740992', 'Value 9007199254740992 for parameter Long is invalid. Reason: Must be an integer.'],
  ['Flag=yes', 'Value yes for parameter Flag is invalid. Reason: Must be true or false.'],
  ['Blob=a', 'Value a for parameter Blob is invalid. Reason: Must be base64.'],
  ['Entry.3.Wait=x', 'Value x for parameter Entry.3.Wait is invalid. Reason: Must be an integer.'],
  [
    `Number=${'9'.repeat(1000)}`,
    `Value ${'9'.repeat(100)}… for parameter Number is invalid. Reason: Must be an integer.`,
  ],
  ['Tag.1.Key=a', 'The request must contain the parameter Tag.1.Value.'],
  ['Tag.2.Value=a', 'The request must contain the parameter Tag.2.Key.'],
  ['Thing.1.Name=a', 'The request must contain the parameter Thing.1.Value.'],
] as const)
  test(`${body.slice(0, 40)} is refused by name`, (t) => {
    t.throws(() => read(body), { message })
  })
