import test from 'ava'
import fc from 'fast-check'
import { MessageLog } from '../../../src/sqs/engine/message-log.ts'
import type { Message } from '../../../src/sqs/engine/message.ts'
import { messageAt } from './lab.ts'

function filled(ages: readonly number[]): { log: MessageLog; messages: Message[] } {
  const log = new MessageLog()
  const messages = ages.map((sentAtMs) => {
    const message = messageAt(log.nextOffset, { sentAtMs })
    log.add(message)
    return message
  })
  return { log, messages }
}

function expire(log: MessageLog, atMs: number): number[] {
  const offsets: number[] = []
  for (let found = log.sentBy(atMs); found.length > 0; found = log.sentBy(atMs))
    for (const message of found) {
      offsets.push(message.offset)
      log.remove(message)
    }
  return offsets.toSorted((a, b) => a - b)
}

test('a message is found by its offset until it is removed', (t) => {
  const { log, messages } = filled(Array.from({ length: 300 }, (_, i) => i))
  t.is(log.find(299), messages[299])
  t.is(log.find(300), undefined)
  log.remove(messages[299] as Message)
  t.is(log.find(299), undefined)
  t.is(log.find(298), messages[298])
  t.is(log.size, 299)
  log.remove(messages[299] as Message)
  t.is(log.size, 299)
})

test('offsets are never used again, not even when the log is empty', (t) => {
  const { log, messages } = filled([1, 2, 3])
  for (const message of messages) log.remove(message)
  t.is(log.nextOffset, 3)
  t.is(log.size, 0)
  t.deepEqual([...log], [])
})

test('a cleared queue goes on above the offsets of its former log', (t) => {
  const log = new MessageLog(1000)
  const message = messageAt(1000)
  log.add(message)
  t.is(log.find(1000), message)
  t.is(log.nextOffset, 1001)
})

test('it is walked in order of arrival, also after its last segment was emptied and filled again', (t) => {
  const { log, messages } = filled(Array.from({ length: 130 }, () => 0))
  for (const message of messages.slice(128)) log.remove(message)
  log.add(messageAt(130))
  log.remove(messages[5] as Message)
  t.deepEqual(
    [...log].map(({ offset }) => offset),
    [...Array.from({ length: 128 }, (_, i) => i).filter((i) => i !== 5), 130],
  )
})

test('segments with nothing left in them are dropped, whatever stays around them', (t) => {
  const { log, messages } = filled(Array.from({ length: 128 * 20 }, (_, i) => i))
  const sparse = messages[128 * 3 + 7] as Message
  for (const message of messages) if (message !== sparse) log.remove(message)
  t.is(log.segments, 1)
  t.is(log.find(sparse.offset), sparse)
  t.deepEqual(expire(log, sparse.sentAtMs), [sparse.offset])
  t.is(log.segments, 0)
})

test('an old message among younger ones expires alone: a dead-letter queue is full of them', (t) => {
  const { log } = filled([100, 100, 5, 100, ...Array.from({ length: 200 }, () => 200), 6])
  t.is(log.oldest()?.offset, 2)
  t.deepEqual(expire(log, 4), [])
  t.deepEqual(expire(log, 6), [2, 204])
  t.is(log.oldest()?.offset, 0)
  t.deepEqual(expire(log, 100), [0, 1, 3])
  t.is(log.size, 200)
})

test('whatever the ages and whatever was removed before, exactly the old ones expire', (t) => {
  const age = fc.integer({ min: 0, max: 40 })
  fc.assert(
    fc.property(fc.array(fc.tuple(age, fc.boolean()), { maxLength: 600 }), fc.array(age), (items, moments) => {
      const { log, messages } = filled(items.map(([sentAtMs]) => sentAtMs))
      let left = messages.filter((message, i) => {
        if (items[i]?.[1]) return true
        log.remove(message)
        return false
      })
      for (const atMs of moments.toSorted((a, b) => a - b)) {
        const expected = left.filter(({ sentAtMs }) => sentAtMs <= atMs).map(({ offset }) => offset)
        left = left.filter(({ sentAtMs }) => sentAtMs > atMs)
        t.deepEqual(expire(log, atMs), expected)
        t.is(log.oldest()?.sentAtMs, left.length === 0 ? undefined : Math.min(...left.map((each) => each.sentAtMs)))
      }
      t.is(log.size, left.length)
    }),
    { numRuns: 60 },
  )
})

test('a scan shows what is there in order of arrival, and goes on where it ended', (t) => {
  const { log, messages } = filled(Array.from({ length: 300 }, () => 0))
  for (const offset of [0, 1, 140, 299]) log.remove(messages[offset] as Message)
  const offsets: number[] = []
  let next: number | undefined = 0
  let steps = 0
  for (; next !== undefined; steps++)
    next = log.scan(next, 50, ({ offset }) => {
      offsets.push(offset)
      return true
    })
  t.deepEqual(
    offsets,
    [...log].map(({ offset }) => offset),
  )
  t.is(steps, 6)
})

test('a scan ends with the message after which no more are wanted', (t) => {
  const { log } = filled([0, 0, 0])
  t.is(
    log.scan(0, 100, ({ offset }) => offset < 1),
    2,
  )
  t.is(
    log.scan(2, 100, () => false),
    undefined,
  )
})

test('a scan steps over what is long gone', (t) => {
  const { log, messages } = filled(Array.from({ length: 128_000 }, () => 0))
  for (const message of messages.slice(0, -1)) if (message.offset !== 0) log.remove(message)
  let looks = 0
  const first = log.scan(0, 200, () => ++looks > 0)
  t.is(looks, 1)
  t.true((first ?? 0) > 5000)
  t.is(
    log.scan(first ?? 0, 2000, () => ++looks > 0),
    undefined,
  )
  t.is(looks, 2)
})

test('a scan of an empty log, or from beyond its end, shows nothing', (t) => {
  t.is(
    new MessageLog(5).scan(0, 10, () => t.fail()),
    undefined,
  )
  t.is(
    filled([1]).log.scan(7, 10, () => t.fail()),
    undefined,
  )
})
