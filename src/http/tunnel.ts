import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Clock } from '../core/clock.ts'
import type { Crossing, Side, Tap } from '../core/tap.ts'
import { cannotListen, type ListenWords } from './cannot-listen.ts'
import { DeliveredPath } from './delivered-path.ts'
import { type Address, LIMITS } from './listener.ts'
import type { Port } from './ports.ts'

export interface TunnelOptions {
  readonly target: Address
  /** A client has come, from this address. Answers who watches its connection. */
  readonly open: (client: string) => Crossing
  /** Real time: how long faults let somebody wait. */
  readonly wall: Clock
  readonly words: ListenWords
  /** A tap that threw. It is told no more; its connection goes on. */
  readonly onBug: (error: unknown) => void
}

/** A dead peer is found in the end, as it would be without anything in between. */
const KEEP_ALIVE_MS = 60_000

/** Of several addresses of a host each is tried for so long; Node's quarter of a second is short for another continent. */
const ATTEMPT_MS = 1000

/**
 * One TCP port that stands for another: what comes at one end goes on at the other, byte for byte and in order, in both
 * directions at once. An end of one direction is passed on alone (half-close), a slow reader slows down its writer, and
 * a connection that breaks at one end is reset at the other.
 */
export class Tunnel implements Port {
  readonly #options: TunnelOptions
  readonly #server: Server
  readonly #splices = new Set<Splice>()
  #onEmpty: () => void = () => {}

