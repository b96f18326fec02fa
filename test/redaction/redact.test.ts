import test from 'ava'
import fc from 'fast-check'
import {
  REDACTED,
  redactHeaders,
  redactResponseHeaders,
  redactTarget,
  redactText,
  redactValue,
} from '../../src/redaction/redact.ts'

test('a secret in a text is replaced and the rest is kept', (t) => {
  t.is(redactText('k=AKIAIOSFODNN7EXAMPLE!'), 'k=[redacted]!')
  t.is(redactText('{"password":"hunter2","a":1}'), '{"password":"[redacted]","a":1}')
  t.is(redactText('nothing to see'), 'nothing to see')
})

test('a JSON text stays JSON, also inside of a string', (t) => {
  t.deepEqual(JSON.parse(redactText('{"password":12,"token":[1,"a"]}')), {
    password: REDACTED,
    token: [REDACTED, REDACTED],
  })
  const nested = JSON.stringify({ body: JSON.stringify({ secret: 1, a: 2 }) })
  t.deepEqual(JSON.parse((JSON.parse(redactText(nested)) as { body: string }).body), { secret: REDACTED, a: 2 })
})

test('whatever JSON it is, it stays JSON, without the secrets, and redacting it again changes nothing', (t) => {
  const key = fc.oneof(fc.constantFrom('password', 'api-key', 'token', 'Name', 'Value', 'a'), fc.string())
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('hunter2', 'password', true, null, 12.5),
      fc.string(),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(key, tie('json'), { maxKeys: 4 }),
      tie('json').map((value) => JSON.stringify(value)),
    ),
  }))
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify({ password: { planted: 'pl4nted' }, value })
      const safe = redactText(text)
      t.notThrows(() => JSON.parse(safe) as unknown, safe)
      t.false(safe.includes('pl4nted'))
      t.is(redactText(safe), safe)
    }),
    { numRuns: 1000 },
  )
})

test('a value without secrets is the same object', (t) => {
  const value = { a: [1, { b: 'c' }], d: Buffer.from('e'), f: null, g: true }
  t.is(redactValue(value), value)
})

test('members are replaced by their names, everything below too, and texts by what they hold', (t) => {
  const blob = Buffer.from('hunter2')
  t.deepEqual(
    redactValue({
      MessageBody: '{"password":"hunter2"}',
      MessageAttributes: { api_key: { DataType: 'String', StringValue: 'x' }, plain: { StringValue: 'y' } },
      Token: 5n,
      secret: { blob, list: [1, null, false, ''] },
      Tags: [{ Key: 'password', Value: 'x' }],
    }),
    {
      MessageBody: '{"password":"[redacted]"}',
      MessageAttributes: { api_key: { DataType: REDACTED, StringValue: REDACTED }, plain: { StringValue: 'y' } },
      Token: REDACTED as unknown as bigint,
      secret: { blob: Buffer.from(REDACTED), list: [REDACTED, null, false, ''] as unknown as [] },
      Tags: [{ Key: 'password', Value: REDACTED }],
    },
  )
})

test('a name that is itself a secret is replaced', (t) => {
  t.deepEqual(redactValue<object>({ AKIAIOSFODNN7EXAMPLE: 1 }), { [REDACTED]: 1 })
})

test('bytes are searched like a text, and stay bytes', (t) => {
  const safe = redactValue(Buffer.from('\xff AKIAIOSFODNN7EXAMPLE \xfe', 'latin1'))
  t.deepEqual(safe, Buffer.from('\xff [redacted] \xfe', 'latin1'))
})

test('nothing is followed without end', (t) => {
  let deep: unknown = 'hunter2'
  for (let i = 0; i < 50_000; i++) deep = [deep]
  t.false(JSON.stringify(redactValue({ deep })).includes('hunter2'))
})

test('of a request, only headers that are known to be harmless are kept, and those are searched', (t) => {
  t.deepEqual(
    redactHeaders([
      'Host', 'localhost', 'authorization', 'AWS4-HMAC-SHA256 …', 'X-Api-Key', 'k', 'X-Custom', 'x',
      'X-Amz-Security-Token', 't', 'User-Agent', 'a/1 AKIAIOSFODNN7EXAMPLE',
    ]), // prettier-ignore
    ['Host', 'localhost', 'User-Agent', 'a/1 [redacted]'],
  )
})

test('of an answer, all headers are kept but those that hold secrets', (t) => {
  t.deepEqual(redactResponseHeaders(['Set-Cookie', 'a=b', 'x-pipit-hint', 'token=abc', 'X-Y', 'z']), [
    'x-pipit-hint',
    'token=[redacted]',
    'X-Y',
    'z',
  ])
})

test('a target keeps its path and what is harmless in its query', (t) => {
  t.is(redactTarget('/000000000000/orders'), '/000000000000/orders')
  t.is(
    redactTarget('/?Action=ListQueues&X-Amz-Credential=AB%2F20260101&X-Amz-Signature=ab01&X-Amz-Security-Token=z&x'),
    '/?Action=ListQueues&X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]&X-Amz-Security-Token=[redacted]&x',
  )
  t.is(redactTarget('/?AWSAccessKeyId=AB&Signature=x%3D&%70assword=y&%=1'), '/?AWSAccessKeyId=[redacted]&Signature=[redacted]&%70assword=[redacted]&%=1') // prettier-ignore
  t.is(
    redactTarget('/?MessageBody=%7B%22token%22%3A%22abc%22%7D'),
    '/?MessageBody=%7B%22token%22%3A%22[redacted]%22%7D',
  )
})
