import test from 'ava'
import fc from 'fast-check'
import { findSecrets } from '../../src/redaction/find-secrets.ts'

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c'
const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc/def==\n-----END RSA PRIVATE KEY-----'

/** The texts that are found, between what stands around them. */
const cases: readonly [title: string, text: string, secrets: readonly string[]][] = [
  ['nothing in a plain text', 'Hello, this is order 4711 for k=v & more', []],
  ['an access key id', 'key AKIAIOSFODNN7EXAMPLE, and', ['AKIAIOSFODNN7EXAMPLE']],
  ['a temporary access key id in a path', '/ASIAIOSFODNN7EXAMPLE/20260101', ['ASIAIOSFODNN7EXAMPLE']],
  ['no access key in a short word', 'AKIAIO', []],
  ['a JWT', `bearer ${JWT}.`, [`${JWT}.`]],
  ['a JWT after an escaped line break', `a\\n${JWT}`, [JWT]],
  ['no JWT in base64 of a JSON', 'eyJhIjoxfQ== and a.b.c', []],
  ['a PEM', `x ${PEM} y`, [PEM]],
  ['a PEM that is cut off, to the end', `x ${PEM.slice(0, 50)}`, [PEM.slice(0, 50)]],
  ['a token of GitHub', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789!', ['ghp_abcdefghijklmnopqrstuvwxyz0123456789']],
  ['a token of Slack', 'xoxb-123456789012-abcdef', ['xoxb-123456789012-abcdef']],
  ['a key of Stripe', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', ['sk_live_4eC39HqLyjWDarjtT1zdp7dc']],
  ['a member of JSON', '{"user":"ann","password":"hunter2"}', ['hunter2']],
  ['members of any case, with - or _', '{"API-Key":"k1", "apiKey": "k2", "api_key" : "k3"}', ['k1', 'k2', 'k3']],
  ['names that end so', '{"dbPassword":"p","AWS_SECRET_ACCESS_KEY":"s"}', ['p', 's']],
  ['no token that only counts pages', '{"NextToken":"abc","tokens":"x","tokenizer":"y"}', []],
  ['JSON in a string of JSON', '{"body":"{\\"password\\":\\"hunt\\\\\\"er2\\",\\"a\\":1}"}', ['hunt\\\\\\"er2']],
  ['JSON in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ token: 'deep' }) }) }), ['deep']],
  [
    'JSON with escaped quotes, as .NET writes it',
    '{"b":"{\\u0022password\\u0022:\\u0022hunter2\\u0022}"}',
    ['hunter2'],
  ],
  ['a backslash at the end of a value', '{"password":"a\\\\","b":"c"}', ['a\\\\']],
  ['a number', '{"password":1234,"a":5}', ['1234']],
  ['neither truth nor nothing', '{"password":true,"secret":null,"token":""}', []],
  ['what is below', '{"password":{"DataType":"String","n":[1,{"k":"x"}]},"a":"b"}', ['String', '1', 'x']],
  ['what is below, in a string', '{"b":"{\\"secret\\":{\\"k\\":\\"x\\"}}","a":"c"}', ['x']],
  ['a value that is cut off', '{"password":"hunter', ['hunter']],
  ['an object that is cut off', '{"password":{"a":"hunter', ['hunter']],
  ['a form', 'Action=Login&password=hunter2&x=1', ['hunter2']],
  ['JSON in a form', 'MessageBody=%7B%22password%22%3A%22hunter2%22%7D&Version=1', ['hunter2']],
  [
    'an attribute in a form',
    'A.1.Name=password&A.1.Value.DataType=String&A.1.Value.StringValue=x&B=1',
    ['String', 'x'],
  ],
  ['a presigned URL', 'https://a/?X-Amz-Credential=AB%2F1&X-Amz-Signature=0f&x=1', ['AB%2F1', '0f']],
  ['XML', '<a><Password>hunter2</Password><b>c</b></a>', ['hunter2']],
  ['JSON in XML', '<Body>{&quot;password&quot;:&quot;hunter2&quot;}</Body>', ['hunter2']],
  ['an attribute in XML', '<Name>token</Name><Value><StringValue>abc</StringValue></Value><b>c</b>', ['abc']],
  ['an attribute in JSON', '[{"Name":"password","Value":"hunter2"},{"Name":"a","Value":"b"}]', ['hunter2']],
  ['a setting', 'export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG x', ['wJalrXUtnFEMI/K7MDENG']],
  ['a setting in quotes', "password: 'hunter 2' # x", ['hunter 2']],
  ['no setting beyond its line', 'password:\nuser: ann', []],
  ['a head', 'Authorization: Bearer abc def\r\nHost: x', ['Bearer abc def']],
  ['cookies', 'Cookie: a="b c"; d=e\r\nHost: x', ['a="b c"; d=e']],
  ['what Python prints', "{'password': 'hunter2', 'a': 'b'}", ['hunter2']],
]

for (const [title, text, secrets] of cases) {
  test(`finds ${title}`, (t) => {
    t.deepEqual(
      findSecrets(text).map(({ start, end }) => text.slice(start, end)),
      secrets,
    )
  })
}

test('a number of JSON needs the quotes of its name, as they are written there', (t) => {
  const quotes = (text: string) => findSecrets(text).map(({ quote }) => quote)
  t.deepEqual(quotes('{"password":12}'), ['"'])
  t.deepEqual(quotes('{"a":"{\\"password\\":12}"}'), ['\\"'])
  t.deepEqual(quotes('Body=%7B%22password%22%3A12%7D'), ['%22'])
  t.deepEqual(quotes('{"password":"12"}'), [''])
})

test('secrets come in order and never overlap, whatever the text', (t) => {
  const piece = fc.constantFrom('"', '\\', '\\"', 'password', 'token', ':', '=', '{', '}', '[', ',', ' ', 'a', '1', '<', '>', '&', '%22', '&quot;', '\\u0022', "'", '\n', 'Name=', '-----BEGIN A-----', 'AKIAIOSFODNN7EXAMPLE') // prettier-ignore
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('')
      let from = 0
      for (const { start, end } of findSecrets(text)) {
        t.true(start >= from && end > start && end <= text.length, JSON.stringify(text))
        from = end
      }
    }),
    { numRuns: 2000 },
  )
})

