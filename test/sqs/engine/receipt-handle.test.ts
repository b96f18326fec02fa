import test from 'ava'
import fc from 'fast-check'
import { seededRandom } from '../../../src/core/random.ts'
import { type Receipt, ReceiptHandles } from '../../../src/sqs/engine/receipt-handle.ts'

const handles = new ReceiptHandles(seededRandom(1))
const RECEIPT: Receipt = {
  queueTag: 0xfedcba98,
  incarnation: 3,
  offset: 2 ** 40 + 1,
  receiveCount: 7,
  issuedAtMs: Date.UTC(2026, 0, 1) + 0.5,
}

test('a handle says what it was issued for', (t) => {
  t.deepEqual(handles.read(handles.issue(RECEIPT)), RECEIPT)
})

test('it looks like one of AWS: AQEB, base64, 412 characters', (t) => {
  t.regex(handles.issue(RECEIPT), /^AQEB[A-Za-z0-9+/]{408}$/)
})

test('two handles do not look alike, even of two receives of one message', (t) => {
  const [first, second] = [7, 8].map((receiveCount) => handles.issue({ ...RECEIPT, receiveCount }).slice(4, 60))
  const same = Array.from(first as string).filter((char, i) => char === second?.[i]).length
  t.true(same < 12, `${same} of 56 characters are the same`)
})

const issued = handles.issue(RECEIPT)

for (const [title, handle] of [
  ['nothing', ''],
  ['garbage', 'garbage'],
  ['garbage of the right length', `AQEB${'x'.repeat(408)}`],
  ['one that is cut short', issued.slice(0, -1)],
  ['one that is cut in front', issued.slice(1)],
  ['one with something behind it', `${issued}=`],
  ['one of another session', new ReceiptHandles(seededRandom(2)).issue(RECEIPT)],
  ['one in URL-safe base64', issued.replaceAll('+', '-').replaceAll('/', '_')],
  ['one with a broken surrogate in it', `${issued.slice(0, 10)}\ud800${issued.slice(11)}`],
] as const)
  test(`${title} was never issued here`, (t) => {
    t.is(handles.read(handle), undefined)
  })

test('one with any one character changed was never issued here', (t) => {
  for (let at = 0; at < issued.length; at++)
    for (const char of ['A', 'b', '7', '/', ' ', '-', 'é'])
      if (char !== issued[at])
        t.is(handles.read(issued.slice(0, at) + char + issued.slice(at + 1)), undefined, `${char} at ${at}`)
})

test('whatever it says, it says it again', (t) => {
  const receipt = fc.record({
    queueTag: fc.nat(0xffffffff),
    incarnation: fc.nat(0xffffffff),
    offset: fc.maxSafeNat(),
    receiveCount: fc.nat(0xffffffff),
    issuedAtMs: fc.maxSafeNat(),
  })
  fc.assert(fc.property(receipt, (each) => t.deepEqual(handles.read(handles.issue(each)), each)))
})

test('no text is read as a handle, and none breaks the reading', (t) => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 0, maxLength: 500, unit: 'binary' }),
      (text) => handles.read(text) === undefined,
    ),
  )
  fc.assert(
    fc.property(fc.base64String({ minLength: 60, maxLength: 60 }), (text) => {
      return handles.read(text + issued.slice(60)) === undefined
    }),
  )
  t.pass()
})
