import test from 'ava'
import { outputComplaint } from '../../src/plugins/output-complaint.ts'
import { OPEN, shape } from '../../src/plugins/shape.ts'

const declared = shape.structure({
  Text: shape.string,
  Count: shape.integer,
  Flag: shape.boolean,
  Bytes: shape.blob,
  Topics: shape.list(shape.structure({ Arn: shape.string })),
  Tags: shape.map(shape.string),
})
const circle: Record<string, unknown> = {}
circle['Self'] = circle

for (const [output, complaint] of [
  [{}, undefined],
  [{ Text: undefined, Count: null }, undefined],
  [{ Text: 'x', Count: 1, Flag: false, Bytes: Buffer.from(''), Topics: [{ Arn: 'a' }], Tags: { a: 'b' } }, undefined],
  ['x', 'expected an object of members, not "x"'],
  [{ Text: 7 }, 'Text: expected a text, not 7'],
  [{ Count: '7' }, 'Count: expected a whole number, not "7"'],
  [{ Count: 1.5 }, 'Count: expected a whole number, not 1.5'],
  [{ Flag: 'true' }, 'Flag: expected true or false, not "true"'],
  [{ Bytes: new Uint8Array(1) }, 'Bytes: expected a Buffer, not an object'],
  [{ Topics: {} }, 'Topics: expected a list, not an object'],
  [{ Topics: [{ Arn: 'a' }, { Arn: [] }] }, 'Topics[1].Arn: expected a text, not a list'],
  [{ Tags: [] }, 'Tags: expected an object, not a list'],
  [{ Tags: { a: 1 } }, 'Tags.a: expected a text, not 1'],
  [{ Topic: [] }, 'Topic: is not in the shape (did you mean "Topics"?)'],
  [{ constructor: 1 }, 'constructor: is not in the shape'],
] as const)
  test(`declared: ${JSON.stringify(output)} ${complaint === undefined ? 'can be sent' : complaint}`, (t) => {
    t.is(outputComplaint(declared, output), complaint)
  })

for (const [title, output, complaint] of [
  ['everything that can be sent', { a: ['x', 1, true, null, { b: new Date(0), c: Buffer.from('') }] }, undefined],
  ['a function', { a: { b: () => 1 } }, /^a\.b: expected text, a number or alike, not/],
  ['a big number', { a: [1n] }, 'a[0]: expected text, a number or alike, not 1'],
  ['what contains itself', circle, /^Self\.Self\.[Self.]*…: has no end$/],
] as const)
  test(`without a shape: ${title}`, (t) => {
    const found = outputComplaint(OPEN, output)
    if (complaint instanceof RegExp) t.regex(found ?? '', complaint)
    else t.is(found, complaint)
  })
