import type { ServerResponse } from 'node:http'
import type { Delivery, Ending, HttpResponse, Outcome } from '../core/exchange.ts'
import { rawSocket } from './raw-socket.ts'

/** Executes outcomes on client sockets: the only place that writes to a client. */
export class Writer {
  /** Connections that an outcome left hanging; they end when the client goes or the gateway closes. */
  readonly #hanging = new Set<ServerResponse>()

  write(response: ServerResponse, outcome: Outcome): void {
    if (response.destroyed) return
    if (outcome.kind === 'failure') return this.#end(response, outcome.failure.ending)
    const cut = outcome.delivery?.[0]
    if (cut === undefined) return writeWhole(response, outcome.response)
    this.#writeCut(response, outcome.response, cut)
  }

  /** Ends what hangs. */
  release(): void {
    for (const response of this.#hanging) response.socket?.destroy()
    this.#hanging.clear()
  }

  #writeCut(response: ServerResponse, answer: HttpResponse, cut: Delivery): void {
    const body = Buffer.from(answer.body)
    response.writeHead(answer.status, [...answer.rawHeaders, 'Content-Length', String(body.length)])
    response.write(body.subarray(0, cut.atByte), () => this.#end(response, cut.ending))
  }

  #end(response: ServerResponse, ending: Ending): void {
    const { socket } = response
    if (socket === null) return
    if (ending === 'reset') rawSocket(socket).resetAndDestroy()
    else if (ending === 'close') socket.end().destroySoon()
    else {
      this.#hanging.add(response)
      response.once('close', () => this.#hanging.delete(response))
    }
  }
}

function writeWhole(response: ServerResponse, answer: HttpResponse): void {
  const { body } = answer
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  response.writeHead(answer.status, [...answer.rawHeaders, 'Content-Length', String(length)])
  response.end(body)
}
