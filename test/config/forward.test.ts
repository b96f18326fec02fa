import test from 'ava'
import { formatTarget, parseForward, parseTarget } from '../../src/config/forward.ts'

for (const [text, host, port] of [
  ['localhost 3000', 'localhost', 3000],
  ['localhost:3000', 'localhost', 3000],
  ['  my_service   3000 ', 'my_service', 3000],
  ['my_service_1:3000', 'my_service_1', 3000],
  ['10.0.0.1:80', '10.0.0.1', 80],
  ['[::1]:3000', '::1', 3000],
  ['::1 3000', '::1', 3000],
  ['[::1] 3000', '::1', 3000],
  [':3000', 'localhost', 3000],
  ['3000', 'localhost', 3000],
  ['http://localhost:3000', 'localhost', 3000],
  ['http://localhost:3000/', 'localhost', 3000],
  ['http://example.com', 'example.com', 80],
  ['http://[::1]:3000', '::1', 3000],
] as const)
  test(`${text} is port ${port} of ${host}`, (t) => {
    t.deepEqual(parseTarget(text), { host, port })
  })

for (const text of [
  '',
  'localhost',
  'localhost 0',
  'localhost 70000',
  'localhost http',
  'a b 3000',
  'http://localhost:3000/path',
  'http://user@localhost:3000',
  'https://localhost',
  '-x 3000',
  'a..b:x',
])
  test(`"${text}" is no target`, (t) => {
    t.is(parseTarget(text), undefined)
  })

test('where to listen and where it goes on in one text', (t) => {
  t.deepEqual(parseForward('3001 localhost 3000'), {
    listen: { host: undefined, port: 3001 },
    target: { host: 'localhost', port: 3000 },
  })
  t.deepEqual(parseForward(' [::1]:3001  http://api:8080 '), {
    listen: { host: '::1', port: 3001 },
    target: { host: 'api', port: 8080 },
  })
  for (const text of ['', '3001', 'x localhost 3000', '3001 localhost']) t.is(parseForward(text), undefined)
})

test('a target is written as an address', (t) => {
  t.is(formatTarget({ host: 'localhost', port: 3000 }), 'localhost:3000')
  t.is(formatTarget({ host: '::1', port: 3000 }), '[::1]:3000')
})
