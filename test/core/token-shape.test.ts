import test from 'ava'
import fc from 'fast-check'
import { replaceTokens, tokenKind } from '../../src/core/token-shape.ts'

const kinds: readonly [text: string, kind: string | undefined][] = [
  ['550e8400-e29b-41d4-a716-446655440000', 'uuid'],
  ['550E8400-E29B-41D4-A716-446655440000', 'uuid'],
  ['01ARZ3NDEKTSV4RRFFQ69G5FAV', 'ulid'],
  ['01arz3ndektsv4rrffq69g5fav', 'ulid'],
  ['0ujtsYcgvSTl8PAuAdqWYSMnLOv', 'ksuid'],
  ['507f1f77bcf86cd799439011', 'hex'],
  ['9e107d9d372bb6826bd81d3542a419d6', 'hex'],
  ['1-5759e988-bd862e3fe1be46a994272793', 'hex'],
  ['V1StGXR8_Z5jdHi6B-myT', 'nanoid'],
  ['2026-11-22T10:00:00.123Z', 'iso'],
  ['2026-11-22 10:00:00+01:00', 'iso'],
  ['20261122T100000Z', 'iso'],
  ['1763805600', 'epoch'],
  ['1763805600.25', 'epoch'],
  ['1763805600123', 'epoch'],
  ['1763805600123456', 'epoch'],
  ['1763805600123456789', 'epoch'],
  ['orders', undefined],
  ['2026-11-22', undefined],
  ['000000000000', undefined],
  ['12345678901234567890', undefined],
  ['deadbeef', undefined],
  ['0100000000', undefined],
  ['9999999999999', undefined],
  ['1.1763805600', undefined],
  ['ApproximateNumberOfMessages', undefined],
  ['order-2024-Invoice-ABC-customer', undefined],
  ['a-queue-with-a-rather-long-name', undefined],
  ['id 550e8400-e29b-41d4-a716-446655440000', undefined],
  ['', undefined],
]

for (const [text, kind] of kinds) {
  test(`${JSON.stringify(text)} is ${kind === undefined ? 'no token' : `a token: ${kind}`}`, (t) => {
    t.is(tokenKind(text), kind as never)
  })
}

const uuid = '550e8400-e29b-41d4-a716-446655440000'
const nanoid = 'V1StGXR8_Z5jdHi6B-myT'

const texts: readonly [text: string, replaced: string][] = [
  [`{"id":"${uuid}","at":1763805600123}`, '{"id":"<uuid>","at":<epoch>}'],
  [`order-${uuid}`, 'order-<uuid>'],
  [`a-long-name-before-it-${uuid}-and-after`, 'a-long-name-before-it-<uuid>-and-after'],
  [`my-order-${nanoid}`, 'my-order-<nanoid>'],
  [`${nanoid}.${nanoid}`, '<nanoid>.<nanoid>'],
  [
    `http://localhost:3000/000000000000/q-${uuid}?at=1763805600`,
    'http://localhost:3000/000000000000/q-<uuid>?at=<epoch>',
  ],
  [
    String.raw`{"inner":"{\"id\":\"${uuid}\",\n\"text\":\"one\n${uuid}\"}"}`,
    String.raw`{"inner":"{\"id\":\"<uuid>\",\n\"text\":\"one\n<uuid>\"}"}`,
  ],
  [`key=a%2F${uuid}%2Fb`, 'key=a%2F<uuid>%2Fb'],
  ['Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1', 'Root=<hex>;Sampled=1'],
  ['nothing here', 'nothing here'],
]

for (const [text, replaced] of texts) {
  test(`in ${text.slice(0, 60)} tokens are found where they stand`, (t) => {
    t.is(
      replaceTokens(text, (kind) => `<${kind}>`),
      replaced,
    )
  })
}

test('who knows when a text was written says which numbers are times', (t) => {
  const day = 86_400_000
  const window = { fromMs: 1763805600123 - day, untilMs: 1763805600123 + day }
  t.is(tokenKind('1763805600', window), 'epoch')
  t.is(tokenKind('1700000000', window), undefined)
  t.is(
    replaceTokens('1763805600 1700000000', (kind) => kind, window),
    'epoch 1700000000',
  )
})

test('what replaces itself changes nothing, in any text', (t) => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(fc.constantFrom(uuid, nanoid, '-', 'a', '1', '1763805600')).map((p) => p.join('')),
        fc.json(),
      ),
      (text) => {
        t.is(
          replaceTokens(text, (_, token) => token),
          text,
        )
      },
    ),
  )
})

test('every UUID, ULID and nanoid is found in a sentence', (t) => {
  const crockford = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{24}[A-HJKMNP-TV-Z]$/)
  fc.assert(
    fc.property(fc.uuid(), crockford, (id, ulid) => {
      t.is(
        replaceTokens(`from ${id} to "${ulid}".`, (kind) => kind),
        'from uuid to "ulid".',
      )
    }),
  )
})

test('a long text of one run takes no longer than its length', (t) => {
  const startedMs = performance.now()
  for (const piece of ['a', 'a-', '0', '0-', 'aB', '1763805600-', 'a1-'])
    replaceTokens(piece.repeat(1_000_000 / piece.length), (kind) => kind)
  t.true(performance.now() - startedMs < 5000)
})
