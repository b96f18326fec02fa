/** What is spoken on a connection, as far as it is known. */
export type Spoken = 'nothing' | 'http' | 'tls' | 'other'

/** A client's connection, as it is told about. */
export class Connection {
  /** From 1. */
  readonly id: number
  /** `127.0.0.1:51234` */
  readonly client: string
  /** `localhost:3000` */
  readonly target: string
  readonly openedMs: number
  isConnected = false
  spoken: Spoken = 'nothing'
  exchanges = 0
  clientBytes = 0
  serverBytes = 0

  constructor(id: number, client: string, target: string, openedMs: number) {
    this.id = id
    this.target = target
    this.client = client
    this.openedMs = openedMs
  }
}
