import test from 'ava'
import fc from 'fast-check'
import { PipitError } from '../../../src/core/errors.ts'
import { parsePath, textsAt } from '../../../src/injectors/rules/value-path.ts'

const input = {
  MessageBody: JSON.stringify({ order: { id: 42, paid: true }, items: [{ name: 'a' }, { name: 'b' }] }),
  Entries: [
    { Id: '1', MessageBody: '{"n":1}' },
    { Id: '2', MessageBody: 'text' },
  ],
  Attributes: { 'a.b': 'dotted' },
  Data: Buffer.from('bytes'),
}

for (const [path, texts] of [
  ['MessageBody.order.id', ['42']],
  ['$.MessageBody.order.paid', ['true']],
  ['MessageBody.order', ['{"id":42,"paid":true}']],
  ['MessageBody.items[1].name', ['b']],
  ['MessageBody.items.*.name', ['a', 'b']],
  ['Entries[0].Id', ['1']],
  ['Entries[*].Id', ['1', '2']],
  ['Entries.*.MessageBody.n', ['1']],
  ['Attributes["a.b"]', ['dotted']],
  ['Data', ['bytes']],
  ['Nothing', []],
  ['MessageBody.order.id.more', []],
  ['constructor', []],
] as const)
  test(`${path} is ${JSON.stringify(texts)}`, (t) => t.deepEqual(textsAt(input, parsePath(path)), texts))

for (const path of ['', '.', 'a..b', 'a[', 'a[x]', 'a b', 'a'.repeat(501)])
  test(`${JSON.stringify(path.slice(0, 10))} is no path`, (t) => {
    t.throws(() => parsePath(path), { instanceOf: PipitError, code: 'bad-request', message: /expected a path like/ })
  })

test('whatever stands there, it is texts', (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('a', '*', 'a.*', '*.*.*', '[0]'), (value, path) => {
      for (const text of textsAt(value, parsePath(path))) t.is(typeof text, 'string')
    }),
  )
})

test('of wide lists the first thousand are looked through', (t) => {
  const wide = Array.from({ length: 2000 }, () => Array.from({ length: 2000 }, () => 1))
  t.is(textsAt(wide, parsePath('*.*')).length, 1000)
})
