import type { Side, Tap } from '../core/tap.ts'
import type { Connection } from './connection.ts'
import { reasonOf, type Trouble } from './trouble.ts'

/** Looks at no byte, and tells only of connections that break: for a port that is only forwarded. */
export class Bystander implements Tap {
  readonly isIdle = false
  readonly #connection: Connection
  readonly #onTrouble: (connection: Connection, trouble: Trouble) => void

  constructor(connection: Connection, onTrouble: (connection: Connection, trouble: Trouble) => void) {
    this.#connection = connection
    this.#onTrouble = onTrouble
  }

  connected(): void {
    this.#connection.isConnected = true
  }

  broke(side: Side, code: string): void {
    this.#onTrouble(this.#connection, { side, code, reason: reasonOf(this.#connection, side, code), lost: 0 })
  }

  fromClient(): void {}

  fromServer(): void {}

  clientEnded(): void {}

  serverEnded(): void {}

  closed(): void {}
}
