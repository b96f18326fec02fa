import type { Clock } from '../core/clock.ts'
import { wait } from '../core/wait.ts'
import type { Address } from './listener.ts'

/** An address to listen on. `undefined`: loopback, 127.0.0.1 and where there is one ::1; `0.0.0.0`: `::`, too. */
export interface WantedAddress {
  readonly host: string | undefined
  readonly port: number
}

/** What a port is opened by: it reads HTTP, or passes on whatever comes. */
export interface Port {
  /** Answers the real address. Port 0 takes a free one. */
  listen(address: Address): Promise<Address>
  /** Takes no new connection until it listens again; those that are open go on. */
  suspend(): void
  /** Takes no new connection; resolves when the last one is gone. */
  close(): Promise<void>
  /** Closes connections on which nothing is under way. */
  closeIdle(): void
  /** Cuts what is still open. */
  destroy(): void
}

/** How long closing waits for clients to take their last answers, and how often it looks. */
const GRACE_MS = 500
const LOOK_MS = 20

interface Open {
  readonly opened: Port
  readonly address: Address
}

/** Several ports, opened and closed together. */
export class Ports {
  readonly #wanted: readonly WantedAddress[]
  readonly #newPort: () => Port
  readonly #clock: Clock
  readonly #open: Open[] = []
  readonly #closing = new AbortController()
  #suspendedUntilMs = 0
  #suspension: Promise<void> | undefined

  constructor(wanted: readonly WantedAddress[], newPort: () => Port, clock: Clock) {
    this.#wanted = wanted
    this.#newPort = newPort
    this.#clock = clock
  }

  get addresses(): readonly Address[] {
    return this.#open.map(({ address }) => address)
  }

  /** Where a client on this machine reaches the first port. */
  get url(): string {
    const first = this.#open[0]?.address
    if (first === undefined) return 'http://localhost'
    const isLocal = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(first.host)
    const host = isLocal ? 'localhost' : first.host.includes(':') ? `[${first.host}]` : first.host
    return `http://${host}:${first.port}`
  }

  /** All or none: when one cannot be opened, those that were are closed again. */
  async open(): Promise<void> {
    try {
      for (const { host, port } of this.#wanted) {
        const bound = await this.#listen({ host: host ?? '127.0.0.1', port })
        // `localhost` is ::1 first for many clients, as a container's name can be; without IPv6 they take the other one.
        const twin = host === undefined ? '::1' : host === '0.0.0.0' ? '::' : undefined
        if (twin !== undefined) await this.#listen({ host: twin, port: bound.port }).catch(() => undefined)
      }
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /**
   * Refuses new connections for so long, in real time, and opens the same ports again. Connections that are open go on:
   * what came over one is answered, and a health check on one succeeds. Of several the latest end counts.
   */
  suspend(forMs: number): void {
    this.#suspendedUntilMs = Math.max(this.#suspendedUntilMs, this.#clock.nowMs() + forMs)
    this.#suspension ??= this.#suspend().finally(() => (this.#suspension = undefined))
  }

  /** Takes nothing new, lets what is under way finish for a moment, then cuts. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#suspension
    const closed = Promise.all(this.#open.map(({ opened }) => opened.close()))
    const untilMs = this.#clock.nowMs() + GRACE_MS
    let isClosed = false
    void closed.then(() => (isClosed = true))
    const look = (): void => {
      if (isClosed) return
      for (const { opened } of this.#open)
        if (this.#clock.nowMs() < untilMs) opened.closeIdle()
        else opened.destroy()
      this.#clock.schedule(this.#clock.nowMs() + LOOK_MS, look)
    }
    look()
    await closed
    this.#open.length = 0
  }

  async #suspend(): Promise<void> {
    const { signal } = this.#closing
    const leftMs = (): number => (signal.aborted ? 0 : this.#suspendedUntilMs - this.#clock.nowMs())
    while (leftMs() > 0) {
      for (const { opened } of this.#open) opened.suspend()
      while (leftMs() > 0) await wait(this.#clock, leftMs(), signal)
      for (const open of this.#open) await this.#reopen(open)
    }
  }

  /** The port can be somebody else's for the moment: it is tried again until it is ours. */
  async #reopen({ opened, address }: Open): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      const isOpen = await opened.listen(address).then(
        () => true,
        () => false,
      )
      if (isOpen) return
      await wait(this.#clock, LOOK_MS, signal)
    }
  }

  async #listen(address: Address): Promise<Address> {
    const opened = this.#newPort()
    const bound = await opened.listen(address)
    this.#open.push({ opened, address: bound })
    return bound
  }
}
