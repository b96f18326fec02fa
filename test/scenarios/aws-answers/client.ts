import type { Answer, Send, Wire } from './send.ts'

/** What boto3's client is to its tests, as far as the scenarios need one. */
export class Client {
  readonly #wire: Wire
  readonly #send: Send

  constructor(wire: Wire, send: Send) {
    this.#wire = wire
    this.#send = send
  }

  /** The answer, be it an output or an error. `path` is where the request goes: `/`, or a queue's own path. */
  async ask(operation: string, input: Answer, path = '/'): Promise<Answer> {
    const { headers, body } = this.#wire.encode(operation, input)
    return this.#wire.present(operation, await this.#send('POST', path, headers, body))
  }

  /** The output of a call that must succeed. */
  async must(operation: string, input: Answer): Promise<Answer> {
    const answer = await this.ask(operation, input)
    if ('Error' in answer) throw new Error(`${operation} failed: ${JSON.stringify(answer)}`)
    return answer
  }
}
