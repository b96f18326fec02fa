// Preloaded into a pipit under test: names every DNS query and every outgoing connection on standard error.
import dns from 'node:dns'
import dgram from 'node:dgram'
import net from 'node:net'
import { writeSync } from 'node:fs'

const watch = (object, name) => {
  const original = object[name]
  object[name] = function (...args) {
    // An address is its own answer: nobody is asked.
    if (!(name === 'lookup' && net.isIP(args[0]))) writeSync(2, `OUTGOING ${name} ${JSON.stringify(args[0])}\n`)
    return original.apply(this, args)
  }
}

watch(net.Socket.prototype, 'connect')
watch(dgram.Socket.prototype, 'send')
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'lookupService']) {
  watch(dns, name)
  watch(dns.promises, name)
}
if (process.env.PIPIT_TEST_WATCH === 'probe') net.connect(9, '127.0.0.1').on('error', () => {})