  constructor(options: TunnelOptions) {
    this.#options = options
    const socketOptions = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS }
    this.#server = createServer({ ...socketOptions, allowHalfOpen: true }, (client) => this.#accept(client))
    this.#server.maxConnections = LIMITS.connections
  }

  listen(address: Address): Promise<Address> {
    const { words, onBug } = this.#options
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException): void => reject(cannotListen(error, address, words))
      this.#server.removeAllListeners('error').once('error', fail)
      this.#server.listen({ host: address.host, port: address.port, ipv6Only: address.host.includes(':') }, () => {
        const bound = this.#server.address()
        if (bound === null || typeof bound === 'string') return reject(new Error('a TCP server has an address'))
        this.#server.off('error', fail).on('error', onBug)
        resolve({ host: address.host, port: bound.port })
      })
    })
  }

  suspend(): void {
    this.#server.close()
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    // Of a server that is suspended the system says at once that it is closed.
    const empty = new Promise<void>((resolve) => {
      if (this.#splices.size === 0) resolve()
      else this.#onEmpty = resolve
    })
    await Promise.all([closed, empty])
  }

  /** Ends the connections that a fault has in its hands. */
  release(): void {
    for (const splice of this.#splices) if (splice.isHeld) splice.destroy()
  }

  closeIdle(): void {
    for (const splice of this.#splices) if (splice.isIdle) splice.destroy()
  }

  destroy(): void {
    for (const splice of this.#splices) splice.destroy()
  }

  #accept(client: Socket): void {
    const { target, open, wall, onBug } = this.#options
    const server = connect({
      ...target,
      allowHalfOpen: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
      autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    })
    const crossing = open(addressOf(client))
    const onClosed = (): void => {
      this.#splices.delete(splice)
      if (this.#splices.size === 0) this.#onEmpty()
    }
    const splice = new Splice({ client, server, crossing, wall, onBug, onClosed })
    this.#splices.add(splice)
  }
}

function addressOf({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return remoteAddress.includes(':') ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`
}

/** How long a client that says nothing does not learn that there is nobody. */
const UNREACHABLE_MS = 100

interface SpliceParts {
  readonly client: Socket
  readonly server: Socket
  readonly crossing: Crossing
  readonly wall: Clock
  readonly onBug: (error: unknown) => void
  readonly onClosed: () => void
}

/** A client's connection and the one to the target, each the other's continuation. */
class Splice {
  readonly #parts: SpliceParts
  #tap: Tap | undefined
  #open = 2
  #isBroken = false

  constructor(parts: SpliceParts) {
    this.#parts = parts
    const { client, server, crossing } = parts
    this.#tap = crossing.tap
    this.#pass(client, server)
    if (crossing.deliveries === undefined) this.#pass(server, client)
    else this.#deliver(crossing.deliveries)
    let isConnected = false
    server.once('connect', () => {
      isConnected = true
      this.#tell((tap) => tap.connected())
    })
    client.on('error', (error: NodeJS.ErrnoException) => this.#break('client', error, server))
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (isConnected) this.#break('server', error, client)
      else this.#refuse(error)
    })
    for (const socket of [client, server]) socket.once('close', () => this.#close())
  }

  get isIdle(): boolean {
    return this.#tap?.isIdle === true
  }

  get isHeld(): boolean {
    return this.#parts.crossing.deliveries !== undefined
  }

  destroy(): void {
    this.#parts.client.destroy()
    this.#parts.server.destroy()
  }

  /** First the bytes go on, then the tap is told: whatever it takes to look at them, nobody waits for it. */
  #pass(from: Socket, to: Socket): void {
    const isClient = from === this.#parts.client
    from.on('data', (bytes: Buffer) => {
      if (!to.write(bytes)) from.pause()
      if (this.#tap === undefined) return
      try {
        if (isClient) this.#tap.fromClient(bytes)
        else this.#tap.fromServer(bytes)
      } catch (error) {
        this.#giveUpTelling(error)
      }
    })
    to.on('drain', () => from.resume())
    const passEnd = (): void => this.#passEnd(to)
    // libuv takes a reset that comes together with the last bytes for an end. A write of nothing tells them apart.
    from.once('end', () => {
      if (from.writableEnded || from.writableLength > 0) passEnd()
      else from.write('', (error) => (error ? undefined : passEnd()))
    })
  }

  /** What the server sends goes on as faults say. The end that they make of a connection is one for the server, too. */
  #deliver(deliveries: NonNullable<Crossing['deliveries']>): void {
    const { client, server, wall } = this.#parts
    const path = new DeliveredPath({
      from: server,
      to: client,
      wall,
      deliveries,
      onPassed: (bytes) => this.#tell((tap) => tap.fromServer(bytes)),
      onEnd: () => this.#passEnd(client),
      onCut: (ending) => {
        this.#isBroken = true
        this.#tell((tap) => tap.cut(ending))
        client.once('close', () => reset(server))
      },
    })
    path.start()
  }

  #passEnd(to: Socket): void {
    to.end()
    this.#tell((tap) => (to === this.#parts.server ? tap.clientEnded() : tap.serverEnded()))
  }

  /**
   * A target that cannot be reached: the client has a connection all the same. It learns of it when it says something, or
   * in a moment: clients on undici never notice a reset that comes together with their connection.
   */
  #refuse(error: NodeJS.ErrnoException): void {
    const { client } = this.#parts
    if (client.bytesRead > 0 || client.destroyed) return this.#break('server', error, client)
    const learn = (): void => {
      clearTimeout(timer)
      client.off('data', learn)
      this.#break('server', error, client)
    }
    const timer = setTimeout(learn, UNREACHABLE_MS)
    client.once('data', learn).once('close', () => clearTimeout(timer))
  }

  #break(side: Side, { code = 'ERROR' }: NodeJS.ErrnoException, other: Socket): void {
    if (this.#isBroken) return
    this.#isBroken = true
    this.#tell((tap) => tap.broke(side, code))
    reset(other)
  }

  #close(): void {
    if (--this.#open > 0) return
    this.#tell((tap) => tap.closed())
    this.#parts.crossing.ended?.()
    this.#parts.onClosed()
  }

  #tell(what: (tap: Tap) => void): void {
    if (this.#tap === undefined) return
    try {
      what(this.#tap)
    } catch (error) {
      this.#giveUpTelling(error)
    }
  }

  #giveUpTelling(error: unknown): void {
    this.#tap = undefined
    this.#parts.onBug(error)
  }
}

/** Bytes that the other end has not taken yet are lost with it, as they are without anything in between. */
function reset(socket: Socket): void {
  if (socket.connecting) socket.destroy()
  else if (!socket.destroyed) socket.resetAndDestroy()
}
