import test from 'ava'
import {
  formatListenAddress,
  parseHost,
  parseListenAddress,
  type ListenAddress,
} from '../../src/config/listen-address.ts'

const understood: readonly [text: string, address: ListenAddress, written: string][] = [
  [':3000', { host: undefined, port: 3000 }, ':3000'],
  ['3000', { host: undefined, port: 3000 }, ':3000'],
  [' :0 ', { host: undefined, port: 0 }, ':0'],
  ['127.0.0.1:9324', { host: '127.0.0.1', port: 9324 }, '127.0.0.1:9324'],
  ['localhost:65535', { host: 'localhost', port: 65535 }, 'localhost:65535'],
  ['[::1]:1', { host: '::1', port: 1 }, '[::1]:1'],
  ['[::]:80', { host: '::', port: 80 }, '[::]:80'],
  ['[fe80::1%eth0]:80', { host: 'fe80::1%eth0', port: 80 }, '[fe80::1%eth0]:80'],
  ['[::ffff:127.0.0.1]:80', { host: '::ffff:127.0.0.1', port: 80 }, '[::ffff:127.0.0.1]:80'],
]

for (const [text, address, written] of understood) {
  test(`${JSON.stringify(text)} is an address`, (t) => {
    t.deepEqual(parseListenAddress(text), address)
    t.is(formatListenAddress(address), written)
    t.deepEqual(parseListenAddress(written), address)
  })
}

for (const text of [
  '',
  ':',
  'x',
  ':65536',
  ':123456',
  '::1:80',
  'http://x:80',
  '[::1]',
  '[x]:1',
  'a b:1',
  '-a:1',
  ':-1',
  ':1.5',
  '*:80',
  'a\n:1',
]) {
  test(`${JSON.stringify(text)} is no address`, (t) => {
    t.is(parseListenAddress(text), undefined)
  })
}

test('a host stands alone, IPv6 with or without brackets', (t) => {
  t.is(parseHost('0.0.0.0'), '0.0.0.0')
  t.is(parseHost(' pipit.local '), 'pipit.local')
  t.is(parseHost('::'), '::')
  t.is(parseHost('[::1]'), '::1')
})

for (const text of ['', 'a:b', 'http://x', 'x/', '[x', 'x86_64-conda-linux-gnu', 'a b']) {
  test(`${JSON.stringify(text)} is no host`, (t) => {
    t.is(parseHost(text), undefined)
  })
}
