import test from 'ava'
import { seededRandom } from '../../../src/core/random.ts'
import { contentOf, MessageIds } from '../../../src/sqs/engine/message.ts'
import { messageAt } from './lab.ts'

test('message ids are UUIDs v4, each of its own, and always the same for one message', (t) => {
  const ids = new MessageIds(seededRandom(1), 0)
  const serials = Array.from({ length: 20_000 }, () => ids.next())
  const texts = serials.map((serial) => ids.format(serial))
  t.is(new Set(texts).size, serials.length)
  t.true(texts.every((text) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text)))
  t.is(ids.format(77), texts[77] as string)
})

test('neighbours have nothing in common', (t) => {
  const ids = new MessageIds(seededRandom(1), 0)
  for (let serial = 0; serial < 100; serial++) {
    const next = ids.format(serial + 1)
    const same = Array.from(ids.format(serial)).filter((char, i) => char === next[i]).length
    t.true(same < 20, `${same} of 36 characters are the same`)
  }
})

test('ids stay apart beyond 32 bits of messages', (t) => {
  const ids = new MessageIds(seededRandom(1), 0)
  const serials = [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 33, 2 ** 40]
  t.is(new Set(serials.map((serial) => ids.format(serial))).size, serials.length)
})

test('sessions have ids of their own', (t) => {
  t.not(new MessageIds(seededRandom(1), 0).format(0), new MessageIds(seededRandom(2), 0).format(0))
})

test('sequence numbers have twenty digits, grow, and are not consecutive', (t) => {
  const ids = new MessageIds(seededRandom(1), Date.UTC(2026, 0, 1))
  const numbers = [0, 1, 2, 1_000_000].map((sequence) => ids.sequenceNumber(sequence))
  for (const number of numbers) t.regex(number, /^\d{20}$/)
  t.deepEqual(numbers.toSorted(), numbers)
  t.true(BigInt(numbers[1] as string) - BigInt(numbers[0] as string) > 1n)
})

test('a later session has higher sequence numbers', (t) => {
  const [earlier, later] = [0, 60_000].map((ms) => new MessageIds(seededRandom(1), Date.UTC(2026, 0, 1) + ms))
  t.true((later?.sequenceNumber(0) ?? '') > (earlier?.sequenceNumber(1000) ?? ''))
})

test('the content of a message goes on with another serial number and time', (t) => {
  const attributes = { a: { dataType: 'String', stringValue: 'x' } }
  const content = { body: 'b', attributes, traceHeader: 'Root=1', senderId: 'AIDA', groupId: 'g' }
  t.deepEqual(contentOf(messageAt(1, content), 9, 50), { ...content, serial: 9, sentAtMs: 50 })
})

test('a message of a standard queue has no deduplication id, no sequence number and no source', (t) => {
  const message = messageAt(1)
  t.is(message.deduplicationId, undefined)
  t.is(message.sequenceNumber, undefined)
  t.is(message.deadLetterSourceArn, undefined)
})

test('a serial number is read back from its id, and from no other text', (t) => {
  const ids = new MessageIds(seededRandom(1), 0)
  const other = new MessageIds(seededRandom(2), 0)
  for (let serial = ids.next(); serial < 1000; serial = ids.next()) t.is(ids.serialOf(ids.format(serial)), serial)
  const id = ids.format(7)
  for (const text of [ids.format(5000), other.format(7), '', 'x', id.slice(0, 8), id.slice(0, -1), `${id}0`])
    t.is(ids.serialOf(text), undefined, text)
})
