import test from 'ava'
import { readQueryInput } from '../../src/protocols/query-input.ts'
import { readParameters } from '../../src/protocols/query-parameters.ts'
import { shape } from '../../src/plugins/shape.ts'
import { form, plain } from '../protocols/requests.ts'

test('the words make what the protocols read', (t) => {
  const input = shape.structure(
    {
      Name: shape.string,
      Count: shape.integer,
      Names: shape.list(shape.string),
      Flat: shape.list(shape.string, 'Item'),
      Pairs: shape.map(shape.string),
      Tags: shape.map(shape.boolean, { key: 'Name', value: 'Value', query: 'Tag' }),
    },
    ['Name'],
  )
  const body =
    'Name=a&Count=2&Names.member.1=x&Item.1=y&Pairs.entry.1.key=k&Pairs.entry.1.value=v&Tag.1.Name=n&Tag.1.Value=true'
  t.deepEqual(plain(readQueryInput(input, readParameters(form(body), true))), {
    Name: 'a',
    Count: 2,
    Names: ['x'],
    Flat: ['y'],
    Pairs: { k: 'v' },
    Tags: { n: true },
  })
  t.deepEqual(input.required, ['Name'])
})
