import { connect, createServer } from 'node:net'

/** The ceiling of a TCP forward: bytes from one socket to the other, with backpressure and half-close. */
const [port, upstream] = process.argv.slice(2).map(Number)

createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const server = connect({ host: '127.0.0.1', port: upstream as number, allowHalfOpen: true, noDelay: true })
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.on('data', (chunk) => {
      if (!to.write(chunk)) from.pause()
    })
    to.on('drain', () => from.resume())
    from.on('end', () => to.end())
    from.on('error', () => to.destroy())
  }
}).listen(port, '127.0.0.1')
