import { type Forward, formatTarget, isCircle } from './config/forward.ts'
import type { Clock } from './core/clock.ts'
import { PipitError } from './core/errors.ts'
import type { Ended } from './core/finished.ts'
import type { Random } from './core/random.ts'
import type { Service } from './core/service.ts'
import { Ports } from './http/ports.ts'
import type { Faults } from './injectors/rules/faults.ts'
import type { Audience } from './monitor/audience.ts'
import type { endedOf, Monitor, Tunnel } from './watched-tunnel.ts'

export interface MonitorsOptions {
  readonly wall: Clock
  readonly random: Random
  readonly services: readonly Service[]
  /** Of requests that are not signed. */
  readonly region: string
  /** Whose journal is told. */
  readonly session: string
  /** Those at leg wire. */
  readonly faults: Pick<Faults, 'meet'>
  /** What has crossed one of them. */
  readonly onEnded: (ended: Ended) => void
  /** What the operator should know: a target that is not there. */
  readonly onNote: (note: string) => void
  readonly onBug: (error: unknown) => void
}

/** A port that stands for another one, as it is now. */
export interface OpenMonitor {
  /** By which it is known. */
  readonly port: number
  /** Where a client on this machine reaches it. */
  readonly url: string
  readonly target: string
  /** So far. */
  readonly connections: number
  readonly exchanges: number
}

interface Opened {
  readonly ports: Ports
  readonly tunnels: readonly Tunnel[]
  readonly monitor: Monitor
  readonly target: string
}

/** Each is a listener, and what somebody makes in a loop has an end. */
const MOST_MONITORS = 100

const WORDS = { port: 'monitors', plainPort: 'monitors', host: 'monitors, or --host' }

/** The forwarded ports of a gateway: opened by the config and over HTTP, and watched for the journal. */
export class Monitors {
  readonly #options: MonitorsOptions
  readonly #byPort = new Map<number, Opened>()
  /** Those on their way are counted, too. */
  #count = 0
  #isClosed = false

  constructor(options: MonitorsOptions) {
    this.#options = options
  }

  /** Throws a PipitError: `conflict` where the port is taken, `bad-request` for one that would forward to itself. */
  async open(forward: Forward): Promise<OpenMonitor> {
    const { listen } = forward
    if (isCircle(forward))
      throw new PipitError('bad-request', `port ${listen.port} would forward to itself: choose another one`)
    if (this.#byPort.has(listen.port))
      throw new PipitError('conflict', `there is a monitor ${listen.port}: close it, or choose another port`)
    if (this.#count >= MOST_MONITORS)
      throw new PipitError('conflict', `there are ${MOST_MONITORS} monitors: close one of them`)
    this.#count++
    try {
      const opened = await this.#open(forward)
      const port = opened.ports.addresses[0]?.port ?? 0
      // Free on its own address, but known by its number.
      if (this.#isClosed || this.#byPort.has(port)) {
        await opened.ports.close()
        throw new PipitError('conflict', `there is a monitor ${port}: choose another port`)
      }
      this.#byPort.set(port, opened)
      return this.get(port)
    } catch (error) {
      this.#count--
      throw error
    }
  }

  async #open({ listen, target }: Forward): Promise<Opened> {
    const { wall, services, region, faults, onBug } = this.#options
    // Most gateways have none, and starting must be quick.
    const { Tunnel, Monitor, endedOf, readerFor } = await import('./watched-tunnel.ts')
    const to = formatTarget(target)
    const via = (): string => `:${ports.addresses[0]?.port} -> ${to}`
    const monitor = new Monitor({
      target: to,
      audiences: [this.#audience(endedOf, via)],
      clock: wall,
      read: readerFor(services, region),
      faults: {
        meet: (met) => faults.meet(met),
        port: () => ports.addresses[0]?.port ?? 0,
        refuse: (forMs) => ports.suspend(forMs),
      },
    })
    const tunnels: Tunnel[] = []
    const newTunnel = (): Tunnel => {
      const tunnel = new Tunnel({ target, open: (client) => monitor.open(client), words: WORDS, wall, onBug })
      tunnels.push(tunnel)
      return tunnel
    }
    const ports = new Ports([listen], newTunnel, wall)
    await ports.open()
    return { ports, tunnels, monitor, target: to }
  }

  get(port: number): OpenMonitor {
    const found = this.#find(port)
    const { connections, exchanges } = found.monitor
    return { port, url: found.ports.url, target: found.target, connections, exchanges }
  }

  all(): readonly OpenMonitor[] {
    return [...this.#byPort.keys()].map((port) => this.get(port))
  }

  async close(port: number): Promise<void> {
    const { ports } = this.#find(port)
    this.#byPort.delete(port)
    this.#count--
    await ports.close()
  }

  /** Ends the connections that faults have in their hands: what hangs hangs no longer. */
  release(): void {
    for (const { tunnels } of this.#byPort.values()) for (const tunnel of tunnels) tunnel.release()
  }

  async closeAll(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#byPort.keys()].map((port) => this.close(port)))
  }

  #find(port: number) {
    const found = this.#byPort.get(port)
    if (found !== undefined) return found
    const known = [...this.#byPort.keys()].join(', ')
    throw new PipitError('not-found', `there is no monitor ${port}${known === '' ? '' : `: there are ${known}`}`)
  }

  #audience(tell: typeof endedOf, via: () => string): Audience {
    const { random, session, onEnded, onNote } = this.#options
    return {
      ended: (exchange) => onEnded(tell(exchange, { id: random.uuid(), session, via: via() })),
      broke: (_connection, { side, code, reason, lost }) => {
        // What was lost with it has been told of.
        if (side === 'server' && lost === 0) onNote(`monitor ${via()}: ${reason} (${code})`)
      },
    }
  }
}
