import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { StreamResponse } from '../core/exchange.ts'

/** Pulls an answer as fast as its reader takes it: what waits for a slow one is a single chunk. Ends with the client. */
export async function writeStream(
  response: ServerResponse,
  { status, rawHeaders, chunks }: StreamResponse,
): Promise<void> {
  response.writeHead(status, [...rawHeaders])
  response.flushHeaders()
  for await (const chunk of chunks) {
    if (response.destroyed) return
    if (response.write(chunk)) continue
    const gone = new AbortController()
    const leave = (): void => gone.abort()
    response.once('close', leave)
    await once(response, 'drain', { signal: gone.signal }).catch(() => undefined)
    response.off('close', leave)
  }
  response.end()
}
