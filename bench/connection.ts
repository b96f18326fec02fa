import { connect, type Socket } from 'node:net'

/** What came back: enough to count by, and the body where somebody reads it. */
export interface Answer {
  readonly status: number
  readonly body: Buffer
}

const HEAD_END = Buffer.from('\r\n\r\n')
const NOTHING = Buffer.alloc(0)

/**
 * A kept-alive HTTP/1.1 connection with one request on its way at a time, as cheap as it can be: what the load costs must
 * not be what is measured. It reads answers with a Content-Length, which is all that the servers of this bench send.
 */
export class Connection {
  readonly #socket: Socket
  #received: Buffer = NOTHING
  #took: ((answer: Answer) => void) | undefined
  #failed: ((error: Error) => void) | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('error', (error) => this.#failed?.(error))
    socket.on('close', () => this.#failed?.(new Error('the server closed a connection')))
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true })
      socket.once('error', reject)
      socket.once('connect', () => {
        socket.removeListener('error', reject)
        resolve(new Connection(socket))
      })
    })
  }

  /** For many: no promise. */
  send(request: Buffer, took: (answer: Answer) => void, failed: (error: Error) => void): void {
    this.#took = took
    this.#failed = failed
    this.#socket.write(request)
  }

  call(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => this.send(request, resolve, reject))
  }

  close(): void {
    this.#failed = undefined
    this.#socket.destroy()
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf(HEAD_END)
    if (end < 0) return
    const head = this.#received.toString('latin1', 0, end)
    const sizeBytes = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
    const start = end + HEAD_END.length
    if (this.#received.length < start + sizeBytes) return
    const answer = { status: Number(head.slice(9, 12)), body: this.#received.subarray(start, start + sizeBytes) }
    this.#received = NOTHING
    const took = this.#took
    this.#took = undefined
    took?.(answer)
  }
}
