import type { Server, Socket } from 'node:net'

/** The TCP socket below a TLS one. Only that one can be reset, or answered when no handshake came about. */
const below = new WeakMap<Socket, Socket>()

/** Remembers which TCP socket every TLS socket of this server stands on: the one with the same other end. */
export function rememberRawSockets(server: Server): void {
  const rawSockets = new Map<string, Socket>()
  server.on('connection', (raw: Socket) => {
    const end = otherEnd(raw)
    rawSockets.set(end, raw)
    raw.once('close', () => rawSockets.delete(end))
  })
  const remember = (secure: Socket): void => {
    const raw = rawSockets.get(otherEnd(secure))
    if (raw !== undefined) below.set(secure, raw)
  }
  server.on('secureConnection', remember)
  server.prependListener('tlsClientError', (_error: Error, secure: Socket) => remember(secure))
}

/** The socket itself where there is no TLS. */
export function rawSocket(socket: Socket): Socket {
  return below.get(socket) ?? socket
}

function otherEnd({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
