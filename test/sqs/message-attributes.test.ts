import test from 'ava'
import {
  type WireAttribute,
  type WireAttributes,
  messageAttributesBytes,
  messageAttributesMd5,
  readMessageAttributes,
  readTraceHeader,
  traceHeaderMd5,
  wireAttribute,
} from '../../src/sqs/message-attributes.ts'
import { thrownBy } from './sqs-client.ts'

const text = (value: string, dataType = 'String'): WireAttribute => ({ DataType: dataType, StringValue: value })

function md5(given: WireAttributes): string {
  return messageAttributesMd5(readMessageAttributes(given) ?? {})
}

const kenobi = { General: text('Kenobi'), Hello: text('There'), 'Help.Me': text('Me') }

const DIGESTS: ReadonlyArray<readonly [title: string, given: WireAttributes, digest: string]> = [
  ['a number', { timestamp: text('1493147359900', 'Number') }, '235c5c510d26fb653d073faed50ae77c'],
  ['a string', { k: text('x') }, 'a45daa70926828a2f0a1db3418e6feb4'],
  ['one pair', { 'test-key': text('test-value') }, 'befa18540a897f7d022bf07057754a03'],
  [
    'two pairs, whatever their order',
    { 'test-key-alt': text('test-value-alt'), 'test-key': text('test-value') },
    '2256c3b617e2b4b3ae4f2d455dcf54d0',
  ],
  ['three strings', kenobi, '4c360f3fdafd970e05fae2f149d997f5'],
  ['a subset', { Hello: kenobi.Hello, General: kenobi.General }, 'fca026605781cb4126a1e9044df24232'],
  ['another subset', { Hello: kenobi.Hello, 'Help.Me': kenobi['Help.Me'] }, '83fee93c1bcd8b9a5a923ffacdc636c7'],
  ['one of them', { Hello: kenobi.Hello }, 'a311262e065454b75da111d535b8dacd'],
  [
    'bytes',
    {
      attr1: {
        DataType: 'Binary',
        BinaryValue: Buffer.from('traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01'),
      },
    },
    '8cbe4db156db8a94db8b801b7addb984',
  ],
]

for (const [title, given, digest] of DIGESTS) {
  test(`AWS's digest of ${title}`, (t) => {
    t.is(md5(given), digest)
  })
}

test("AWS's digest of a trace header", (t) => {
  const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1'
  t.is(traceHeaderMd5(header), '5ae4d5d7636402d80f4eb6d213245a88')
})

test('a label is part of the digest, the value counts in UTF-8', (t) => {
  t.not(md5({ n: text('1', 'Number.java.lang.Long') }), md5({ n: text('1', 'Number') }))
  t.not(md5({ n: text('ż') }), md5({ n: text('z') }))
})

const REFUSED: ReadonlyArray<readonly [title: string, given: WireAttributes, complaint: RegExp]> = [
  [
    'an empty string',
    { ErrorDetails: text('') },
    /^Message \(user\) attribute 'ErrorDetails' must contain a non-empty value of type 'String'\.$/,
  ],
  ['no value', { a: { DataType: 'String' } }, /non-empty value of type 'String'/],
  ['bytes where text belongs', { a: { DataType: 'String', BinaryValue: Buffer.from('x') } }, /non-empty value/],
  ['text where bytes belong', { a: { DataType: 'Binary', StringValue: 'x' } }, /non-empty value of type 'Binary'/],
  ['no bytes', { a: { DataType: 'Binary', BinaryValue: Buffer.alloc(0) } }, /non-empty value of type 'Binary'/],
  ['no type', { a: { StringValue: 'x' } }, /'a' must contain non-empty message attribute type/],
  ['an empty type', { a: text('x', '') }, /non-empty message attribute type/],
  ['an unknown type', { a: text('x', 'Text') }, /invalid message attribute type/],
  ['a type that only starts like one', { a: text('x', 'Stringy') }, /invalid message attribute type/],
  ['a type in lower case', { a: text('x', 'string') }, /invalid message attribute type/],
  ['an empty label', { a: text('x', 'String.') }, /invalid message attribute type/],
  ['a long type', { a: text('x', `String.${'y'.repeat(250)}`) }, /invalid message attribute type/],
  ['a forbidden character', { a: text('a\u0000b') }, /attribute 'a'/],
  ['a lone surrogate', { a: text('\ud800') }, /attribute 'a'/],
  ['a list', { a: { DataType: 'String', StringListValues: ['x'] } }, /list value/],
  ['an empty name', { '': text('x') }, /name ''/],
  ['a long name', { ['n'.repeat(257)]: text('x') }, /shorter than 257/],
  ['a name with a space', { 'a b': text('x') }, /can only contain/],
  ['a name with a star', { 'a*': text('x') }, /can only contain/],
  ['a dot at the start', { '.a': text('x') }, /period/],
  ['a dot at the end', { 'a.': text('x') }, /period/],
  ['two dots', { 'a..b': text('x') }, /period/],
  ['a name of AWS', { 'AWS.x': text('x') }, /AWS\. or Amazon\./],
  ['a name of Amazon in any case', { 'aMaZon.x': text('x') }, /AWS\. or Amazon\./],
  [
    'eleven attributes',
    Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, text('x')])),
    /^Number of message attributes \[11\] exceeds the allowed maximum \[10\]\.$/,
  ],
]

