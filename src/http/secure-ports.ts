import type { Clock } from '../core/clock.ts'
import { type Address, type Handler, Listener } from './listener.ts'
import { Ports, type WantedAddress } from './ports.ts'
import { openTlsIdentity, type TlsIdentity, type TlsRules } from './tls-identity.ts'
import type { Writer } from './writer.ts'

export interface SecurePortsOptions {
  readonly config: { readonly tlsListen: readonly WantedAddress[]; readonly tls: TlsRules }
  readonly clock: Clock
  readonly serve: Handler
  readonly writer: Writer
  readonly onNote: (note: string) => void
}

/** So many clients are told about that do not trust the certificate, each once. */
const MOST_DISTRUSTFUL = 20

/** The ports on which HTTPS is spoken, if there are any: the same handler, behind one certificate. */
export class SecurePorts {
  readonly #options: SecurePortsOptions
  readonly #distrustful = new Set<string>()
  #ports: Ports | undefined
  #identity: TlsIdentity | undefined

  constructor(options: SecurePortsOptions) {
    this.#options = options
  }

  get addresses(): readonly Address[] {
    return this.#ports?.addresses ?? []
  }

  /** The CA that was made at start. */
  get caPem(): string | undefined {
    return this.#identity?.caPem
  }

  async open(): Promise<void> {
    const { config, clock, serve, writer } = this.#options
    if (config.tlsListen.length === 0) return
    const identity = await openTlsIdentity(config.tls, clock)
    const tls = { identity, onDistrust: (address: string) => this.#tellDistrust(address) }
    this.#identity = identity
    this.#ports = new Ports(config.tlsListen, () => new Listener(serve, writer, tls), clock)
    await this.#ports.open()
  }

  /** See `Ports.suspend`. */
  suspend(forMs: number): void {
    this.#ports?.suspend(forMs)
  }

  async close(): Promise<void> {
    await this.#ports?.close()
  }

  #tellDistrust(address: string): void {
    if (this.#distrustful.has(address) || this.#distrustful.size >= MOST_DISTRUSTFUL) return
    this.#distrustful.add(address)
    const remedy =
      this.caPem === undefined
        ? 'it has to know who signed it'
        : 'give it the CA that `pipit ca` prints, by AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS (a new one with each start)'
    this.#options.onNote(`a client at ${address} does not trust the certificate: ${remedy}`)
  }
}
