import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import test from 'ava'
import { Body, Budget, unpacked } from '../../src/monitor/body.ts'

const push = (body: Body, text: string): void => body.push(Buffer.from(text), 0, text.length)

test('a body is put together from the parts of what came', (t) => {
  const body = new Body(new Budget(100), 100)
  body.push(Buffer.from('xxabcxx'), 2, 5)
  t.is(body.bytes?.toString(), 'abc')
  push(body, 'de')
  t.is(body.bytes?.toString(), 'abcde')
  t.is(body.sizeBytes, 5)
})

test('a body of nothing is kept', (t) => {
  t.is(new Body(new Budget(0), 0).bytes?.length, 0)
})

test('a body that is too long is counted, not kept, and costs nothing', (t) => {
  const budget = new Budget(100)
  const body = new Body(budget, 5)
  push(body, 'abc')
  t.is(budget.usedBytes, 3)
  push(body, 'def')
  push(body, 'g')
  t.is(body.bytes, undefined)
  t.is(body.sizeBytes, 7)
  t.is(budget.usedBytes, 0)
})

test('all bodies together keep no more than the budget', (t) => {
  const budget = new Budget(10)
  const [one, two, three] = [new Body(budget, 10), new Body(budget, 10), new Body(budget, 10)] as const
  push(one, '12345678')
  push(two, '123')
  t.is(two.bytes, undefined)
  t.is(one.bytes?.length, 8)
  one.release()
  one.release()
  t.is(budget.usedBytes, 0)
  push(three, '1234567890')
  t.is(three.bytes?.length, 10)
})

for (const [encoding, pack] of [
  ['gzip', gzipSync],
  ['X-GZIP', gzipSync],
  [' deflate ', deflateSync],
  ['br', brotliCompressSync],
] as const)
  test(`${encoding} is unpacked`, (t) => {
    t.is(unpacked(pack('{"a":1}'), encoding).toString(), '{"a":1}')
  })

for (const [title, bytes, encoding] of [
  ['no encoding', Buffer.from('abc'), undefined],
  ['an unknown encoding', Buffer.from('abc'), 'zstd'],
  ['a name that every object knows', Buffer.from('abc'), 'constructor'],
  ['an encoding that lies', Buffer.from('abc'), 'gzip'],
  ['what would become too large', gzipSync(Buffer.alloc(9 * 1024 * 1024)), 'gzip'],
  ['what is too large to be unpacked in passing', Buffer.alloc(2 * 1024 * 1024), 'gzip'],
] as const)
  test(`${title}: as it is`, (t) => {
    t.is(unpacked(bytes, encoding), bytes)
  })

test('a body that is announced to be too long is not kept from the beginning', (t) => {
  const budget = new Budget(100)
  const body = new Body(budget, 5, 6)
  push(body, 'abc')
  t.is(body.bytes, undefined)
  t.is(budget.usedBytes, 0)
  t.is(body.sizeBytes, 3)
})
