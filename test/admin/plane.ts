import type { AdminRoute } from '../../src/core/admin-route.ts'
import { VirtualClock } from '../../src/core/clock.ts'
import { seededRandom } from '../../src/core/random.ts'
import type { Service } from '../../src/core/service.ts'
import { controlPlane, type Safety } from '../../src/admin/control-plane.ts'
import { Sessions } from '../../src/sessions.ts'
import { sqs } from '../../src/sqs/service.ts'

export const OPEN: Safety = { publicUrl: undefined, allowedHosts: [], adminToken: undefined }

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: any
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly isTooLarge?: boolean
}

/** Asks a control plane of these routes as the gateway does. */
export function asking(routes: readonly AdminRoute[], safety = OPEN, onBug: (error: unknown) => void = fail) {
  const plane = controlPlane(routes, safety, onBug)
  return async (method: string, target: string, options: AskOptions = {}): Promise<Answered> => {
    const { headers = {}, body, isTooLarge = false } = options
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
    const answer = await plane.answer({
      request: {
        method,
        target,
        rawHeaders: Object.entries({ host: 'localhost:3000', ...headers }).flat(),
        body: Buffer.from(text),
      },
      isTooLarge,
      signal: new AbortController().signal,
      origin: 'http://localhost:3000',
    })
    // What a stream says is read elsewhere.
    const told = 'chunks' in answer ? '' : answer.body.toString()
    const pairs: [string, string][] = []
    for (let i = 0; i < answer.rawHeaders.length; i += 2)
      pairs.push([(answer.rawHeaders[i] as string).toLowerCase(), answer.rawHeaders[i + 1] as string])
    const type = Object.fromEntries(pairs)['content-type'] ?? ''
    return {
      status: answer.status,
      headers: Object.fromEntries(pairs),
      body: told === '' || !type.includes('json') ? told || undefined : JSON.parse(told),
    }
  }
}

export function someSessions(services: readonly Service[] = [sqs()]) {
  const wall = new VirtualClock()
  const released: string[] = []
  const sessions = new Sessions(services, {
    wall,
    random: seededRandom(1),
    release: (name) => released.push(name),
  })
  return { sessions, wall, released }
}

function fail(error: unknown): never {
  throw error
}
