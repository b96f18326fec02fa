import type { HttpResponse } from '../core/exchange.ts'
import { type Address, Listener } from './listener.ts'
import { Writer } from './writer.ts'

/**
 * A port of its own on which a command that serves no HTTP says that it runs: any free one of this machine only.
 * Everything but the path of health is answered by what the command is.
 */
export class HealthPort {
  readonly #listener: Listener

  constructor(path: string, what: string) {
    this.#listener = new Listener(({ request }) => {
      const isAsked = request.target === path
      return {
        kind: 'response',
        response: isAsked ? json(200, { ready: true }) : json(404, { error: what, code: 'not-found' }),
      }
    }, new Writer())
  }

  open(): Promise<Address> {
    return this.#listener.listen({ host: '127.0.0.1', port: 0 })
  }

  async close(): Promise<void> {
    const closed = this.#listener.close()
    this.#listener.destroy()
    await closed
  }
}

function json(status: number, value: object): HttpResponse {
  return { status, rawHeaders: ['Content-Type', 'application/json'], body: `${JSON.stringify(value)}\n` }
}
