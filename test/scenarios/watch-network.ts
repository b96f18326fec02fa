// Preloaded into a pipit under test: names every DNS query and every outgoing connection on standard error.
import dgram from 'node:dgram'
import dns from 'node:dns'
import { writeSync } from 'node:fs'
import net from 'node:net'

function watch<T extends object>(object: T, name: keyof T & string): void {
  const original = object[name] as (...given: unknown[]) => unknown
  const watched = function (this: unknown, ...given: unknown[]): unknown {
    // An address is its own answer: nobody is asked.
    if (name !== 'lookup' || net.isIP(String(given[0])) === 0)
      writeSync(2, `OUTGOING ${name} ${JSON.stringify(given[0])}\n`)
    return original.apply(this, given)
  }
  Object.assign(object, { [name]: watched })
}

watch(net.Socket.prototype, 'connect')
watch(dgram.Socket.prototype, 'send')
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'lookupService'] as const) {
  watch(dns, name)
  watch(dns.promises, name)
}
if (process.env['PIPIT_TEST_WATCH'] === 'probe') {
  const socket = net.connect(9, '127.0.0.1')
  socket.on('error', () => socket.destroy())
}
