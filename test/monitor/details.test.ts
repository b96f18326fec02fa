import test from 'ava'
import { arrivedDetails, endedDetails } from '../../src/monitor/details.ts'
import { ascii, conversation, exchangeOf, jsonAnswer, jsonCall } from './lab.ts'

const SECRETS = ['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI', 'IQoJb3JpZ2luX2Vj', 'hunter2']
const secretHeaders = [
  'Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/x, Signature=wJalrXUtnFEMI',
  'X-Amz-Security-Token: IQoJb3JpZ2luX2Vj',
  'Cookie: session=hunter2',
]

for (const [title, request, answer] of [
  [
    'a JSON call',
    jsonCall(
      'SendMessage',
      {
        QueueUrl: 'http://h/0/q?X-Amz-Signature=hunter2',
        MessageBody: '{"password":"hunter2","nested":"{\\"secret\\":\\"hunter2\\"}"}',
        MessageAttributes: {
          b: { DataType: 'Binary', BinaryValue: Buffer.from('AKIAIOSFODNN7EXAMPLE').toString('base64') },
        },
      },
      secretHeaders,
    ),
    jsonAnswer(200, { MessageId: 'AKIAIOSFODNN7EXAMPLE' }, ['Set-Cookie: hunter2', 'X-Api-Key: hunter2']),
  ],
  [
    'a query',
    ascii(
      `GET /?Action=SendMessage&MessageBody=password%3Dhunter2&X-Amz-Security-Token=IQoJb3JpZ2luX2Vj HTTP/1.1\r\n${secretHeaders.join('\r\n')}\r\n\r\n`,
    ),
    ascii(
      'HTTP/1.1 403 No\r\nContent-Length: 95\r\n\r\n<ErrorResponse><Error><Code>X</Code><Message>password=hunter2</Message></Error></ErrorResponse>',
    ),
  ],
  [
    'something else',
    ascii(
      `POST /login?token=hunter2 HTTP/1.1\r\n${secretHeaders.join('\r\n')}\r\nContent-Length: 16\r\n\r\npassword=hunter2`,
    ),
    ascii('HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n{"accessToken": "hunter2"}'),
  ],
] as const)
  test(`of ${title} no secret is shown`, (t) => {
    const exchange = exchangeOf(request, answer)
    const lines = [...arrivedDetails(exchange, 2), ...endedDetails(exchange, 2)]
    t.true(lines.length > 4)
    for (const secret of SECRETS) {
      t.false(lines.join('\n').includes(secret), lines.join('\n'))
      t.false(lines.join('\n').includes(Buffer.from(secret).toString('base64').slice(0, 10)))
    }
  })

test('nothing is shown that nobody asked for', (t) => {
  const exchange = exchangeOf(jsonCall('ListQueues', {}), jsonAnswer(200, {}))
  t.deepEqual([...arrivedDetails(exchange, 0), ...endedDetails(exchange, 0)], [])
})

test('an error is shown as its code and message', (t) => {
  const answer = jsonAnswer(400, { __type: 'com.amazonaws.sqs#OverLimit', message: 'Too many.' })
  const lines = endedDetails(exchangeOf(jsonCall('ListQueues', {}), answer), 2)
  t.is(lines.at(-1), 'error {"code":"OverLimit","message":"Too many."}')
})

test('what is long is cut, and says so', (t) => {
  const exchange = exchangeOf(jsonCall('SendMessage', { MessageBody: 'x'.repeat(1_000_000) }), jsonAnswer(200, {}))
  const line = arrivedDetails(exchange, 2).at(-1) ?? ''
  t.true(line.length < 5000)
  t.regex(line, /… \(1000000 characters\)/)
})

test('a body that was not kept is counted', (t) => {
  const lines: string[][] = []
  const { tap } = conversation({
    budgetBytes: 0,
    audience: { ended: (exchange) => lines.push(arrivedDetails(exchange, 2), endedDetails(exchange, 2)) },
  })
  tap.fromClient(ascii('POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc'))
  tap.fromServer(ascii('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab'))
  t.deepEqual(
    lines.map((each) => each.at(-1)),
    ['(3B, more than is kept)', '(2B, more than is kept)'],
  )
})

test('bytes that are no text are dumped, as far as somebody reads', (t) => {
  const exchange = exchangeOf(
    ascii(`POST / HTTP/1.1\r\nContent-Length: 600\r\n\r\n${'\xff'.repeat(600)}`),
    ascii('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
  )
  const lines = arrivedDetails(exchange, 2)
  t.is(lines.length, 2 + 32 + 1)
  t.is(lines.at(-1), '…')
})
