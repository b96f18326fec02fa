import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http'

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
}

export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
  | { readonly kind: 'nothing'; readonly reason: string }

/** Ten messages of a megabyte, escaped as JSON. */
const MOST_BYTES = 64 * 1024 * 1024

/** One request to a running pipit, on a connection of its own. A client's own trouble is a value. */
export function ask(url: string, { method, headers = {}, body, timeoutMs }: Question): Promise<Reply> {
  return new Promise((resolve) => {
    const nothing = (error: NodeJS.ErrnoException): void => {
      const reason = signal.aborted ? `no answer in ${timeoutMs} ms` : whyNot(error)
      resolve({ kind: 'nothing', reason })
    }
    const signal = AbortSignal.timeout(timeoutMs)
    const read = (response: IncomingMessage): void => {
      const chunks: Buffer[] = []
      let sizeBytes = 0
      response.on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length
        if (sizeBytes > MOST_BYTES) response.destroy(new Error(`an answer of more than ${MOST_BYTES} bytes`))
        else chunks.push(chunk)
      })
      response.on('error', nothing)
      response.on('end', () =>
        resolve({
          kind: 'answer',
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    }
    try {
      const request = httpRequest(url, { method, headers, agent: false, signal }, read)
      request.on('error', nothing)
      request.end(body)
    } catch (error) {
      nothing(error as Error) // a header that cannot be sent, for one
    }
  })
}

/** Node says these two in its own words; what a system call says is known by its code. */
function whyNot({ code, message }: NodeJS.ErrnoException): string {
  return code === undefined || code.startsWith('ERR_') ? message : code
}
