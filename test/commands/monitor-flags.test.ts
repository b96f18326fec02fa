import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { monitorSettings } from '../../src/commands/monitor-flags.ts'

for (const [title, flags, listen, target] of [
  [
    'a port, a host and its port',
    { listen: '3001', host: 'localhost', port: '3000' },
    { host: undefined, port: 3001 },
    { host: 'localhost', port: 3000 },
  ],
  [
    'a URL',
    { listen: ':3001', host: 'http://localhost:3000' },
    { host: undefined, port: 3001 },
    { host: 'localhost', port: 3000 },
  ],
  ['IPv6', { listen: '[::1]:0', host: '::1', port: '3000' }, { host: '::1', port: 0 }, { host: '::1', port: 3000 }],
  [
    'a port alone',
    { listen: '3001', host: '3000' },
    { host: undefined, port: 3001 },
    { host: 'localhost', port: 3000 },
  ],
] as const)
  test(`${title} is understood`, (t) => {
    t.like(monitorSettings(flags, undefined), { listen, target, verbosity: 0, filter: undefined })
  })

test('a port alone is opened where pipit opens its own', (t) => {
  t.is(monitorSettings({ listen: '3001', host: '3000' }, '0.0.0.0').listen.host, '0.0.0.0')
  t.is(monitorSettings({ listen: '127.0.0.1:3001', host: '3000' }, '0.0.0.0').listen.host, '127.0.0.1')
})

test('more than two v say no more than two', (t) => {
  t.is(monitorSettings({ listen: '3001', host: '3000', verbose: 4 }, undefined).verbosity, 2)
})

for (const [title, flags, message] of [
  [
    'no port',
    { listen: 'x', host: '3000' },
    'LISTEN: expected a port or an address like "3001" or "[::1]:3001", got "x"',
  ],
  [
    'no target',
    { listen: '3001', host: 'localhost' },
    'HOST PORT: expected "localhost 3000" or "http://localhost:3000", got "localhost"',
  ],
  [
    'a port that is none',
    { listen: '3001', host: 'localhost', port: 'x' },
    'HOST PORT: expected "localhost 3000" or "http://localhost:3000", got "localhost x"',
  ],
  [
    'TLS to the target',
    { listen: '3001', host: 'https://sqs.eu-west-1.amazonaws.com' },
    'monitor passes bytes on as they are and speaks no TLS itself: name host and port (TLS then passes through, unread)',
  ],
  [
    'itself',
    { listen: '3001', host: 'localhost', port: '3001' },
    ':3001 would forward to itself: localhost:3001 must be another port',
  ],
  [
    'itself by another name',
    { listen: '0.0.0.0:3001', host: '127.0.0.1', port: '3001' },
    '0.0.0.0:3001 would forward to itself: 127.0.0.1:3001 must be another port',
  ],
  ['a filter that is none', { listen: '3001', host: '3000', filter: 'nope=1' }, /^filter: unknown field "nope"/],
] as const)
  test(`${title} is refused`, (t) => {
    const error = t.throws(() => monitorSettings(flags, undefined), { instanceOf: PipitError })
    if (typeof message === 'string') t.is(error?.message, message)
    else t.regex(error?.message ?? '', message)
  })

test('the same port of another machine is no circle', (t) => {
  t.is(monitorSettings({ listen: '3001', host: 'api', port: '3001' }, undefined).target.host, 'api')
})