for (const [title, given, complaint] of REFUSED) {
  test(`${title} is an InvalidParameterValue`, (t) => {
    const error = thrownBy(() => readMessageAttributes(given))
    t.is(error.code, 'InvalidParameterValue')
    t.regex(error.message, complaint)
  })
}

for (const value of ['x', '.', '1e', '1e999', '1e-200', '0x10', '1 ', 'NaN', 'Infinity', '1'.repeat(39), '1,5']) {
  test(`'${value}' is no number`, (t) => {
    const error = thrownBy(() => readMessageAttributes({ n: text(value, 'Number') }))
    t.is(error.code, 'InvalidParameterValue')
    t.regex(error.message, /attribute 'n' to a number/)
  })
}

for (const value of [
  '0',
  '-1',
  '+7',
  '1.50',
  '.5',
  '1e126',
  '1e-128',
  '-2.5E+3',
  '1.',
  '1'.repeat(38),
  `1${'0'.repeat(60)}`,
  '0.000',
]) {
  test(`${value} is a number, and its text is kept`, (t) => {
    t.deepEqual(readMessageAttributes({ n: text(value, 'Number.x') }), {
      n: { dataType: 'Number.x', stringValue: value },
    })
  })
}

test('ten attributes with legal names are taken', (t) => {
  const names = ['a', 'A_b-c.d', '0', 'ä', 'ß', '__proto__', 'aws', 'AWSx', 'amazon', 'n'.repeat(256)]
  const given = Object.create(null) as Record<string, WireAttribute>
  for (const name of names) given[name] = text('x')
  t.deepEqual(Object.keys(readMessageAttributes(given) ?? {}).toSorted(), names.toSorted())
})

test('no attributes are none', (t) => {
  t.is(readMessageAttributes(undefined), undefined)
  t.is(readMessageAttributes({}), undefined)
  t.is(readMessageAttributes(Object.create(null) as WireAttributes), undefined)
})

test('empty lists are as good as none', (t) => {
  t.deepEqual(readMessageAttributes({ a: { ...text('x'), StringListValues: [], BinaryListValues: [] } }), {
    a: { dataType: 'String', stringValue: 'x' },
  })
})

test('name, type and value count in bytes', (t) => {
  t.is(messageAttributesBytes(undefined), 0)
  t.is(messageAttributesBytes({ ab: text('żółw') }), 2 + 6 + 7)
  t.is(
    messageAttributesBytes({ ab: { DataType: 'Binary', BinaryValue: Buffer.alloc(5) }, c: text('1', 'Number') }),
    13 + 8,
  )
  t.is(messageAttributesBytes({ a: {} }), 1)
})

test('AWSTraceHeader is the only system attribute, and a String', (t) => {
  t.is(readTraceHeader(undefined), undefined)
  t.is(readTraceHeader({}), undefined)
  t.is(readTraceHeader({ AWSTraceHeader: text('anything') }), 'anything')
  for (const given of [
    { Other: text('x') },
    { AWSTraceHeader: text('1', 'Number') },
    { AWSTraceHeader: text('') },
    { AWSTraceHeader: { DataType: 'Binary', BinaryValue: Buffer.from('x') } },
  ])
    t.is(thrownBy(() => readTraceHeader(given)).code, 'InvalidParameterValue')
})

test('an attribute goes out as it came in', (t) => {
  for (const given of [text('1', 'Number.y'), { DataType: 'Binary', BinaryValue: Buffer.from('z') }]) {
    const read = readMessageAttributes({ a: given })?.a
    t.deepEqual(read && wireAttribute(read), given)
  }
})
