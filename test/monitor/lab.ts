import { VirtualClock } from '../../src/core/clock.ts'
import type { Tap } from '../../src/core/tap.ts'
import type { Audience } from '../../src/monitor/audience.ts'
import { Budget, LONGEST_BODY } from '../../src/monitor/body.ts'
import { Connection } from '../../src/monitor/connection.ts'
import { Conversation } from '../../src/monitor/conversation.ts'
import { readerFor } from '../../src/monitor/reading.ts'
import type { WatchedExchange } from '../../src/monitor/watched-exchange.ts'
import { sqs } from '../../src/sqs/service.ts'

export interface LabOptions {
  readonly audience?: Audience
  readonly clock?: VirtualClock
  readonly budgetBytes?: number
  readonly isConnected?: boolean
}

/** 12:03:11.480, wherever the tests run. */
export function newClock(): VirtualClock {
  return new VirtualClock(new Date(2026, 0, 1, 12, 3, 11, 480).getTime())
}

/** One connection that is watched without a socket, and what was told of it: `arrived 1`, `ended 1 200`. */
export function conversation(options: LabOptions = {}) {
  const { clock = newClock() } = options
  const told: string[] = []
  const exchanges: WatchedExchange[] = []
  const { audience = {} } = options
  const teller: Audience = {
    connected: (connection) => {
      told.push('connected')
      audience.connected?.(connection)
    },
    arrived: (exchange) => {
      told.push(`arrived ${exchange.id}`)
      audience.arrived?.(exchange)
    },
    ended: (exchange) => {
      told.push(`ended ${exchange.id} ${exchange.failure?.reason ?? exchange.response?.status}`)
      exchanges.push(exchange)
      audience.ended?.(exchange)
    },
    raw: (connection, from, bytes) => {
      told.push(`raw ${from} ${bytes.toString('latin1')}`)
      audience.raw?.(connection, from, bytes)
    },
    broke: (connection, trouble) => {
      told.push(`broke ${trouble.side} ${trouble.code} ${trouble.lost}`)
      audience.broke?.(connection, trouble)
    },
    closed: (connection) => {
      told.push('closed')
      audience.closed?.(connection)
    },
  }
  let ids = 0
  const connection = new Connection(1, '127.0.0.1:51234', 'localhost:3000', 0)
  const budget = new Budget(options.budgetBytes ?? LONGEST_BODY)
  const tap: Tap = new Conversation(connection, {
    audience: teller,
    budget,
    mostBodyBytes: LONGEST_BODY,
    clock,
    read: readerFor([sqs()], 'us-east-1'),
    nextId: () => ++ids,
  })
  if (options.isConnected !== false) {
    tap.connected()
    told.length = 0
  }
  return { tap, clock, told, exchanges, connection, budget }
}

export function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

/** A call in the JSON protocol, as an SDK sends it. */
export function jsonCall(operation: string, input: object, headers: readonly string[] = []): Buffer {
  const body = JSON.stringify(input)
  return Buffer.from(
    [
      'POST /sqs/ HTTP/1.1',
      'host: localhost:3001',
      `X-Amz-Target: AmazonSQS.${operation}`,
      'content-type: application/x-amz-json-1.0',
      ...headers,
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}

export function jsonAnswer(status: number, output: object | '', headers: readonly string[] = []): Buffer {
  const body = output === '' ? '' : JSON.stringify(output)
  return Buffer.from(
    [`HTTP/1.1 ${status} Any`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'),
  )
}

/** An exchange that has ended, with its bodies. */
export function exchangeOf(request: Buffer, answer: Buffer): WatchedExchange {
  let seen: WatchedExchange | undefined
  const ended = (exchange: WatchedExchange): void => {
    seen = Object.assign(exchange, { release: () => {} })
  }
  const { tap } = conversation({ audience: { ended } })
  tap.fromClient(request)
  tap.fromServer(answer)
  if (seen === undefined) throw new Error('it has not ended')
  return seen
}