test('a secret is found at any depth of JSON in strings of JSON', (t) => {
  fc.assert(
    fc.property(
      fc.nat(4),
      fc.string({ minLength: 1 }),
      fc.dictionary(fc.string(), fc.string()),
      (depth, secret, more) => {
        let text = JSON.stringify({ ...more, password: secret, zz: 'end' })
        for (let i = 0; i < depth; i++) text = JSON.stringify({ ...more, body: text })
        let inner = JSON.stringify(secret)
        for (let i = 0; i < depth; i++) inner = JSON.stringify(inner).slice(1, -1)
        const content = inner.slice(inner.indexOf('"') + 1, inner.lastIndexOf('"') - (2 ** depth - 1))
        const found = findSecrets(text).map(({ start, end }) => text.slice(start, end))
        t.true(found.includes(content), `${text} has ${content}, found ${JSON.stringify(found)}`)
      },
    ),
  )
})

const hostile = ['"password":"', 'password={', '<token>', 'eyJ', 'eyJa.', 'AKIA', '-----BEGIN A-----', '\\', '\\"secret\\":\\"', "'token':'", '%22', '&quot;token', '\\u0022', '"token":{"', 'Name=token&Value', '<Name>token</Name><Value>', 'cookie:="', 'key', 'token  '] // prettier-ignore

test('a long text costs no more than its length: no piece, repeated to a million characters, makes it quadratic', (t) => {
  for (const piece of hostile) {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
    const startedMs = performance.now()
    findSecrets(text)
    const tookMs = performance.now() - startedMs
    t.true(tookMs < 5000, `${piece}: ${tookMs} ms`)
  }
})
