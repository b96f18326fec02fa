import test from 'ava'
import fc from 'fast-check'
import type { Result } from '../../src/core/exchange.ts'
import type { ServiceShapes, StructureShape } from '../../src/core/shapes.ts'
import { awsJson } from '../../src/protocols/aws-json.ts'
import { awsQuery } from '../../src/protocols/aws-query.ts'
import { decoded, form, json, refused, request } from './requests.ts'

const open: StructureShape = { type: 'structure', members: {}, isOpen: true }
const shapes: ServiceShapes = {
  targetPrefix: 'AmazonSQS',
  namespace: 'com.example',
  xmlNamespace: 'http://example.com/',
  operations: { Say: { input: open, output: open } },
}
const protocols = { json: awsJson(shapes), query: awsQuery(shapes) }
const inJson = (body: string): unknown => decoded(protocols.json.decodeRequest(json('Say', body), '')).input
const inQuery = (body: string): unknown =>
  decoded(protocols.query.decodeRequest(form(`Action=Say&Version=2026-01-01&${body}`), '')).input
const answer = (protocol: keyof typeof protocols, output: Record<string, unknown>, headers: string[] = []): string =>
  String(
    protocols[protocol].encodeResponse(
      { operation: 'Say' },
      { kind: 'output', output },
      'r',
      request({ rawHeaders: headers }),
    ).body,
  )

test('JSON that no shape declares is taken as it is, without what is null', (t) => {
  t.deepEqual(inJson('{"Name":"x","Deep":{"List":[1,true,{"a":null}]},"Nothing":null}'), {
    Name: 'x',
    Deep: { List: [1, true, { a: null }] },
  })
  t.deepEqual(inJson('{"__proto__":{"isAdmin":true},"Name":"x"}'), { Name: 'x' })
  t.regex(refused(protocols.json.decodeRequest(json('Say', '[]'), '')).message, /not a JSON object/)
})

for (const [title, body, input] of [
  ['texts', 'Name=x&Empty=', { Name: 'x', Empty: '' }],
  ['a list', 'Names.member.2=b&Names.member.1=a', { Names: ['a', 'b'] }],
  ['a flattened list', 'Name.10=b&Name.9=a', { Name: ['a', 'b'] }],
  ['a structure', 'Thing.Key=a&Thing.Value=b', { Thing: { Key: 'a', Value: 'b' } }],
  ['a list of structures', 'Tags.member.1.Key=a&Tags.member.1.Value=b', { Tags: [{ Key: 'a', Value: 'b' }] }],
  ['a structure with a member of that name', 'Club.member=x', { Club: { member: 'x' } }],
  ['numbers beside names are names', 'Thing.1=a&Thing.b=c', { Thing: { 1: 'a', b: 'c' } }],
  [
    "what is the protocol's is no input",
    'X-Amz-Date=1&AWSAccessKeyId=2&Signature=3&SignatureVersion=4&Name=x',
    { Name: 'x' },
  ],
  ['a name that would change what an object is', '__proto__=x&Name.__proto__=y', { Name: {} }],
] as const)
  test(`a query without shapes: ${title}`, (t) => {
    t.deepEqual(inQuery(body), input)
  })

const output = {
  Text: 'a<b',
  Count: 2,
  Flag: true,
  Bytes: Buffer.from('hi'),
  When: new Date('2026-01-02T03:04:05.500Z'),
  List: [1, { Id: 'x' }],
  Nothing: undefined,
  Null: null,
}

test('what no shape declares is answered in JSON as it is, bytes as base64 and times in seconds', (t) => {
  t.deepEqual(JSON.parse(answer('json', output)), {
    Text: 'a<b',
    Count: 2,
    Flag: true,
    Bytes: 'aGk=',
    When: 1767323045.5,
    List: [1, { Id: 'x' }],
  })
  t.is(answer('json', {}), '{}')
})

test('in XML lists are wrapped, and times are ISO 8601', (t) => {
  t.is(
    answer('query', output),
    '<?xml version="1.0"?><SayResponse xmlns="http://example.com/"><SayResult><Text>a&lt;b</Text><Count>2</Count>' +
      '<Flag>true</Flag><Bytes>aGk=</Bytes><When>2026-01-02T03:04:05.500Z</When>' +
      '<List><member>1</member><member><Id>x</Id></member></List></SayResult>' +
      '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SayResponse>',
  )
})

test('in the JSON rendering of the query protocol it is as in JSON', (t) => {
  const rendered = JSON.parse(answer('query', { List: [1], Bytes: Buffer.from('hi') }, ['Accept', 'application/json']))
  t.deepEqual(rendered.SayResponse.SayResult, { List: [1], Bytes: 'aGk=' })
})

const read = (protocol: keyof typeof protocols, body: string, rawHeaders: string[] = []): Result | undefined =>
  protocols[protocol].decodeResponse({ operation: 'Say' }, { status: 200, rawHeaders, body })

test('any answer without a shape is read as it was written: JSON with its types, XML as texts', (t) => {
  const text = fc
    .string({ unit: fc.constantFrom('a', 'ä', '<', ' ', '&'), minLength: 1, maxLength: 5 })
    .map((s) => `x${s}x`)
  const name = fc.constantFrom('Name', 'Id', 'Other')
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(name, tie('value'), { minKeys: 1 }).map((members) => ({ ...members })),
    ),
  }))
  fc.assert(
    fc.property(fc.dictionary(name, value, { minKeys: 1 }), (given) => {
      const members = { ...given }
      const told = { kind: 'output', output: members }
      t.deepEqual(read('json', answer('json', members)), told)
      t.deepEqual(read('query', answer('query', members)), told)
      const asJson = answer('query', members, ['Accept', 'application/json'])
      t.deepEqual(read('query', asJson, ['Content-Type', 'application/json']), told)
    }),
    { seed: 1 },
  )
})
