import type { Call, Exchange, Result } from '../src/core/exchange.ts'
import type { Mock, Service } from '../src/core/service.ts'
import { awsJson } from '../src/protocols/aws-json.ts'

const shapes = {
  targetPrefix: 'Echo',
  namespace: 'com.example.echo',
  xmlNamespace: 'http://example.com/echo/',
  operations: {
    Say: {
      input: { type: 'structure', members: { text: { type: 'string' } } },
      output: { type: 'structure', members: { text: { type: 'string' }, origin: { type: 'string' } } },
    },
    Wait: { input: { type: 'structure', members: {} }, output: { type: 'structure', members: {} } },
    Break: { input: { type: 'structure', members: {} }, output: { type: 'structure', members: {} } },
  },
} as const

export interface EchoEvents {
  /** A client waits in `Wait`. */
  readonly onWait?: () => void
  /** It went away while it waited. */
  readonly onLeave?: () => void
}

/** A service in a few lines, as a second entry of the routes table. */
export function echo(events: EchoEvents = {}): Service {
  return {
    name: 'echo',
    signingName: 'echo',
    protocols: [awsJson(shapes)],
    operations: Object.keys(shapes.operations),
    reads: [],
    errors: [],
    minted: {},
    mock: () => new EchoMock(events),
    describe: (call) => ({ resource: call.input['text'] as string }),
  }
}

class EchoMock implements Mock {
  readonly #events: EchoEvents
  readonly #waiting = new Set<() => void>()

  constructor(events: EchoEvents) {
    this.#events = events
  }

  call(call: Call, exchange: Exchange): Result | Promise<Result> {
    if (call.operation === 'Break') throw new Error('the insides')
    const output =
      call.operation === 'Say' ? { text: call.input['text'], origin: exchange.origin + exchange.mount } : {}
    if (call.operation !== 'Wait') return { kind: 'output', output }
    return new Promise((resolve) => {
      this.#waiting.add(() => resolve({ kind: 'output', output }))
      exchange.signal.addEventListener('abort', () => this.#events.onLeave?.())
      this.#events.onWait?.()
    })
  }

  close(): void {
    for (const end of this.#waiting) end()
  }
}
