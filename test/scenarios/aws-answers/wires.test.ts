import test from 'ava'
import type { ServiceShapes, Shape } from '../../../src/core/shapes.ts'
import { jsonWire } from './json-wire.ts'
import { queryWire } from './query-wire.ts'
import type { Reply } from './send.ts'

const STRING: Shape = { type: 'string' }
const PARCEL: Shape = {
  type: 'structure',
  members: {
    Id: STRING,
    Weight: { type: 'integer' },
    Fragile: { type: 'boolean' },
    Seal: { type: 'blob' },
    Labels: { type: 'map', value: STRING, queryName: 'Label', keyName: 'Key', valueName: 'Value' },
  },
}
const PARCELS = { Parcels: { type: 'list', member: PARCEL, queryName: 'Parcel' } } as const
const shapes: ServiceShapes = {
  targetPrefix: 'Post',
  namespace: 'com.example.post',
  xmlNamespace: 'http://post.example.com/',
  operations: {
    Ship: {
      input: { type: 'structure', members: { Office: STRING, ...PARCELS } },
      output: { type: 'structure', members: PARCELS },
    },
  },
}
const SEAL = Buffer.from('seal\x1e')
const INPUT = {
  Office: 'a&b',
  Parcels: [
    { Id: '1', Seal: SEAL, Labels: { to: 'x', via: 'y' } },
    { Id: '2', Weight: 3 },
  ],
}
const PARSED = [{ Id: '1\r"', Weight: 3, Fragile: true, Seal: SEAL, Labels: { to: 'x', via: '' } }, { Id: ' 2 ' }]

function reply(status: number, body: string, headers = {}): Reply {
  return { status, headers, body: Buffer.from(body) }
}
const metadata = (HTTPStatusCode: number) => ({ HTTPHeaders: {}, HTTPStatusCode })

test('JSON is asked with a target and blobs in base64', (t) => {
  const { headers, body } = jsonWire(shapes).encode('Ship', INPUT)
  t.like(headers, { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'Post.Ship' })
  t.deepEqual(JSON.parse(body), {
    Office: 'a&b',
    Parcels: [
      { Id: '1', Seal: 'c2VhbB4=', Labels: { to: 'x', via: 'y' } },
      { Id: '2', Weight: 3 },
    ],
  })
})

test('a JSON output is its members, blobs as bytes, and the status', (t) => {
  const body = { Parcels: [{ ...PARSED[0], Seal: 'c2VhbB4=' }, PARSED[1]] }
  const answer = jsonWire(shapes).present('Ship', reply(200, JSON.stringify(body)))
  t.deepEqual(answer, { Parcels: PARSED, ResponseMetadata: metadata(200) })
})

test('an empty JSON body is an empty output; a member that nobody knows stays visible', (t) => {
  const wire = jsonWire(shapes)
  t.deepEqual(wire.present('Ship', reply(200, '')), { ResponseMetadata: metadata(200) })
  t.deepEqual(wire.present('Ship', reply(200, '{"Extra":[]}')), { Extra: [], ResponseMetadata: metadata(200) })
})

test('a JSON error has its code and type from the header, its shape from the body', (t) => {
  const answer = jsonWire(shapes).present(
    'Ship',
    reply(403, '{"__type":"com.example.post#ShopClosed","message":"Closed."}', {
      'x-amzn-query-error': 'Post.Closed;Sender',
    }),
  )
  t.deepEqual(answer, {
    Error: { Code: 'Post.Closed', QueryErrorCode: 'ShopClosed', Type: 'Sender', Message: 'Closed.' },
    ResponseMetadata: metadata(403),
  })
})

test('a JSON error without that header has its shape for a code, and no type', (t) => {
  const answer = jsonWire(shapes).present('Ship', reply(400, '{"__type":"a#InvalidAttributeName","message":"No."}'))
  t.deepEqual(answer, {
    Error: { Code: 'InvalidAttributeName', Message: 'No.' },
    message: 'No.',
    ResponseMetadata: metadata(400),
  })
})

test('a query is a form, its lists and maps flattened', (t) => {
  const { headers, body } = queryWire(shapes).encode('Ship', INPUT)
  t.regex(headers['content-type'] as string, /^application\/x-www-form-urlencoded/)
  t.deepEqual(
    [...new URLSearchParams(body)],
    [
      ['Action', 'Ship'],
      ['Version', '2012-11-05'],
      ['Office', 'a&b'],
      ['Parcel.1.Id', '1'],
      ['Parcel.1.Seal', 'c2VhbB4='],
      ['Parcel.1.Label.1.Key', 'to'],
      ['Parcel.1.Label.1.Value', 'x'],
      ['Parcel.1.Label.2.Key', 'via'],
      ['Parcel.1.Label.2.Value', 'y'],
      ['Parcel.2.Id', '2'],
      ['Parcel.2.Weight', '3'],
    ],
  )
})

const PARCEL_1 =
  '<Parcel><Id>1&#xD;&quot;</Id><Weight>3</Weight><Fragile>true</Fragile><Seal>c2VhbB4=</Seal>' +
  '<Label><Key>to</Key><Value>x</Value></Label><Label><Key>via</Key><Value></Value></Label></Parcel>'
const xml = (result: string): string =>
  `<?xml version="1.0"?><ShipResponse xmlns="http://post.example.com/">${result}` +
  '<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></ShipResponse>'

test('an XML output is its members, lists and maps from repeated elements', (t) => {
  const body = xml(`<ShipResult>${PARCEL_1}<Parcel><Id> 2 </Id></Parcel></ShipResult>`)
  t.deepEqual(queryWire(shapes).present('Ship', reply(200, body)), {
    Parcels: PARSED,
    ResponseMetadata: metadata(200),
  })
})

for (const result of ['', '<ShipResult/>', '<ShipResult></ShipResult>'])
  test(`an XML output of nothing: '${result}'`, (t) => {
    t.deepEqual(queryWire(shapes).present('Ship', reply(200, xml(result))), { ResponseMetadata: metadata(200) })
  })

test('an XML error has its elements, empty ones null', (t) => {
  const body =
    '<ErrorResponse><Error><Type>Sender</Type><Code>Closed</Code><Message>It&apos;s closed.</Message><Detail/></Error>' +
    '<RequestId>1</RequestId></ErrorResponse>'
  t.deepEqual(queryWire(shapes).present('Ship', reply(400, body)), {
    Error: { Type: 'Sender', Code: 'Closed', Message: "It's closed.", Detail: null },
    ResponseMetadata: metadata(400),
  })
})

for (const [title, result, message] of [
  ['an element that the shapes do not have', '<ShipResult><Extra/></ShipResult>', /unknown elements: Extra/],
  ['text where elements belong', '<ShipResult>closed</ShipResult>', /elements expected/],
  ['a member twice', '<ShipResult><Parcel><Id>1</Id><Id>2</Id></Parcel></ShipResult>', /one element expected/],
  ['two results', '<ShipResult/><ShipResult/>', /2 elements <ShipResult>/],
] as const)
  test(`${title} is a mistake`, (t) => {
    t.throws(() => queryWire(shapes).present('Ship', reply(200, xml(result))), { message })
  })

test('an answer to another operation is a mistake', (t) => {
  t.throws(() => queryWire(shapes).present('Ship', reply(200, '<SendResponse/>')), { message: /no element <Ship/ })
})
